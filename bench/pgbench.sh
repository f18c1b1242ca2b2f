#!/usr/bin/env bash
# pgbench against PostgreSQL with two synchronous standbys and against Quorate with three nodes,
# alternating in one run: three scripts, simple and prepared, several numbers of clients. Both sides have
# two durable copies of three before they answer a commit.
#
#   bench/pgbench.sh                 the whole table, 3 rounds of 10 s for each cell: about 25 minutes
#   SECONDS_PER_RUN=5 ROUNDS=1 CLIENTS=8 MODES=prepared SCRIPTS=tpcb-like bench/pgbench.sh
#
# Needs Debian's postgresql-15 (with pgbench), python3 and Maven for the first build. Prints a Markdown
# table: median tps of each side, and the median and lowest of the ratios per round.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${SECONDS_PER_RUN:-10}
rounds=${ROUNDS:-3}
clients=${CLIENTS:-1 8 32}
modes=${MODES:-simple prepared}
scripts=${SCRIPTS:-tpcb-like simple-update select-only}
scale=${SCALE:-10}
topology=${TOPOLOGY:-one} # one: three nodes in one process; three: a process each
pgbin=${PGBIN:-/usr/lib/postgresql/15/bin}

work=$(mktemp -d "${TMPDIR:-/tmp}/quorate-bench.XXXXXX")
chmod 755 "$work"
started=()

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

finish() {
  local folder pid
  for folder in s1 s2 p; do
    if [ -e "$work/$folder/postmaster.pid" ]; then
      as_postgres "$pgbin/pg_ctl" -D "$work/$folder" -m immediate -s stop || true
    fi
  done
  for pid in "${started[@]:-}"; do
    if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; fi
  done
  wait || true
  rm -rf "$work"
}
trap finish EXIT

free_ports() { # the first of as many as asked for, next to each other
  python3 - "$1" <<'P'
import random, socket, sys
wanted = int(sys.argv[1])
while True:
    first = random.randrange(20000, 30000)
    try:
        for port in range(first, first + wanted):
            with socket.socket() as s:
                s.bind(("127.0.0.1", port))
        print(first)
        break
    except OSError:
        pass
P
}

ask() { # port database statement
  psql -qXAt -h 127.0.0.1 -p "$1" -U quorate -d "$2" -c "$3"
}

start_postgres() {
  local n
  pg_port=$(free_ports 3)
  if [ "$(id -u)" = 0 ]; then chown postgres "$work"; fi
  as_postgres "$pgbin/initdb" -D "$work/p" -U quorate -A trust -N >/dev/null
  as_postgres tee -a "$work/p/postgresql.conf" >/dev/null <<S
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work'
shared_buffers = 512MB
max_wal_size = 4GB
checkpoint_timeout = 30min
max_connections = 200
wal_level = replica
fsync = on
synchronous_commit = on
S
  as_postgres "$pgbin/pg_ctl" -D "$work/p" -o "-p $pg_port" -l "$work/p.log" -s -w start
  for n in 1 2; do
    as_postgres "$pgbin/pg_basebackup" -D "$work/s$n" -X stream -R -C -S "slot$n" -c fast \
      -d "host=127.0.0.1 port=$pg_port user=quorate application_name=s$n"
    as_postgres "$pgbin/pg_ctl" -D "$work/s$n" -o "-p $((pg_port + n))" -l "$work/s$n.log" -s -w start
  done
  ask "$pg_port" postgres "create database quorate"
  ask "$pg_port" postgres "alter system set synchronous_standby_names = 'ANY 1 (s1, s2)'"
  ask "$pg_port" postgres "select pg_reload_conf()" >/dev/null
  until [ "$(ask "$pg_port" postgres \
      "select count(*) from pg_stat_replication where sync_state = 'quorum'")" = 2 ]; do
    sleep 0.2
  done
}

start_quorate() {
  local n peers=""
  q_port=$(free_ports 6)
  ./quorate --version >/dev/null # builds on first use
  if [ "$topology" = one ]; then
    ./quorate start --data "$work/q" --pg-port "$q_port" >"$work/q.log" 2>&1 &
    started+=($!)
  else
    for n in 1 2 3; do peers+="${peers:+,}$n=127.0.0.1:$((q_port + 2 + n))"; done
    for n in 1 2 3; do
      ./quorate node --id "$n" --data "$work/q$n" --listen "127.0.0.1:$((q_port + 2 + n))" \
        --peers "$peers" --pg-port "$((q_port + n - 1))" >"$work/q$n.log" 2>&1 &
      started+=($!)
    done
  fi
  until ask "$q_port" quorate "select 1" >/dev/null 2>&1; do
    kill -0 "${started[0]}" || { cat "$work"/q*.log >&2; exit 1; }
    sleep 0.2
  done
}

run() { # port script mode clients; prints tps, ends the benchmark if a transaction failed
  local out
  if ! out=$(pgbench -n -h 127.0.0.1 -p "$1" -U quorate -b "$2" -M "$3" -c "$4" \
      -j "$(($4 < 2 ? 1 : 2))" -T "$seconds" quorate 2>&1) ||
      ! grep -q 'failed transactions: 0 ' <<<"$out"; then
    echo "port $1, $2, $3, $4 clients: $out" >&2
    exit 1
  fi
  sed -n 's/^tps = \([0-9.]*\).*/\1/p' <<<"$out"
}

start_postgres
start_quorate
for port in "$pg_port" "$q_port"; do
  pgbench -i -q -s "$scale" -h 127.0.0.1 -p "$port" -U quorate quorate 2>&1 | grep '^done' >&2
done
ask "$pg_port" quorate "vacuum analyze"
for script in $scripts; do # what a JVM has to learn first
  for mode in $modes; do run "$q_port" "$script" "$mode" 8 >/dev/null; done
done

echo "Scale $scale, $rounds rounds of $seconds s, $(nproc) cores, nodes in $topology process(es)," \
  "load before: $(cut -d' ' -f1 /proc/loadavg)"
echo
echo "| Script | Mode | Clients | PostgreSQL tps | Quorate tps | Ratio, median | Ratio, lowest |"
echo "|---|---|---|---|---|---|---|"
for script in $scripts; do
  for mode in $modes; do
    for count in $clients; do
      pairs=""
      for ((round = 0; round < rounds; round++)); do
        theirs=$(run "$pg_port" "$script" "$mode" "$count")
        ours=$(run "$q_port" "$script" "$mode" "$count")
        pairs+="$theirs $ours"$'\n'
      done
      python3 - "$script" "$mode" "$count" "$pairs" <<'P'
import statistics, sys
script, mode, clients, text = sys.argv[1:]
pairs = [tuple(map(float, line.split())) for line in text.split("\n") if line]
ratios = [ours / theirs for theirs, ours in pairs]
theirs, ours = (statistics.median(side) for side in zip(*pairs))
print(f"| {script} | {mode} | {clients} | {theirs:,.0f} | {ours:,.0f} "
      f"| {statistics.median(ratios):.3f} | {min(ratios):.3f} |")
P
    done
  done
done
echo
for port in "$pg_port" "$q_port"; do
  # Every update script adds the same to an account and to the history.
  difference=$(ask "$port" quorate "select (select sum(abalance) from pgbench_accounts)
      - (select coalesce(sum(delta), 0) from pgbench_history)")
  [ "$difference" = 0 ] || { echo "balances differ by $difference on port $port" >&2; exit 1; }
done
echo "Balances agree with the history on both sides."
