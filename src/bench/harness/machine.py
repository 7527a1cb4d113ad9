"""What the benchmark runs on: hardware, versions, the state of the repository."""

import datetime
import json
import os
import platform
import re
import subprocess
import time
from pathlib import Path

INSTRUCTIONS = {"avx2": "AVX2", "avx512f": "AVX-512", "avx512_bf16": "AVX-512 bf16", "amx_bf16": "AMX bf16", "asimd": "NEON",
                "bf16": "bf16"}


def output(*command, folder=None):
    """A command's output, or an empty text where there is no such command or it fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def processor():
    """Model name and those of its instruction sets that matter to matrix products."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*: (.*)$", text, re.M)
    flags = re.search(r"^(?:flags|Features)\s*: (.*)$", text, re.M)
    present = set(flags.group(1).split()) if flags else set()
    return (model.group(1) if model else platform.processor() or platform.machine(),
            [name for flag, name in INSTRUCTIONS.items() if flag in present])


def memory():
    """Total and available memory in bytes."""
    lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
    return tuple(int(lines[key].split()[0]) * 1024 for key in ("MemTotal", "MemAvailable"))


def busy():
    """How many processors' worth of other work there is: watched for a second, in which the benchmark does nothing."""
    before, idle_before = processor_time()
    time.sleep(1)
    after, idle_after = processor_time()
    return round(os.cpu_count() * (1 - (idle_after - idle_before) / (after - before)), 2)


def processor_time():
    """All time of all processors so far, and what of it they were idle."""
    times = [int(field) for field in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return sum(times), times[3] + times[4]


def computes_bf16():
    """Whether the processor has instructions for bf16; without them libraries compute it in software, many times slower."""
    return any("bf16" in name for name in processor()[1])


def cores():
    return len(os.sched_getaffinity(0))


def describe(root, folder):
    """Everything that a figure should be read with."""
    model, instructions = processor()
    packages = json.loads((folder / "packages.json").read_text())
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()
    changed = output("git", "status", "--porcelain", "--untracked-files=no", folder=root)
    return {
        "processor": model,
        "instructions": instructions,
        "cores": cores(),
        "memory": memory()[0],
        "gpu": output("nvidia-smi", "--query-gpu=name", "--format=csv,noheader") or None,
        "system": platform.platform(),
        "java": java[0] if java else "unknown",
        "python": platform.python_version(),
        "packages": packages,
        "commit": output("git", "rev-parse", "--short", "HEAD", folder=root) + (" with changes" if changed else ""),
        "date": datetime.date.today().isoformat(),
    }
