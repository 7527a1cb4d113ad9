#!/usr/bin/env bash
# What Spark costs a trial: the twelve of overhead.groovy one after another, in turns by local workers and by a Spark cluster of this
# machine alone (cluster.sh) with one processor. A line for each turn:
#
#     src/bench/spark/overhead.sh FOLDER [TURNS]
#     local  turn 1   131.9 s in all, a trial  10.26 s, of which idle  0.02 s
#
# The first figure has the start of everything in it. Of the others, medians of eleven, one is the time from a trial's end to the next
# one's, the other that from a trial's end to the first step of the next.
set -euo pipefail

[ $# -ge 1 ] || { echo "overhead.sh: expected a folder, and how many turns" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
palette=$here/../../../palette
mkdir -p "$1"
folder=$(cd "$1" && pwd)
trap '"$here/cluster.sh" stop "$folder/cluster"' EXIT
"$here/cluster.sh" start "$folder/cluster" 1

run() { # TURN NAME ARGUMENT...
    local turn=$1 name=$2 out=$folder/$2-$1 begun ended
    shift 2
    rm -rf "$out"
    begun=$(date +%s.%N)
    "$palette" run "$here/overhead.groovy" --out "$out" "$@" >"$out.log" 2>&1
    ended=$(date +%s.%N)
    printf '%-6s turn %d  %6.1f s in all' "$name" "$turn" "$(awk "BEGIN { print $ended - $begun }")"
    # When training began and when it was over, by the workers' logs, in turn; then what lies between.
    grep -h 'training begins at\|ended: FINISHED' "$out"/overhead/*/run.log | sort |
        awk '{ split(substr($1, 12), t, ":"); now = t[1] * 3600 + t[2] * 60 + t[3] }
             /begins/ { if (NR > 1) print "idle", now - over }
             /ended/ { if (over) print "trial", now - over; over = now }' | sort -k1,1 -k2,2n |
        awk '{ all[$1, ++n[$1]] = $2 }
             END { printf ", a trial %6.2f s, of which idle %5.2f s\n",
                       all["trial", int((n["trial"] + 1) / 2)], all["idle", int((n["idle"] + 1) / 2)] }'
}

for turn in $(seq "${2:-3}"); do
    run "$turn" local --threads 1
    run "$turn" spark --launcher spark --master "$(cat "$folder/cluster/url")"
done
