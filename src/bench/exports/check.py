"""Reads exported runs with the real packages and compares each value with the run's own files.

check.py <runs> <folder with tensorboard/ and csv/> <MLflow's address>
"""

import glob
import json
import math
import pathlib
import sys

import mlflow
import numpy
import pandas
import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata


def lines(run):
    """The log's lines; a last one without an end was being written when the run was killed."""
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().rpartition("\n")[0].splitlines()]


def logged(run):
    """What the run's own files say: {metric: [(step, value)]}, and the settings that every export must have."""
    points = {}
    for entry in lines(run):
        if "task" in entry:
            points.setdefault(f"train/{entry['task']}.loss", []).append((entry["step"], float(entry["loss"])))
        for task, metrics in entry.get("selection", {}).items():
            for metric, value in metrics.items():
                points.setdefault(f"selection/{task}.{metric}", []).append((entry["step"], float(value)))
    if (run / "result.json").exists():
        result = json.loads((run / "result.json").read_text())
        for score in result["scores"]:
            name = f"{score['split']}/{score['task']}.{score['metric']}"
            points[name] = [(result["bestStep"], score["value"])]
    return points


def same(expected, found, what, exact=True):
    assert [step for step, _ in expected] == [step for step, _ in found], what
    for (step, a), (_, b) in zip(expected, found):
        a = a if exact else float(numpy.float32(a))
        assert a == b or (math.isnan(a) and math.isnan(b)), (what, step, a, b)
    return len(expected)


def check_tensorboard(run, points, folder):
    (events,) = (folder / run.parent.name).glob(f"*-{run.name}")
    read = EventAccumulator(str(events), size_guidance={"scalars": 0})
    read.Reload()
    count = 0
    for name, expected in points.items():
        found = [(event.step, event.value) for event in read.Scalars(name)]
        count += same(expected, found, name, exact=False)
    start = metadata.parse_session_start_info_plugin_data(
        read.SummaryMetadata(metadata.SESSION_START_INFO_TAG).plugin_data.content)
    trial = json.loads((run / "trial.json").read_text())
    assert start.hparams["training.steps"].number_value == trial["training"]["steps"]
    assert start.hparams["adapter"].string_value == trial["adapter"]["word"]
    finished = metadata.SESSION_END_INFO_TAG in read.PluginTagToContent("hparams")
    assert finished == (run / "result.json").exists()
    return count


def check_mlflow(run, points, client):
    experiment = client.get_experiment_by_name(run.parent.name)
    (there,) = client.search_runs([experiment.experiment_id], f"tags.\"palette.trial\" = '{run.name}'")
    count = 0
    for name, expected in points.items():
        history = sorted(client.get_metric_history(there.info.run_id, name), key=lambda m: (m.step, m.timestamp))
        count += same(expected, [(m.step, m.value) for m in history], name)
    trial = json.loads((run / "trial.json").read_text())
    assert there.data.params["adapter"] == trial["adapter"]["word"]
    assert there.data.params["training.steps"] == str(trial["training"]["steps"])
    finished = (run / "result.json").exists()
    assert there.info.status == ("FINISHED" if finished else "KILLED"), there.info.status
    if finished:
        names = {file.path for file in client.list_artifacts(there.info.run_id)}
        assert {"trial.json", "result.json", "provenance.json", "metrics.jsonl"} <= names, names
        copy = client.download_artifacts(there.info.run_id, "trial.json")
        assert pathlib.Path(copy).read_bytes() == (run / "trial.json").read_bytes()
    return count


def check_csv(run, points, table):
    rows = table[(table.experiment == run.parent.name) & (table.trial == run.name)]
    count = 0
    for name, expected in points.items():
        part, metric = name.split("/")
        found = rows[(rows.part == part) & (rows.metric == metric)]
        count += same(expected, list(zip(found.step, found.value)), name)
    return count


def check_pandas_line(run):
    if not (run / "metrics.jsonl").read_text().endswith("\n"):
        return 0  # pandas refuses half a line
    frame = pandas.read_json(run / "metrics.jsonl", lines=True, precise_float=True)
    losses = [float(line["loss"]) for line in lines(run) if "loss" in line]
    assert len(frame) == len(lines(run))
    return same(list(enumerate(losses)), list(enumerate(frame.loss.dropna().astype(float))), "read_json")


def main(runs, out, uri):
    mlflow.set_tracking_uri(uri)
    client = mlflow.MlflowClient()
    table = pandas.concat(map(pandas.read_csv, glob.glob(f"{out}/csv/*/*.csv")))
    folders = sorted(file.parent for file in pathlib.Path(runs).rglob("trial.json") if ".stale-" not in str(file))
    counts = [0, 0, 0, 0]
    for run in folders:
        points = logged(run)
        for i, count in enumerate((
                check_tensorboard(run, points, pathlib.Path(out) / "tensorboard"),
                check_mlflow(run, points, client),
                check_csv(run, points, table),
                check_pandas_line(run))):
            counts[i] += count
    print(f"{len(folders)} runs: every value as it was logged in "
          f"TensorBoard {tensorboard.__version__} ({counts[0]}, single precision), MLflow {mlflow.__version__} ({counts[1]}), "
          f"pandas {pandas.__version__} from CSV ({counts[2]}) and from metrics.jsonl ({counts[3]})")


if __name__ == "__main__":
    main(*sys.argv[1:])
