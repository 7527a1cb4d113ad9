#!/usr/bin/env bash
# A Spark cluster of this machine alone, to try Palette on: a standalone master and workers of one processor each on the loopback
# device, in a folder of its own. SPARK_HOME names a Spark distribution; pip's pyspark holds one.
#
#     export SPARK_HOME=...
#     src/bench/spark/cluster.sh start FOLDER [WORKERS]     # then: palette run ... --launcher spark --master $(cat FOLDER/url)
#     src/bench/spark/cluster.sh worker FOLDER NAME         # starts another worker, or one that was killed: w1, w2
#     src/bench/spark/cluster.sh kill FOLDER NAME           # kill -9 of a worker's daemon
#     src/bench/spark/cluster.sh executors FOLDER NAME      # process ids of a worker's executors
#     src/bench/spark/cluster.sh stop FOLDER
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }
die() { say "cluster.sh: $*"; exit 2; }

[ $# -ge 2 ] || die "expected start, worker, kill, executors or stop, and a folder"
action=$1
folder=$2
[ -x "${SPARK_HOME:-}/bin/spark-class" ] || die "SPARK_HOME is '${SPARK_HOME:-}'; set it to the folder of a Spark distribution"
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1 SPARK_DAEMON_MEMORY=256m
# A machine that is gone is missed after a minute; here sooner. Both sides reckon by it.
export SPARK_MASTER_OPTS="-Dspark.worker.timeout=20" SPARK_WORKER_OPTS="-Dspark.worker.timeout=20"

start() { # NAME CLASS ARGUMENT...
    local name=$1
    shift
    setsid "$SPARK_HOME/bin/spark-class" "$@" >>"$folder/$name.log" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
}

worker() { # NAME
    start "$1" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 \
        --work-dir "$folder/work-$1" "$(cat "$folder/url")"
}

await() { # FILE WORDS
    for _ in $(seq 600); do
        grep -q "$2" "$folder/$1" 2>/dev/null && return
        sleep 0.1
    done
    die "there is no '$2' in $folder/$1"
}

case $action in
start)
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    port=$((20000 + RANDOM % 10000))
    echo "spark://127.0.0.1:$port" >"$folder/url"
    start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    await master.log "New state: ALIVE"
    for i in $(seq "${3:-2}"); do worker "w$i"; done
    for i in $(seq "${3:-2}"); do await "w$i.log" "Successfully registered with master"; done
    ;;
worker)
    worker "$3"
    ;;
kill)
    kill -9 "$(cat "$folder/$3.pid")"
    ;;
executors)
    pgrep -P "$(cat "$folder/$3.pid")" || true
    ;;
stop)
    for file in "$folder"/*.pid; do
        kill "$(cat "$file")" 2>/dev/null || true
    done
    ;;
*) die "'$action' is none of start, worker, kill, executors, stop" ;;
esac
