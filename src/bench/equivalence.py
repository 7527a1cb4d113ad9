"""Two one-sided tests (Schuirmann 1987) of whether bf16 training gives the dev scores of fp32 within one point.

    equivalence.py RUNS TABLE        RUNS holds fp32/ and bf16/ as `palette run --out` fills them

A task's score is the mean of its metrics, x 100. The runs of one seed share initial values, data order and dropout, so the
differences are tested in pairs; the test for unpaired samples (Welch) is shown beside it. Equivalent: both p below 0.05, or, which is
the same, the 90% interval of the mean difference lies within the margin.
"""

import json
import sys
from pathlib import Path
from statistics import mean

from scipy import stats

MARGIN = 1.0
TASKS = {"mrpc": "MRPC, accuracy and F1", "sts": "STS-B, Pearson and Spearman"}


def scores(folder):
    """By task, then by seed, of the finished runs."""
    found = {task: {} for task in TASKS}
    for file in folder.glob("equivalence/*/result.json"):
        result = json.loads(file.read_text())
        for task in TASKS:
            values = [score["value"] for score in result["scores"] if score["task"] == task and score["split"] == "dev"]
            found[task][result["seed"]] = 100 * mean(values)
    return found


def two_one_sided(test, *samples):
    """The larger p of the two one-sided tests, given a test of samples against a shifted difference."""
    return max(test(-MARGIN, "greater", *samples).pvalue, test(MARGIN, "less", *samples).pvalue)


def paired(shift, alternative, a, b):
    return stats.ttest_1samp([x - y - shift for x, y in zip(a, b)], 0, alternative=alternative)


def unpaired(shift, alternative, a, b):
    return stats.ttest_ind([x - shift for x in a], b, equal_var=False, alternative=alternative)


def interval(differences):
    """90% of the mean difference."""
    return stats.ttest_1samp(differences, 0).confidence_interval(0.90)


def row(task, fp32, bf16):
    seeds = sorted(fp32.keys() & bf16.keys())
    if len(seeds) < 3:
        return f"| {TASKS[task]} | not measured: {len(seeds)} seeds are finished in both precisions | | | | | |"
    full, half = [fp32[seed] for seed in seeds], [bf16[seed] for seed in seeds]
    differences = [b - a for a, b in zip(full, half)]
    low, high = interval(differences)
    p, p_unpaired = two_one_sided(paired, half, full), two_one_sided(unpaired, half, full)
    verdict = "equivalent within one point" if p < 0.05 else "not shown to be equivalent"
    listed = [", ".join(f"{value:.1f}" for value in values) for values in (full, half)]
    return (f"| {TASKS[task]} | {mean(full):.2f} <sub>{listed[0]}</sub> | {mean(half):.2f} <sub>{listed[1]}</sub> "
            f"| {mean(differences):+.2f} ({low:+.2f} to {high:+.2f}) | {p:.3f} | {p_unpaired:.3f} | {verdict} |")


def main(runs, table):
    fp32, bf16 = scores(runs / "fp32"), scores(runs / "bf16")
    lines = ["# bf16 against fp32", "", "Written by `src/bench/equivalence.sh`: " + " ".join(__doc__.split("\n\n")[-1].split()), "",
             "| score | fp32, seeds 1 to 5 | bf16 | difference (90% interval) | p, paired | p, Welch | |",
             "|---|---|---|---|---:|---:|---|", *(row(task, fp32[task], bf16[task]) for task in TASKS)]
    table.write_text("\n".join(lines) + "\n")
    print(table.read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
