"""The peers' side of the benchmark: answers the same requests as our Worker.java, one JSON object a line.

The specification's `peer` (original, huggingface) and `work` (train, evaluate, optimize, tokenise, peak) say what is timed.
"""

import ctypes
import importlib
import json
import os
import sys
import time
import traceback


class Steps:
    """Training: a repetition is a step for each draw."""

    def __init__(self, spec, training):
        self.training = training
        self.draws = spec["draws"]
        self.position = 0
        self.synchronize = synchronizer(spec)

    def step(self):
        counts = self.training.step(self.draws[self.position % len(self.draws)])
        self.position += 1
        return counts

    def settle(self):
        self.step()
        self.synchronize()

    def repeat(self):
        start = time.perf_counter()
        counts = [self.step() for _ in self.draws]
        self.synchronize()
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "examples": sum(c[0] for c in counts), "tokens": sum(c[1] for c in counts)}

    def describe(self):
        return self.training.describe()


class Whole:
    """Anything else: a repetition does all of it."""

    def __init__(self, spec, work):
        self.work = work
        self.synchronize = synchronizer(spec)

    def settle(self):
        self.repeat()

    def repeat(self):
        start = time.perf_counter()
        examples, tokens = self.work.run()
        self.synchronize()
        return {"seconds": time.perf_counter() - start, "examples": examples, "tokens": tokens}

    def describe(self):
        return self.work.describe() if hasattr(self.work, "describe") else {}


def synchronizer(spec):
    if spec.get("device") == "cuda":
        import torch

        return torch.cuda.synchronize
    return lambda: None


def prepare(spec):
    if spec["work"] in ("train", "evaluate"):
        import torch

        torch.set_num_threads(spec["threads"])
        torch.manual_seed(1)
        peer = importlib.import_module(spec["peer"])
        return Steps(spec, peer.Training(spec)) if spec["work"] == "train" else Whole(spec, peer.Evaluation(spec))
    return Whole(spec, importlib.import_module(spec["work"]).Work(spec))


def memory():
    with open("/proc/self/status") as lines:
        status = {key: value for key, value in (line.split(":", 1) for line in lines)}
    return {"peak": int(status["VmHWM"].split()[0]) * 1024, "resident": int(status["VmRSS"].split()[0]) * 1024}


def trim():
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except OSError as e:
        print("this C library has no malloc_trim:", e, file=sys.stderr)


def answer(subject, request):
    wanted = request["do"]
    if wanted == "prepare":
        subject = prepare(request)
        return subject, subject.describe()
    if wanted == "memory":
        return subject, memory()
    if wanted == "trim":
        trim()
        return subject, {}
    if wanted not in ("settle", "repeat"):
        raise ValueError(f"no request is called {wanted}")
    return subject, getattr(subject, wanted)() or {}


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever libraries print goes to standard error
    subject = None
    for line in sys.stdin:
        try:
            subject, reply = answer(subject, json.loads(line))
        except Exception as e:  # whatever it is, the benchmark is to say so, and go on
            traceback.print_exc()
            reply = {"error": f"{type(e).__name__}: {e}".splitlines()[0]}
        print(json.dumps(reply), file=answers)


if __name__ == "__main__":
    main()
