"""Makes the Python environments that the peers run in. Needs nothing but Python 3.10 or later.

    python3 setup.py FOLDER

FOLDER/venv holds torch and everything that goes with the newest transformers. FOLDER/venv-adapters holds `adapters`, which
pins an older transformers; torch it takes from the first. Where the Python named by BENCH_PYTHON has torch already, that one is
used and none is installed. FOLDER/packages.json says what is there, and why what isn't is not: a peer whose package is missing is
"not measured" in the results. A second call only tries again what is missing there; remove FOLDER/packages.json to look at all anew.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

MAIN = ["torch", "numpy", "safetensors", "tokenizers", "transformers", "peft", "scipy", "matplotlib"]
ADAPTERS = ["adapters"]


def python(folder):
    return folder / "bin" / "python"


def site_packages(interpreter):
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.check_output([interpreter, "-c", code], text=True).strip()


def version(interpreter, package):
    """The version that an environment has of a package, or None, and why there is none; importing it is the test."""
    code = f"import importlib.metadata as m, {package}; print(m.version('{package}'))"
    found = subprocess.run([interpreter, "-c", code], capture_output=True, text=True)
    lines = (found.stdout if found.returncode == 0 else found.stderr).strip().splitlines()
    return (lines[-1], None) if found.returncode == 0 else (None, "import failed: " + (lines or ["no output"])[-1])


def environment(folder, *borrowed):
    """An environment, new or as it is; its imports fall back to the packages of others."""
    if not python(folder).exists():
        venv.create(folder, with_pip=True)
    (Path(site_packages(python(folder))) / "borrowed.pth").write_text("".join(f"{path}\n" for path in borrowed))
    return python(folder)


def install(interpreter, package):
    """Installs one package; returns its version, or why there is none."""
    present, _ = version(interpreter, package)
    if present:
        return {"version": present}
    print(f"installing {package} ...", file=sys.stderr, flush=True)
    pip = subprocess.run([interpreter, "-m", "pip", "install", "-q", package], capture_output=True, text=True)
    if pip.returncode != 0:
        return {"missing": "pip: " + (pip.stderr.strip().splitlines() or ["failed"])[-1]}
    present, reason = version(interpreter, package)
    return {"version": present} if present else {"missing": reason}


def with_torch():
    """Where the Python that BENCH_PYTHON names keeps its torch, if it has one."""
    interpreter = os.environ.get("BENCH_PYTHON", sys.executable)
    return [site_packages(interpreter)] if version(interpreter, "torch")[0] else []


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "packages.json"
    if listed.exists() and not any("missing" in found for found in json.loads(listed.read_text()).values()):
        return
    torch = with_torch()
    first = environment(folder / "venv", *torch)
    found = {package: install(first, package) for package in MAIN}
    second = environment(folder / "venv-adapters", site_packages(first), *torch)
    for package in ADAPTERS:
        found[package] = install(second, package)
        found[package]["beside"] = "transformers " + str(version(second, "transformers")[0])
    listed.write_text(json.dumps(found, indent=1) + "\n")
    if "version" not in found["torch"]:
        sys.exit("no torch, so nothing to compare with: " + found["torch"]["missing"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
