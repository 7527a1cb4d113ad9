#!/usr/bin/env bash
# Are exported runs what TensorBoard, MLflow and pandas read? Exports runs and reads them back with the real packages.
#   src/bench/exports.sh <runs>        a folder of runs, finished or not, e.g. runs/quickstart
# Python packages come by pip into target/bench/exports (EXPORTS_PYTHON=<python> takes an environment that has them);
# the MLflow server listens on loopback, on a port of its own, and keeps its data in target/bench/exports.
set -euo pipefail
runs=$(realpath "${1:?name a folder of runs}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/bench/exports
mkdir -p "$work"

python=${EXPORTS_PYTHON:-$work/venv/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet -r "$here/exports/requirements.txt"
fi

rm -rf "$work/out"
"$root/palette" export "$runs" --to tensorboard --out "$work/out/tensorboard"
"$root/palette" export "$runs" --to csv --out "$work/out/csv"

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
set -m # the server starts processes of its own, and is stopped with them
"$python" -m mlflow server --host 127.0.0.1 --port "$port" --workers 1 \
    --backend-store-uri "sqlite:///$work/out/mlflow.db" --artifacts-destination "$work/out/artifacts" \
    > "$work/mlflow.log" 2>&1 &
server=$!
trap 'kill -- -$server' EXIT
set +m
for _ in $(seq 120); do
    "$python" -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/health')" 2> /dev/null && break
    sleep 1
done
# Twice: what is there is not sent again, and would change nothing if it were.
"$root/palette" export "$runs" --to mlflow --uri "http://127.0.0.1:$port"
"$root/palette" export "$runs" --to mlflow --uri "http://127.0.0.1:$port"

"$python" "$here/exports/check.py" "$runs" "$work/out" "http://127.0.0.1:$port"
