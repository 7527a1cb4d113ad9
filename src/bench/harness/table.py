"""Writes results.md from the measures' JSON."""

import json
from collections import Counter
from statistics import median

import plot
from measures import MEASURES
from rows import ALWAYS, GOALS, NotMeasured, absolute, duration, faster, figure, sides

NEEDED = {"AVX-512", "AVX-512 bf16"}
SIGN = {"faster": "≥", "share": "≥", "cost": "≤", "memory": "≤", "seconds": "≤"}
BUSY = 0.2  # processors' worth of other work just before a comparison, above which its row is marked


def read(folder):
    return {name: json.loads(file.read_text()) for name in MEASURES if (file := folder / f"{name}.json").exists()}


def shown(kind, value):
    if kind == "share":
        return f"{100 * value:.0f}%"
    return f"{value:.2f} s" if kind == "seconds" else f"{value:.2f}×"


def is_reached(goal, value, bound):
    return value >= bound if SIGN[goal.kind] == "≥" else value <= bound


def judged(goal, value, instructions):
    """Met or not; on a processor that the goal is not for, only on which side of it the figure lies."""
    reached = is_reached(goal, value, goal.bound)
    if goal.holds != ALWAYS and not NEEDED <= set(instructions):
        verdict = "reported: " + ("beyond the goal" if reached else "short of the goal")
    else:
        verdict = "**met**" if reached else "**not met**"
        if reached and goal.stretch and is_reached(goal, value, goal.stretch):
            verdict += ", stretch too"
    peer_wins = goal.against and (value < 1 if goal.kind == "faster" else value > 1 if goal.kind in ("cost", "memory") else False)
    return verdict + ("; **the peer wins**" if peer_wins and "our" not in goal.against and goal.against != "fully shared" else "")


def goal_row(goal, results):
    bound = f"{SIGN[goal.kind]} {shown(goal.kind, goal.bound)}"
    if goal.stretch:
        bound += f" ({shown(goal.kind, goal.stretch)})"
    try:
        found = figure(goal, results)
    except NotMeasured as e:
        return f"| {goal.text} | {goal.against} | – | | {bound} | not measured: {e} | |"
    value, values = found.median, found.values
    spread = f"{shown(goal.kind, min(values))} – {shown(goal.kind, max(values))}"
    verdict = judged(goal, value, results[goal.measure]["instructions"])
    busy = " †" if found.unit.get("busy", 0) > BUSY else ""
    return (f"| {goal.text} | {goal.against} | **{shown(goal.kind, value)}**{busy} | {spread} | {bound} | {verdict} "
            f"| <sub>{found.absolute}</sub> |")


def unit_rows(measure, result):
    """Every comparison that was made, won or lost."""
    for name, unit in result["units"].items():
        note = unit.get("note") or ""
        if "points" in unit:
            continue
        try:
            if "turns" in unit:
                yield solo_row(measure, name, unit, note)
                continue
            (left, ours), (right, theirs) = sides(name, unit)
            values = faster(name, unit)
            yield (f"| {measure} | {left} : {name} | {note} | {median(values):.2f}× | {min(values):.2f} – {max(values):.2f} "
                   f"| <sub>{absolute(ours)} / {absolute(theirs)}</sub> |")
        except NotMeasured as e:
            yield f"| {measure} | {name} | {note} | not measured: {e} | | |"


def solo_row(measure, name, unit, note):
    if "failure" in unit:
        return f"| {measure} | {name} | {note} | not measured: {unit['failure']} | | |"
    if measure == "peak":
        rates = [turn["description"]["flops"] / 1e9 for turn in unit["turns"]]
        by = unit["turns"][0]["description"]["by"]
        return f"| {measure} | {name} | {by} | {max(rates):,.1f} GFLOP/s | {min(rates):,.1f} – {max(rates):,.1f} | |"
    if measure == "memory":
        peaks = [turn["peak"] / 2**30 for turn in unit["turns"]]
        return f"| {measure} | {name} | {note} | {median(peaks):.2f} GiB | {min(peaks):.2f} – {max(peaks):.2f} | |"
    seconds = [turn["seconds"] for turn in unit["turns"]]
    return f"| {measure} | {name} | {note} | {duration(median(seconds))} | {min(seconds):.2f} – {max(seconds):.2f} | |"


def machine_lines(results):
    """Hardware and versions; where measures were taken in different states, each state once."""
    states = {}
    for name, result in results.items():
        gpu = f", {result['gpu']}" if result["gpu"] else ", no GPU"
        packages = ", ".join(f"{package} {found['version']}" + (f" (with {found['beside']})" if "beside" in found else "")
                             for package, found in result["packages"].items() if "version" in found)
        line = (f"{result['processor']} ({', '.join(result['instructions']) or 'no vector instructions known'}), "
                f"{result['cores']} cores, {result['memory'] / 2**30:.0f} GiB{gpu}; {result['threads']} threads, peers on "
                f"{result['device']}; {result['system']}; {result['java']}; Python {result['python']}, {packages}; "
                f"weights: {result['weights']}; commit {result['commit']}, {result['date']}")
        states.setdefault(line, []).append(name)
    return [f"- {', '.join(names)}: {line}" for line, names in states.items()]


def kernel_line(results):
    """The kernels that Palette chose; more than one where the choice was close."""
    units = [unit for result in results.values() for unit in result["units"].values()]
    chosen = Counter(side["description"]["kernel"] for unit in units for side in unit.values()
                     if isinstance(side, dict) and "kernel" in side.get("description", {}))
    return "- our kernels: " + ", ".join(f"{kernel} ({count} processes)" for kernel, count in chosen.items())


def missing_lines(results):
    reasons = {f"- `{package}`: {found['missing']}" for result in results.values()
               for package, found in result["packages"].items() if "missing" in found}
    return sorted(reasons) or ["- nothing: all packages of the peers are there"]


def text(results, plots, notes):
    lines = ["# Palette against its peers", "", INTRODUCTION, "", "Measured on:", "", *machine_lines(results), kernel_line(results), "",
             "| measure | against | median | min – max | goal (stretch) | | <sub>absolute, ours / theirs</sub> |",
             "|---|---|---:|---|---|---|---|", *(goal_row(goal, results) for goal in GOALS), "",
             "† other work was running on the machine when this began.", "", *notes,
             "## Every comparison", "", COMPARISONS, "",
             "| measure | ours : theirs | what it is | median | min – max | <sub>absolute, ours / theirs</sub> |",
             "|---|---|---|---:|---|---|",
             *(row for name, result in results.items() for row in unit_rows(name, result)), "",
             *plots, "## Not measured", "", "Packages that pip did not find, or that do not work:", "", *missing_lines(results)]
    return "\n".join(lines) + "\n"


INTRODUCTION = """Written by `src/bench/run.sh`; [README.md](README.md) says how it works. A ratio says how many times faster ours is, except
where the goal is an upper bound; it is taken turn by turn, ours and theirs alternating in processes of their own, and its median,
least and greatest are given. BERT-base with PALs(204) for eight tasks, batches of 32x128, unless said. O is the code of "BERT and PALs"
with today's PyTorch; H is transformers' BERT in the style of its Trainer at its best (SDPA, length grouping, fused AdamW, bf16
autocast where ours is in bf16), with the same PALs, eager or compiled, whichever is the faster."""

COMPARISONS = """`hf` has PALs as ours has, beside transformers' own layers; `hf-kept-memory` is the same with glibc told to
keep freed memory, as Palette's launcher does; `hf-compiled` that with `torch.compile`. Of these the
one that came closest to ours, or beat it, in a first turn is timed in full; a single figure is such a first turn. Above 1 ours is
faster."""


def write(folder, place):
    """Writes results.md and the plots; says where."""
    results = read(folder)
    if not results:
        return f"nothing has been measured yet: {folder} is empty"
    plots = plot.section(results.get("growth"), place)
    notes_file = place / "notes.md"
    notes = [notes_file.read_text().rstrip(), ""] if notes_file.exists() else []
    (place / "results.md").write_text(text(results, plots, notes))
    return f"written: {place / 'results.md'}"
