"""How the time of Palette's step grows with tokens, tasks and layers."""

from dataclasses import dataclass

import machine
from workers import Failure

SPARE = 0.9  # of the available memory


@dataclass
class Growth:
    """The step's time at ascending sizes, each in a process of its own.

    points: (size, specification), ascending. With `memory_grows`, a size whose expected need exceeds the memory at hand is tried with
    activations recomputed instead of kept; where that can't be done, it is left out, and said so.
    """

    name: str
    points: list
    memory_grows: bool = False
    note: str = ""

    def run(self, sitting):
        result = {"note": self.note, "busy": machine.busy(), "points": []}
        peaks = []
        for size, make in self.points:
            too_large = self.memory_grows and expected(size, peaks) > SPARE * machine.memory()[1]
            point = self.point(size, {**make(), "recompute": True} if too_large else make(), sitting)
            result["points"].append({**point, "recompute": too_large})
            if "peak" in point and not too_large:
                peaks.append((size, point["peak"]))
        return result

    @staticmethod
    def point(size, spec, sitting):
        try:
            worker, description = sitting.workers.start(spec)
            with worker:
                for _ in range(sitting.warmups):
                    worker.ask(do="repeat")
                turns = [repeat(worker, sitting) for _ in range(sitting.alternations)]
                return {"size": size, "steps": len(spec["draws"]), "turns": turns, "peak": worker.ask(do="memory")["peak"],
                        "description": description}
        except Failure as e:
            return {"size": size, "failure": str(e)}


def repeat(worker, sitting):
    with sitting.machine():
        return worker.ask(do="repeat")


def expected(size, peaks):
    """The memory that a size will need, on the line through the last two; 0 where there are none."""
    if len(peaks) < 2:
        return 0
    (a, needed_a), (b, needed_b) = peaks[-2:]
    return needed_b + (needed_b - needed_a) * (size - b) / (b - a)
