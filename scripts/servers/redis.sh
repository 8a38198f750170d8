#!/usr/bin/env bash
# Redis on loopback, in the foreground, with a file that every change is appended to.
# usage: redis.sh PORT DATA    PORT 0 is any free one; prints "READY redis://127.0.0.1:PORT"; ends on SIGTERM
# REDIS_PASSWORD is the password of its only user; without, it asks for none.
source "$(dirname "$0")/common.sh"
(($# == 2)) || fail 'usage: redis.sh PORT DATA'
need redis-server redis-server
mkdir -p "$2"
data=$(cd "$2" && pwd)
port=$1
[[ $port != 0 ]] || port=$(free_port)
umask 077
cat >"$data/redis.conf" <<CONF
bind 127.0.0.1
port $port
dir "$data"
appendonly yes
save ""
maxmemory 256mb
maxmemory-policy noeviction
loglevel warning
CONF
if [[ -n ${REDIS_PASSWORD:-} ]]; then
  hash=$(printf %s "$REDIS_PASSWORD" | sha256sum | cut -d ' ' -f 1)
  echo "user default on #$hash ~* &* +@all" >>"$data/redis.conf"
fi
answers() { [[ $(REDISCLI_AUTH="${REDIS_PASSWORD:-}" redis-cli -p "$port" ping) == PONG ]]; }
ready_when "redis://127.0.0.1:$port" answers
exec redis-server "$data/redis.conf" >&2
