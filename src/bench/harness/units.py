"""The kinds of timing that a measure is made of. Each is run, and can be run again, by itself; its result is plain JSON."""

import contextlib
import fcntl
import time
from dataclasses import dataclass, field, replace

from machine import busy
from workers import Failure


@dataclass
class Sitting:
    """How much is timed in one call of the benchmark."""

    workers: object
    alternations: int
    warmups: int = 2

    def heat(self):
        """A first look: one turn of each side, to see which of several peers is the one to compare with."""
        return replace(self, alternations=1)

    @contextlib.contextmanager
    def machine(self):
        """The machine for one turn. Who needs it meanwhile takes it between two turns: flock target/bench/turn <command>."""
        time.sleep(0.5)  # a waiting command gets its chance
        with open(self.workers.folder / "turn", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@dataclass
class Duel:
    """Two subjects that take turns, each in its own process: who begins alternates too.

    settle: a turn begins with an untimed step and ends with freed memory given back. For work that fills the memory and has short
    repetitions; without it the idle side would hold what the other needs.
    warmups: untimed repetitions (steps, where it settles) at the start, where other than usual.
    flops: useful floating-point operations of a repetition, where their share of the peak is wanted.
    heat: whether this peer is one of several, of which the strongest alone is timed in full.
    """

    name: str
    left: dict
    right: dict
    settle: bool = False
    warmups: int = None
    note: str = ""
    flops: float = None
    heat: bool = False

    def run(self, sitting):
        sides = [Side(self.left, self.settle), Side(self.right, self.settle)]
        result = {"note": self.note, "busy": busy(), "flops": self.flops}
        try:
            for side in sides:
                with sitting.machine():
                    side.start(sitting, self.warmups)
            for turn in range(sitting.alternations):
                with sitting.machine():
                    for side in sides if turn % 2 == 0 else reversed(sides):
                        side.turn()
        finally:
            for side in sides:
                side.close()
        return {**result, **{side.name: side.result() for side in sides}}


@dataclass
class Side:
    """One side of a duel."""

    spec: dict
    settle: bool
    worker: object = None
    description: dict = field(default_factory=dict)
    turns: list = field(default_factory=list)
    memory: dict = field(default_factory=dict)
    failure: str = None

    @property
    def name(self):
        return self.spec["name"]

    def start(self, sitting, warmups):
        """Starts and warms up; a failure is the result, not the end of the benchmark."""
        try:
            self.worker, self.description = sitting.workers.start(self.spec)
            for _ in range(warmups or sitting.warmups):
                self.worker.ask(do="settle" if self.settle else "repeat")
            self.rest()
        except Failure as e:
            self.failure = str(e)

    def rest(self):
        if self.settle:
            self.worker.ask(do="trim")

    def turn(self):
        if self.failure:
            return
        try:
            if self.settle:
                self.worker.ask(do="settle")
            self.turns.append(self.worker.ask(do="repeat"))
            self.memory = self.worker.ask(do="memory")
            self.rest()
        except Failure as e:
            self.failure = str(e)

    def close(self):
        if self.worker:
            self.worker.close()

    def result(self):
        steps = len(self.spec.get("draws", [])) if self.spec["work"] == "train" else None
        found = {"description": self.description, "steps": steps, "turns": self.turns, "memory": self.memory}
        return {**found, "failure": self.failure} if self.failure else found


@dataclass
class Fresh:
    """One subject in a new process each time: for what depends on a process's whole life, as its peak memory does.

    steps: repetitions in each; with none, the description is what was wanted.
    """

    name: str
    spec: dict
    steps: int
    note: str = ""

    def run(self, sitting):
        turns = []
        result = {"note": self.note, "busy": busy(), "turns": turns}
        try:
            for _ in range(sitting.alternations):
                with sitting.machine(), contextlib.ExitStack() as stack:
                    worker, description = sitting.workers.start(self.spec)
                    stack.enter_context(worker)
                    steps = [worker.ask(do="repeat") for _ in range(self.steps)]
                    turns.append({**(steps[-1] if steps else {}), **worker.ask(do="memory"), "description": description})
        except Failure as e:
            result["failure"] = str(e)
        return result


@dataclass
class FirstStep:
    """From the start of a process to the end of its first step, less that step: new each time."""

    name: str
    spec: dict
    note: str = ""

    def run(self, sitting):
        turns = []
        result = {"note": self.note, "busy": busy(), "turns": turns}
        try:
            for _ in range(sitting.alternations):
                with sitting.machine():
                    start = time.perf_counter()
                    worker, result["description"] = sitting.workers.start(self.spec)
                    with worker:
                        turns.append({"seconds": time.perf_counter() - start})
        except Failure as e:
            result["failure"] = str(e)
        return result
