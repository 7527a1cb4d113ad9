#!/usr/bin/env bash
# How far the best of 100 points is from the optimum, by Palette's TPE, by random points and by Optuna's TPE, on five functions and 50
# seeds; prints each median. Needs Python 3.10 or later, from which it makes an environment with Optuna, and a built Palette.
#
#     src/bench/search/regret.sh
#     src/bench/search/regret.sh --ours        without Optuna
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)
out=$root/target/bench/search
mkdir -p "$out"

"$root/palette" --help >/dev/null
app=$root/target/palette/$(cat "$root/target/palette/current")
classes=$app/palette-core.jar:$(cat "$app/class-path")
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -Xlint:all -Werror -proc:none -d "$out/classes" -cp "$classes" "$root"/src/bench/search/SearchRegret.java
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$out/classes:$classes" dev.palette.bench.SearchRegret > "$out/palette.tsv"

if [ "${1:-}" != --ours ]; then
    [ -x "$out/venv/bin/python" ] || "${BENCH_PYTHON:-python3}" -m venv "$out/venv"
    "$out/venv/bin/pip" install --quiet optuna==5.0.0
    "$out/venv/bin/python" "$root/src/bench/search/optuna_regret.py" > "$out/optuna.tsv"
fi
"${BENCH_PYTHON:-python3}" "$root/src/bench/search/medians.py" "$out"/*.tsv
