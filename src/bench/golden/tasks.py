#!/usr/bin/env python3
"""Writes golden/tasks: what seqeval and scikit-learn score, and files that pyarrow writes, for the tests to compare with.

    pip install seqeval scikit-learn pyarrow
    python tasks.py core/src/test/resources/golden/tasks
"""

import json
import random
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from seqeval.metrics import accuracy_score, f1_score, precision_score, recall_score
from sklearn.metrics import f1_score as class_f1

SCHEMES = {
    "IOB2": ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"],
    "IOBES": ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC"],
    "inside only": ["O", "I-PER", "I-LOC", "I-MISC"],
}


def sentences(tags, seed):
    """Random tags, most of them ill-formed, and predictions of which some agree."""
    rng = random.Random(seed)
    expected = [[rng.choice(tags) for _ in range(rng.randint(1, 12))] for _ in range(25)]
    predicted = [[t if rng.random() < 0.7 else rng.choice(tags) for t in s] for s in expected]
    return expected, predicted


def spans():
    cases = []
    for name, tags in SCHEMES.items():
        for seed in range(4):
            expected, predicted = sentences(tags, seed)
            cases.append(
                {
                    "scheme": name,
                    "tags": tags,
                    "expected": expected,
                    "predicted": predicted,
                    "f1": f1_score(expected, predicted),
                    "precision": precision_score(expected, predicted),
                    "recall": recall_score(expected, predicted),
                    "accuracy": accuracy_score(expected, predicted),
                }
            )
    return cases


def macro():
    cases = []
    for seed, classes in enumerate([2, 3, 3, 5]):
        rng = random.Random(seed)
        expected = [rng.randrange(classes) for _ in range(40)]
        predicted = [e if rng.random() < 0.6 else rng.randrange(classes) for e in expected]
        cases.append({"expected": expected, "predicted": predicted, "f1_macro": class_f1(expected, predicted, average="macro")})
    cases.append({"expected": [0, 0, 1], "predicted": [0, 2, 1], "f1_macro": class_f1([0, 0, 1], [0, 2, 1], average="macro")})
    return cases


def parquet(folder):
    """Every kind of column that data sets have, in two row groups, by each codec."""
    table = pa.table(
        {
            "text": pa.array(["a cat", "Grüße, „Welt“", "", "tab\tand\nline"]),
            "label": pa.array([0, 1, 1, 0], pa.int64()),
            "score": pa.array([0.5, 1.25, -3.0, 4.0], pa.float64()),
            "right": pa.array([True, False, True, False]),
            "tokens": pa.array([["a", "cat"], ["Grüße"], [], ["x", None]]),
            "tags": pa.array([[0, 1], [2], [], [0, 0]], pa.list_(pa.int32())),
            "place": pa.array([{"start": 1, "text": "a"}, {"start": 2, "text": "b"}, None, {"start": 4, "text": None}]),
            "maybe": pa.array(["x", None, "y", None]),
        }
    )
    for codec in ["none", "snappy", "zstd", "gzip"]:
        pq.write_table(table, folder / f"kinds-{codec}.parquet", compression=codec, row_group_size=3)
    return table.to_pylist()


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    golden = {"spans": spans(), "macro": macro(), "parquet": parquet(folder)}
    (folder / "tasks.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
