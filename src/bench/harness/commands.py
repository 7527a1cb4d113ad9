"""What is timed of Palette's own command: how long until it trains, and how long until it has listed a sweep."""

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from machine import busy

START = """experiment('start') {
    encoder %(encoder)s
    dataDir '%(data)s'
    tasks glue.cola { name 'acceptability'; directory 'acceptability' },
          glue.mrpc { name 'paraphrase'; directory 'paraphrase' },
          glue.sts  { name 'similarity'; directory 'similarity' }
    adapter pal { size %(size)d; heads 6 }
    sampler annealed { from 1.0; to 0.2; phases 5 }
    train { steps 100; batchSize 8; maxLength 32; evaluate { selectOn holdout(0.1) } }
}
"""

def start_script(context):
    file = context.inputs.folder / "start.groovy"
    data = context.root / "experiments/data/quickstart"
    file.write_text(START % {"encoder": context.inputs.encoder_word(), "data": data, "size": context.pal["adapterSize"]})
    return file


@dataclass
class StartToFirstStep:
    """`palette run` until the first line of its metrics, less the step that the line is of. The first start, which fills the
    caches, does not count."""

    name: str
    context: object
    note: str = ""

    def run(self, sitting):
        result = {"note": self.note, "busy": busy(), "turns": []}
        file = start_script(self.context)
        for number in range(-1, sitting.alternations):
            out = self.context.inputs.folder / f"runs-{time.time_ns()}"
            with sitting.machine():
                seconds = self.once(file, out, sitting)
            if seconds is None:
                return {**result, "failure": "palette run came to no first step; see target/bench/commands.log"}
            if number >= 0:
                result["turns"].append({"seconds": seconds})
        return result

    def once(self, file, out, sitting):
        command = [str(self.context.root / "palette"), "run", str(file), "--out", str(out),
                   "--threads", str(sitting.workers.common["threads"])]
        start = time.perf_counter()
        with open(self.context.folder / "commands.log", "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            while process.poll() is None and time.perf_counter() - start < sitting.workers.limit:
                step = first_step(out)
                if step is not None:
                    return time.perf_counter() - start - step
                time.sleep(0.005)
            return None
        finally:
            process.kill()
            process.wait()
            remove(out)


def first_step(out):
    """Seconds of the first step, when its line is there."""
    for metrics in out.glob("*/*/metrics.jsonl"):
        line = metrics.read_text().split("\n")
        if len(line) > 1:
            return json.loads(line[0])["seconds"]
    return None


def remove(folder: Path):
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@dataclass
class DryRun:
    """`palette run --dry-run` of a sweep of 100 trials, from the start of the process to its end."""

    name: str
    context: object
    note: str = ""

    def run(self, sitting):
        file = self.context.root / "src/bench/sweep100.groovy"
        result = {"note": self.note, "busy": busy(), "turns": []}
        command = [str(self.context.root / "palette"), "run", str(file), "--dry-run"]
        for number in range(-1, sitting.alternations):
            with sitting.machine():
                start = time.perf_counter()
                done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
                seconds = time.perf_counter() - start
            if done.returncode != 0 or "100 trials" not in done.stdout:
                return {**result, "failure": (done.stderr.splitlines() or ["no 100 trials were listed"])[0]}
            if number >= 0:
                result["turns"].append({"seconds": seconds})
        return result
