#!/usr/bin/env bash
# bf16 against fp32: trains equivalence.groovy in both precisions and tests whether the dev scores are equivalent within one point.
# Ten trials of BERT-base: hours to days on two cores. Stopped? Run it again: it goes on where it was.
#
#     src/bench/equivalence.sh GLUE_DATA [OPTION OF palette run]...      e.g. --set train.steps=300
#     src/bench/equivalence.sh --table                                   the table from what is finished
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
runs=$root/target/bench/equivalence
export PYTHONDONTWRITEBYTECODE=1

[ $# -gt 0 ] || { sed -n 's/^# \{0,1\}//; 2,7p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$root/target/bench"
"${BENCH_PYTHON:-python3}" "$root/src/bench/harness/setup.py" "$root/target/bench"
if [ "$1" != --table ]; then
    data=$1
    shift
    for precision in fp32 bf16; do
        "$root/palette" run "$root/src/bench/equivalence.groovy" --set data.dir="$data" --set train.precision=$precision \
            --out "$runs/$precision" "$@"
    done
fi
exec "$root/target/bench/venv/bin/python" "$root/src/bench/equivalence.py" "$runs" "$root/src/bench/equivalence.md"
