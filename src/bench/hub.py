#!/usr/bin/env python3
"""Palette and Python's huggingface_hub in one cache: each reads what the other has written.

Usage, from a built checkout and with a Python that has huggingface_hub: python3 src/bench/hub.py [palette]
A hub of one model answers on this machine; nothing else is asked.
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = 10_000
CONFIG = {"model_type": "bert", "hidden_act": "gelu", "vocab_size": 60, "hidden_size": 24, "num_hidden_layers": 2,
          "num_attention_heads": 4, "intermediate_size": 40, "max_position_embeddings": 14, "type_vocab_size": 2}
FILES = {
    "config.json": json.dumps(CONFIG).encode(),
    "vocab.txt": "".join(f"{w}\n" for w in ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [f"w{i}" for i in range(55)]).encode(),
    "model.safetensors": (ROOT / "core/src/test/resources/golden/adapters/encoder.safetensors").read_bytes(),
    "README.md": b"A tiny encoder.\n",
}


def etag(content):
    if len(content) >= LARGE:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def send(self, status, headers, content, body):
        self.send_response(status)
        for name, value in {"Content-Length": len(content), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if body:
            self.wfile.write(content)


class Blobs(Answers):
    def answer(self, body):
        content = next(c for c in FILES.values() if self.path.startswith("/" + etag(c)))
        self.send(200, {}, content, body)


class Hub(Answers):
    blobs = 0

    def answer(self, body):
        path = self.path.split("?")[0]
        if path.startswith("/api/models/org/tiny/revision/"):
            listing = {"id": "org/tiny", "sha": COMMIT, "siblings": [{"rfilename": name} for name in FILES]}
            return self.send(200, {"Content-Type": "application/json"}, json.dumps(listing).encode(), body)
        if path.startswith("/api/models/org/tiny/tree/"):
            tree = [{"type": "file", "path": name, "size": len(c), "oid": etag(c)} for name, c in FILES.items()]
            return self.send(200, {"Content-Type": "application/json"}, json.dumps(tree).encode(), body)
        content = FILES.get(path.rpartition("/")[2])
        if not path.startswith("/org/tiny/resolve/") or content is None:
            return self.send(404, {"X-Error-Code": "EntryNotFound"}, b"", body)
        if len(content) < LARGE:
            return self.send(200, {"X-Repo-Commit": COMMIT, "ETag": f'"{etag(content)}"'}, content, body)
        headers = {"X-Repo-Commit": COMMIT, "X-Linked-Etag": f'"{etag(content)}"', "X-Linked-Size": len(content),
                   "Location": f"http://localhost:{Hub.blobs}/{etag(content)}?signature=x"}
        return self.send(302, headers, b"", body)


def start(handler):
    server = ThreadingHTTPServer(("localhost", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


PYTHON = """
import huggingface_hub as hub, pathlib, sys
folder = pathlib.Path(hub.snapshot_download("org/tiny", ignore_patterns=["*.md"], local_files_only=sys.argv[1] == "local"))
for name in ["config.json", "vocab.txt", "model.safetensors"]:
    if sys.argv[1] == "local":
        assert hub.hf_hub_download("org/tiny", name, local_files_only=True) == str(folder / name)
    else:
        assert (folder / name).is_file()
info = hub.scan_cache_dir()
assert not info.warnings, info.warnings
assert [(repo.repo_id, sorted(repo.refs)) for repo in info.repos] == [("org/tiny", ["main"])], info
print(hub.__version__, folder)
"""


def main():
    palette = sys.argv[1:] or [str(ROOT / "palette")]
    Hub.blobs = start(Blobs)
    endpoint = f"http://localhost:{start(Hub)}"
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)

        def run(cache, online, *command):
            env = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
            env |= {"HF_HOME": str(work / cache), "HF_ENDPOINT": endpoint if online else "http://localhost:1",
                    "HF_TOKEN": "hf_x", "PALETTE_CACHE_DIR": str(work / "cache"), "HF_HUB_DISABLE_XET": "1",
                    "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
            if not online:
                env["HF_HUB_OFFLINE"] = "1"
            return subprocess.run(command, env=env, check=True, text=True, stdout=subprocess.PIPE).stdout

        def python(cache, online):
            print("python", run(cache, online, sys.executable, "-c", PYTHON, "online" if online else "local").strip())

        def converted(cache, online, to):
            run(cache, online, *palette, "convert", "hub:org/tiny", str(work / to))
            return (work / to / "model.safetensors").read_bytes()

        python("theirs", True)
        theirs = converted("theirs", False, "of-theirs")
        print("palette reads what huggingface_hub has written")
        ours = converted("ours", True, "of-ours")
        python("ours", False)
        print("huggingface_hub reads what palette has written")
        assert ours == theirs
        for name in FILES.keys() - {"README.md"}:
            blob = f"hub/models--org--tiny/blobs/{etag(FILES[name])}"
            assert (work / "ours" / blob).read_bytes() == (work / "theirs" / blob).read_bytes() == FILES[name]
        layouts = [{str(path.relative_to(work / cache)) for path in (work / cache / "hub/models--org--tiny").rglob("*")}
                   for cache in ("theirs", "ours")]
        notes = {path for path in layouts[0] if "/trees" in path}  # the library's own note of what the model has
        assert layouts[0] - notes == layouts[1], layouts
        print("the folders are the same")


if __name__ == "__main__":
    main()
