"""The processes that are timed, and the words exchanged with them."""

import json
import os
import select
import subprocess
import time
from pathlib import Path


# What the launcher sets for Palette: glibc keeps freed memory, where by default it gives large pieces back to the kernel at once. Peers run
# with the system's default, and once more with this.
KEPT_MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=17179869184:glibc.malloc.trim_threshold=17179869184"
                                 ":glibc.malloc.arena_max=1"}


class Failure(Exception):
    """A worker could not do what it was asked for; the text says why."""


class Worker:
    """One long-lived process. While the other side has its turn it waits for a line and uses no processor: threads of OpenMP are
    told to sleep rather than spin (OMP_WAIT_POLICY=PASSIVE), for all sides alike."""

    def __init__(self, command, environment, log, limit):
        self.limit = limit
        self.started = time.perf_counter()
        self.log = open(log, "ab")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **environment})

    def ask(self, **request):
        """The answer to a request; one that takes longer than the limit ends the process."""
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            line = self.answer_line(request["do"])
        except BrokenPipeError:
            line = b""
        if not line:
            code = self.process.wait()
            raise Failure(f"the process ended with {'signal ' + str(-code) if code < 0 else 'code ' + str(code)}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failure(answer["error"])
        return answer

    def answer_line(self, wanted):
        ready, _, _ = select.select([self.process.stdout], [], [], self.limit)
        if not ready:
            self.process.kill()
            raise Failure(f"'{wanted}' took more than {self.limit} s")
        return self.process.stdout.readline()

    def close(self):
        if self.process.poll() is None:
            try:
                self.process.stdin.close()
                self.process.wait(timeout=20)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Workers:
    """Starts the workers of either side."""

    def __init__(self, root, folder, threads, device, limit):
        self.root, self.folder, self.limit = root, folder, limit
        self.common = {"threads": threads, "device": device, "cache": str(folder / "cache")}
        self.environment = {
            "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads),
            "RAYON_NUM_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "true",
            "OMP_WAIT_POLICY": "PASSIVE", "HF_HUB_OFFLINE": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, spec):
        """A process that has prepared what the specification asks for, and what it says of it."""
        environment = self.environment | (KEPT_MEMORY if spec["side"] == "palette" or spec.get("keptMemory") else {})
        worker = Worker(self.command(spec), environment, self.folder / "workers.log", self.limit)
        try:
            return worker, worker.ask(**{"do": "prepare", **self.common, **spec})
        except Failure:
            worker.close()
            raise

    def command(self, spec):
        if spec["side"] == "palette":
            return self.java()
        environment = "venv-adapters" if spec.get("adapter") == "bottleneck" else "venv"
        return [str(self.folder / environment / "bin" / "python"), str(self.root / "src/bench/peers/worker.py")]

    def java(self):
        """As the launcher starts Palette, with another main class."""
        built = self.root / "target/palette"
        app = built / (built / "current").read_text().strip()
        path = [self.folder / "classes", app / "palette-core.jar", app / "palette-dsl.jar", (app / "class-path").read_text().strip()]
        cuda = self.root / "dsl/target/cuda"
        flags = [f"-DPYTORCH_LIBRARY_PATH={cuda}", "-DPYTORCH_VERSION=2.7.1", "-DPYTORCH_FLAVOR=cu128"] if cuda.is_dir() else []
        return [java_command(), "-Xmx2g", "-XX:+UseSerialGC", "-DOPT_OUT_TRACKING=true", "-Dai.djl.offline=true",
                "-DRUST_FLAVOR=cpu", *flags, "-cp", ":".join(map(str, path)), "dev.palette.bench.Worker"]


def java_command():
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin/java") if home else "java"
