#!/usr/bin/env bash
# Nginx in the foreground with a finished configuration, whose relative paths are below DATA.
# usage: nginx.sh CONF DATA    prints "READY CONF" when it listens; ends on SIGTERM
# The configuration says neither `daemon` nor `pid`.
source "$(dirname "$0")/common.sh"
(($# == 2)) || fail 'usage: nginx.sh CONF DATA'
need nginx nginx-light
conf=$(realpath "$1")
mkdir -p "$2"
data=$(cd "$2" && pwd)
directives="daemon off; pid $data/nginx.pid;"
# A worker of root becomes another user, who may not enter a folder that only root may.
[[ $(id -u) != 0 ]] || directives+=' user root;'
rm -f "$data/nginx.pid"
# Nginx writes the file after it has opened every address.
ready_when "$conf" test -s "$data/nginx.pid"
exec nginx -p "$data" -e stderr -c "$conf" -g "$directives" >&2
