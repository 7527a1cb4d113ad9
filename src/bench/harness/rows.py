"""The rows of the table: what is to be shown, and by which figures."""

import contextlib
from dataclasses import dataclass
from statistics import median

HERE = "processor"  # a goal for processors with AVX-512 and bf16; on others the figure is reported
ALWAYS = "always"


@dataclass
class Goal:
    """One figure and its bound.

    units: those of the measure that are candidates; the strongest, with the least favourable median, is the one compared with.
    kind: `faster` how many times more of it ours does in a second; `cost` how many times as long ours takes; `memory` how many times
    as much ours needs; `seconds`; `share` of the machine's matrix products.
    """

    text: str
    against: str
    measure: str
    units: list
    kind: str
    bound: float
    stretch: float = None
    holds: str = HERE


PEERS = ["hf", "hf-kept-memory", "hf-compiled"]
FROZEN = ["lora", "bottleneck"]
GOALS = [
    Goal("training step, all weights, fp32", "O", "step-fp32", ["original"], "faster", 1.9, 2.2),
    Goal("training step, all weights, bf16", "O in fp32", "step-bf16", ["original"], "faster", 3.4, 4.0),
    Goal("training step, all weights, bf16", "H in bf16", "step-bf16", PEERS, "faster", 1.3),
    Goal("useful FLOP/s of the whole step, fp32", "measured peak", "step-fp32", ["original"], "share", 0.60),
    Goal("useful FLOP/s of the whole step, bf16", "measured peak", "step-bf16", ["original"], "share", 0.45),
    Goal("8-task mix, annealed, fp32", "O", "mix-fp32", ["original"], "faster", 5.0),
    Goal("8-task mix, annealed, fp32", "H in fp32", "mix-fp32", PEERS, "faster", 1.3),
    Goal("8-task mix, annealed, bf16", "O in fp32", "mix-bf16", ["original"], "faster", 9.0),
    Goal("8-task mix, annealed, bf16", "H in bf16", "mix-bf16", PEERS, "faster", 1.3),
    Goal("evaluation over the dev sets, fp32", "O", "evaluation-fp32", ["original"], "faster", 8.0),
    Goal("evaluation over the dev sets, fp32", "H in fp32", "evaluation-fp32", PEERS, "faster", 1.5),
    Goal("evaluation over the dev sets, bf16", "O in fp32", "evaluation-bf16", ["original"], "faster", 8.0),
    Goal("evaluation over the dev sets, bf16", "H in bf16", "evaluation-bf16", PEERS, "faster", 1.5),
    Goal("frozen encoder, PALs in all layers, fp32", "our full step", "frozen-fp32", ["full"], "faster", 1.35),
    Goal("frozen encoder, PALs in all layers, bf16", "our full step", "frozen-bf16", ["full"], "faster", 1.15),
    Goal("frozen encoder, PALs in the top quarter, `cacheFrozen`", "our full step", "cached", ["full"], "faster", 3.0, holds=ALWAYS),
    Goal("frozen encoder, PALs in the top quarter, `cacheFrozen`", "H frozen", "cached", FROZEN, "faster", 2.0, holds=ALWAYS),
    Goal("cost of PALs: step with PALs", "fully shared", "pals-cost", ["shared"], "cost", 1.15, holds=ALWAYS),
    Goal("tokenising SST-2's training sentences", "O's tokenizer", "tokenising", ["original"], "faster", 4.0, holds=ALWAYS),
    Goal("tokenising SST-2's training sentences", "Python's `tokenizers`", "tokenising", ["tokenizers"], "faster", 0.95, holds=ALWAYS),
    Goal("the same, second start", "O's tokenizer", "tokenising", ["second-start"], "faster", 100.0, holds=ALWAYS),
    Goal("peak memory, all weights", "O", "memory", ["original"], "memory", 0.85, holds=ALWAYS),
    Goal("optimizer step, all of the encoder", "torch's fused AdamW", "optimizer", ["adamw"], "cost", 1.1, holds=ALWAYS),
    Goal("process start to the first training step", "", "start", ["palette"], "seconds", 5.0, holds=ALWAYS),
    Goal("`--dry-run` of a 100-trial sweep", "", "dry-run", ["palette"], "seconds", 2.0, holds=ALWAYS),
]


@dataclass
class Figure:
    """What was measured for a goal: one value a turn, and the absolute numbers of both sides."""

    values: list
    absolute: str
    unit: dict

    @property
    def median(self):
        return median(self.values)


class NotMeasured(Exception):
    pass


def sides(name, unit):
    """The two sides of a duel, ours first: entries by their names."""
    both = [(key, value) for key, value in unit.items() if isinstance(value, dict) and "turns" in value]
    for key, side in both:
        if "failure" in side:
            raise NotMeasured(f"{key}: {side['failure']}")
    if len(both) != 2 or not all(side["turns"] for _, side in both):
        raise NotMeasured(f"{name} has no turns")
    return both


def pace(turn):
    """Seconds an example, or a repetition where there are none."""
    return turn["seconds"] / (turn["examples"] or 1)


def faster(name, unit):
    (_, ours), (_, theirs) = sides(name, unit)
    return [pace(b) / pace(a) for a, b in zip(ours["turns"], theirs["turns"])]


def absolute(side):
    """A side's median: time of a step, or of a repetition, and examples a second where it has examples."""
    seconds = median(turn["seconds"] for turn in side["turns"])
    time = f"{duration(seconds / side['steps'])} a step" if side["steps"] else duration(seconds)
    return time + (f", {median(1 / pace(t) for t in side['turns']):,.1f} examples/s" if side["turns"][0]["examples"] else "")


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def strongest(goal, units):
    """The unit with the least favourable median, of those that were measured; why none was, where none was."""
    reasons, found = [], []
    for name in goal.units:
        if name not in units:
            reasons.append(f"{name}: no result")
            continue
        try:
            found.append((-turns_taken(units[name]), median(faster(name, units[name])), name))  # a heat alone is no comparison
        except NotMeasured as e:
            reasons.append(str(e))
    if not found:
        raise NotMeasured("; ".join(dict.fromkeys(reasons)))
    return min(found)[2]


def winner(heats):
    """The peer that came closest to ours, or beat it, of those that took at least one turn; None where none did."""
    found = []
    for name, unit in heats.items():
        with contextlib.suppress(NotMeasured):
            found.append((median(faster(name, unit)), name))
    return min(found)[1] if found else None


def turns_taken(unit):
    """Turns of each side of a duel."""
    return min(len(side["turns"]) for side in unit.values() if isinstance(side, dict) and "turns" in side)


def turns(name, units):
    unit = units.get(name)
    if unit is None:
        raise NotMeasured("no result")
    if "failure" in unit:
        raise NotMeasured(f"{name}: {unit['failure']}")
    return unit["turns"]


def figure(goal, results):
    """What was measured for a goal; raises NotMeasured with the reason where nothing was."""
    result = results.get(goal.measure)
    if result is None:
        raise NotMeasured("not run")
    if "failure" in result:
        raise NotMeasured(result["failure"])
    units = result["units"]
    if goal.kind == "memory":
        ours, theirs = turns("palette", units), turns(goal.units[0], units)
        values = [a["peak"] / b["peak"] for a, b in zip(ours, theirs)]
        return Figure(values, f"{ours[0]['peak'] / 2**30:.2f} GiB / {theirs[0]['peak'] / 2**30:.2f} GiB", units["palette"])
    if goal.kind == "seconds":
        return Figure([turn["seconds"] for turn in turns("palette", units)], "", units["palette"])
    name = strongest(goal, units)
    unit = units[name]
    if goal.kind == "share":
        return share(goal, unit, results)
    values = faster(name, unit)
    (left, ours), (right, theirs) = sides(name, unit)
    text = f"{left} {absolute(ours)} / {right if right != 'hf' else name} {absolute(theirs)}"
    return Figure([1 / v for v in values] if goal.kind == "cost" else values, text, unit)


def share(goal, unit, results):
    """Useful floating-point operations a second of our steps over the most that matrix products were seen to do."""
    description = best_product(goal.measure.split("-")[-1], results)
    (_, ours), _ = sides(goal.measure, unit)
    rates = [unit["flops"] / turn["seconds"] for turn in ours["turns"]]
    text = f"{median(rates) / 1e9:,.1f} of {description['flops'] / 1e9:,.1f} GFLOP/s ({description['by']})"
    return Figure([rate / description["flops"] for rate in rates], text, unit)


def best_product(precision, results):
    """The fastest matrix product seen: its `flops`, and what it was computed `by`."""
    seen = turns(precision, results.get("peak", {}).get("units", {}))
    return max((turn["description"] for turn in seen), key=lambda description: description["flops"])
