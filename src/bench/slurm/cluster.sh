#!/usr/bin/env bash
# A Slurm cluster of this machine alone, to try Palette on: controller and nodes of Debian's packages on the loopback device, in a
# folder of its own, without systemd, cgroups or an accounting database. Two partitions: a job in 'urgent' preempts those in 'batch',
# which are requeued.
#
#     apt-get install slurmctld slurmd slurm-client munge      # once; needs root, as slurmd does
#     src/bench/slurm/cluster.sh start FOLDER [NODES]          # then: export SLURM_CONF=FOLDER/slurm.conf
#     src/bench/slurm/cluster.sh node FOLDER NAME              # starts the daemon of a node that was killed: n1, n2
#     src/bench/slurm/cluster.sh kill FOLDER NAME              # kill -9 of a node's daemon and of all that runs there
#     src/bench/slurm/cluster.sh stop FOLDER
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

# The port a node listens on: n1, n2, … after the controller's.
port() { echo $(($(cat "$folder/port") + ${1#n})); }

configuration() { # NODES
    local base cpus host
    base=$(cat "$folder/port")
    cpus=$(nproc)
    host=$(hostname -s)
    cat <<END
ClusterName=palette
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$base
SlurmctldParameters=idle_on_node_suspend
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,sched_interval=2,bf_interval=2,sched_min_interval=200000
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PriorityType=priority/basic
ReturnToService=2
SlurmdTimeout=10
KillWait=20
MessageTimeout=10
MinJobAge=60
MaxArraySize=100
JobRequeue=1
END
    for node in $(seq 1 "$1"); do
        echo "NodeName=n$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$((base + node)) CPUs=$cpus State=UNKNOWN"
    done
    cat <<END
PartitionName=batch Nodes=ALL Default=YES PriorityTier=1 PreemptMode=REQUEUE GraceTime=0 MaxTime=INFINITE State=UP
PartitionName=urgent Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP
END
}

start_node() { # NAME
    slurmd -N "$1" -f "$folder/slurm.conf" -c >"$folder/slurmd-$1.out" 2>&1 ||
        { cat "$folder/slurmd-$1.out" "$folder/slurmd-$1.log" >&2; exit 1; }
}

start() { # [NODES]
    mkdir -p "$folder/state"
    chmod 755 "$folder"
    echo $((20000 + RANDOM % 10000)) >"$folder/port"
    dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 status=none
    chmod 600 "$folder/munge.key"
    munged --force --socket="$folder/munge.socket" --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
        --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
    configuration "${1:-1}" >"$folder/slurm.conf"
    slurmctld -f "$folder/slurm.conf" -c
    for node in $(seq 1 "${1:-1}"); do
        mkdir -p "$folder/spool-n$node"
        start_node "n$node"
    done
    export SLURM_CONF=$folder/slurm.conf
    for _ in $(seq 1 60); do
        [ "$(sinfo -h -p batch -o %T 2>/dev/null)" = idle ] && return
        sleep 0.5
    done
    say "the nodes are not idle after 30 seconds:"
    sinfo >&2 || :
    exit 1
}

# All that descends from a process, itself included.
tree() { # PID
    echo "$1"
    for child in $(pgrep -P "$1" || :); do tree "$child"; done
}

# slurmd and the processes of its jobs: these are children of slurmstepd, which is nobody's child.
kill_node() { # NAME
    local daemon steps step
    daemon=$(cat "$folder/slurmd-$1.pid")
    steps=$(for step in $(pgrep -x slurmstepd || :); do
        grep -zqx "SLURM_CONF=$folder/slurm.conf" "/proc/$step/environ" 2>/dev/null && tree "$step" || :
    done)
    # shellcheck disable=SC2086 # process ids
    kill -9 "$daemon" $steps 2>/dev/null || :
}

# Ends the process whose id a file holds, and waits for that.
end() { # PID-FILE
    local pid
    [ -f "$1" ] || return 0
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 1 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null || :
}

stop() {
    local file
    export SLURM_CONF=$folder/slurm.conf
    scancel --full --user=root 2>/dev/null || :
    sleep 1
    for file in "$folder"/slurmd-*.pid "$folder/slurmctld.pid" "$folder/munged.pid"; do
        end "$file"
    done
}

action=${1:?start, node, kill or stop}
mkdir -p "${2:?a folder}"
folder=$(cd "$2" && pwd -P)
case $action in
start) start "${3:-1}" ;;
node) start_node "${3:?a node}" ;;
kill) kill_node "${3:?a node}" ;;
stop) stop ;;
*) say "start, node, kill or stop, not $action"; exit 2 ;;
esac
