#!/usr/bin/env bash
# Times Palette against its peers and writes results.md. README.md beside this file says how.
#
#     src/bench/run.sh                      everything that has no result yet (hours, on two cores)
#     src/bench/run.sh step-fp32 memory     only these
#     src/bench/run.sh --quick              a tiny model, to see that everything works
#     src/bench/run.sh --table              the table from what was measured
#     src/bench/run.sh --help
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
bench=$root/target/bench
export PYTHONDONTWRITEBYTECODE=1
mkdir -p "$bench"

# One benchmark at a time: two would time each other.
exec 9>"$bench/lock"
flock -n 9 || { echo "another run.sh is measuring; wait for it" >&2; exit 2; }

"${BENCH_PYTHON:-python3}" "$root/src/bench/harness/setup.py" "$bench"

# Palette as its launcher builds it, and our side of the benchmark against that build.
"$root/palette" --help >/dev/null
app=$root/target/palette/$(cat "$root/target/palette/current")
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
rm -rf "$bench/classes"
"$javac" -Xlint:all -Werror -d "$bench/classes" \
    -cp "$app/palette-core.jar:$app/palette-dsl.jar:$(cat "$app/class-path")" "$root"/src/bench/java/dev/palette/bench/*.java

exec "$bench/venv/bin/python" "$root/src/bench/harness/run.py" "$@"
