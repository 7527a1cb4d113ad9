#!/usr/bin/env bash
# Time and memory of a training step with each method, against the fully shared step: see MethodCost. Words alone measure those. LAYERS and
# TURNS are the encoder's layers (12) and the turns that both take (5). The machine should do nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
"$root/palette" --help >/dev/null
app=$root/target/palette/$(cat "$root/target/palette/current")
classes=$(mktemp -d); trap 'rm -rf "$classes"' EXIT
path=$app/palette-core.jar:$app/palette-dsl.jar:$(cat "$app/class-path")
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -d "$classes" -cp "$path" "$root"/src/bench/java/dev/palette/bench/*.java
run() {
    OMP_WAIT_POLICY=PASSIVE "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -DOPT_OUT_TRACKING=true -cp "$classes:$path" dev.palette.bench.MethodCost "$@"
}
[ $# -gt 0 ] || set -- $(run)
for word in "$@"; do run "$word" "${LAYERS:-12}" "${TURNS:-5}"; done
