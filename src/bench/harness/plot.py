"""The growth of the step's time: a plot, a table and the fitted slope."""

import math
from statistics import median


def measured(unit):
    return [point for point in unit["points"] if point.get("turns")]


def seconds(point):
    """The median step; a repetition has a step for each draw."""
    return median(turn["seconds"] for turn in point["turns"]) / point.get("steps", 1)


def slope(points):
    """The exponent b of the least squares fit of time = a * size^b; 1 is linear."""
    xs = [math.log(p["size"]) for p in points]
    ys = [math.log(seconds(p)) for p in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def line(points):
    """Least squares of time = base + each * size."""
    xs, ys = [p["size"] for p in points], [seconds(p) for p in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    each = sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)
    return y - each * x, each


def draw(units, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "palette"  # the same figures make the same file
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(units), figsize=(4 * len(units), 3.2), layout="constrained")
    for axis, (name, unit) in zip(axes if len(units) > 1 else [axes], units.items()):
        points = measured(unit)
        axis.plot([p["size"] for p in points], [seconds(p) for p in points], "o-", label="measured")
        for p in points:
            if p["recompute"]:
                axis.annotate("recomputed", (p["size"], seconds(p)), textcoords="offset points", xytext=(-60, 0), fontsize=8)
        if len(points) > 1:
            base, each = line(points)
            ends = [points[0]["size"], points[-1]["size"]]
            axis.plot(ends, [base + each * n for n in ends], "--", color="grey", label="least squares line")
        axis.set_xlabel({"tokens": "tokens per batch"}.get(name, name))
        axis.set_ylabel("seconds a step")
        axis.set_xlim(left=0)
        axis.set_ylim(bottom=0)
    figure.axes[0].legend()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def table(name, unit):
    points = measured(unit)
    yield f"| {name} | seconds a step | times the one before | peak memory |"
    yield "|---:|---:|---:|---:|"
    before = None
    for point in unit["points"]:
        if point not in points:
            yield f"| {point['size']:,} | not measured: {point['failure']} | | |"
            continue
        growth = f"{seconds(point) / seconds(before):.2f} for {point['size'] / before['size']:.2f}" if before else ""
        how = " (recomputed)" if point["recompute"] else ""
        yield f"| {point['size']:,} | {seconds(point):.3f}{how} | {growth} | {point['peak'] / 2**30:.1f} GiB |"
        before = point


def section(result, place):
    """The section of results.md; empty without measurements."""
    units = {name: unit for name, unit in (result or {}).get("units", {}).items() if measured(unit)}
    if not units:
        return []
    try:
        draw(units, place / "growth.svg")
        picture = ["![step time against tokens, tasks and layers](growth.svg)", ""]
    except ImportError as e:
        picture = [f"No plot: {e}.", ""]
    lines = ["## Growth", "", "The step's time against its size; the exponent is that of the fitted power, 1 where it is linear.", "",
             *picture]
    for name, unit in units.items():
        points = measured(unit)
        fitted = f", exponent {slope(points):.2f}" if len(points) > 1 else ""
        lines += [f"**{name}** ({unit['note']}{fitted})", "", *table(name, unit), ""]
    return lines
