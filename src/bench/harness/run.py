"""Runs measures and writes the table. See README.md beside this folder."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import machine
import rows
import table
from inputs import Inputs
from measures import MEASURES, Context
from units import Duel, Sitting
from workers import Workers


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description="Times Palette against its peers.")
    parser.add_argument("measure", nargs="*", help="which, in place of all: " + ", ".join(MEASURES))
    parser.add_argument("--again", action="store_true", help="measure what has a result already, too")
    parser.add_argument("--quick", action="store_true", help="a tiny model and a few repetitions, to see that everything works")
    parser.add_argument("--table", action="store_true", help="write the table from what was measured, and measure nothing")
    parser.add_argument("--data", type=Path, default=os.environ.get("PALETTE_DATA_DIR"), help="the official GLUE download")
    parser.add_argument("--threads", type=int, default=machine.cores(), help="threads of every side; one a core by default")
    parser.add_argument("--alternations", type=int, help="turns of each side; 5 by default")
    parser.add_argument("--limit", type=int, default=900, help="seconds after which a request counts as failed")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="where the peers compute")
    given = parser.parse_args()
    unknown = [name for name in given.measure if name not in MEASURES]
    if unknown:
        parser.error(f"no measure is called {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    return given


def save(file, result):
    """All or nothing, so that a stop in the middle costs one unit."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(result, indent=1) + "\n")
    part.replace(file)


def measure(name, context, sitting, results, again, about):
    """Runs those units of a measure that have no result yet, or all of them again."""
    file = results / f"{name}.json"
    known = json.loads(file.read_text()) if file.exists() and not again else {"units": {}}
    try:
        units = MEASURES[name](context)
    except LookupError as e:
        print(f"{name}: not measured: {e}", file=sys.stderr)
        save(file, {**about, "units": {}, "failure": str(e)})
        return

    def run(unit, how_long):
        nonlocal known
        begun = time.perf_counter()
        print(f"{name} / {unit.name} ...", file=sys.stderr, flush=True)
        known = {**about, "units": {**known["units"], unit.name: unit.run(how_long)}}
        save(file, known)
        print(f"{name} / {unit.name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)

    heats = {unit.name for unit in units if isinstance(unit, Duel) and unit.heat}
    for unit in units:
        if unit.name not in known["units"]:
            run(unit, sitting.heat() if unit.name in heats else sitting)
    winner = rows.winner({name: known["units"][name] for name in heats})
    for unit in units:
        if unit.name == winner and rows.turns_taken(known["units"][winner]) < sitting.alternations:
            run(unit, sitting)


def main():
    given = arguments()
    root = Path(__file__).resolve().parents[3]
    folder = root / "target/bench"
    results = folder / ("results-quick" if given.quick else "results")
    results.mkdir(parents=True, exist_ok=True)
    if not given.table:
        workers = Workers(root, folder, given.threads, given.device, given.limit)
        context = Context(root, folder, Inputs(folder, given.quick), workers, given.data, given.quick)
        sitting = Sitting(workers, given.alternations or (2 if given.quick else 5))
        about = {**machine.describe(root, folder), "threads": given.threads, "device": given.device, "quick": given.quick,
                 "weights": "random" if given.quick or "inputs" in context.inputs.encoder() else "pretrained BERT-base"}
        for name in given.measure or MEASURES:
            measure(name, context, sitting, results, given.again, about)
    place = folder if given.quick else root / "src/bench"
    print(table.write(results, place), file=sys.stderr)


if __name__ == "__main__":
    main()
