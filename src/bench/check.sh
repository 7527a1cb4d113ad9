#!/usr/bin/env bash
# Does the benchmark still work? Every measure on a tiny model, and every figure must be there. Takes minutes; what it times means
# nothing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
"$root/src/bench/run.sh" --quick --again "$@"
if grep "not measured" "$root/target/bench/results.md"; then
    echo "these were not measured; target/bench/workers.log and commands.log say why" >&2
    exit 1
fi
echo "every measure works"
