# What the starters of servers share; sourced.
# shellcheck shell=bash
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/billumy-servers
name=$(basename "$0" .sh)

say() { echo "$name: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# need COMMAND PACKAGE: installs the Debian package when the command is missing.
need() {
  has "$1" && return
  has apt-get || fail "$1 is missing; on Debian it is in the package $2"
  [[ $(id -u) == 0 ]] || fail "$1 is missing; install it with: sudo apt-get install $2"
  say "installing the package $2, once"
  mkdir -p "$cache"
  (
    flock 9
    has "$1" || install_package "$2" 9>&-
  ) 9>"$cache/packages.lock"
}

has() { command -v "$1" >/dev/null; }

install_package() {
  export DEBIAN_FRONTEND=noninteractive
  local get=(apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$1")
  # A new machine has no lists of packages, an old one has lists of what is gone.
  "${get[@]}" >/dev/null 2>&1 || { apt-get -qq update && "${get[@]}" >/dev/null; } || fail "the package $1 could not be installed"
}

# kept FOLDER COMMAND...: `COMMAND... FOLDER.new` fills a folder of the cache, once, even when two processes ask at the same time.
kept() {
  local folder=$1
  shift
  [[ ! -d $folder ]] || return 0
  mkdir -p "$cache"
  (
    flock 9
    [[ ! -d $folder ]] || exit 0
    trap 'rm -rf "$folder.new"' EXIT
    rm -rf "$folder.new"
    mkdir "$folder.new"
    "$@" "$folder.new" 9>&-
    mv "$folder.new" "$folder"
  ) 9>"$cache/lock"
}

# build_with_maven SOURCES FOLDER OPTIONS...: runs Maven on a copy of the sources; target/ in the folder has what it made.
build_with_maven() {
  local sources=$1 folder=$2
  shift 2
  need mvn maven
  need javac default-jdk-headless
  say "building, once, with jars from the Maven repository"
  cp -r "$sources/pom.xml" "$sources/src" "$folder"
  (cd "$folder" && mvn -q -B -ntp "$@" package >log 2>&1) || fail "Maven could not build it: $(cat "$folder/log")"
}

# digest SOURCES...: changes with them; names the build of these sources in the cache.
digest() { find "$@" -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -c 1-12; }

# java_from VERSION: the path of a Java that is at least this version.
java_from() {
  local java
  for java in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [[ -x $java ]] || continue
    (($(java_version "$java") < $1)) || { echo "$java" && return; }
  done
  return 1
}

java_version() { "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \(1\.\)\?//p'; }

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# ready_when URL COMMAND...: says so as soon as the command succeeds, for the program that this shell becomes with exec.
ready_when() {
  local url=$1
  shift
  # The parentheses within make the waiting process nobody's child: the server would never collect it.
  (
    while kill -0 $$ 2>/dev/null; do
      if "$@" >/dev/null 2>&1; then echo "READY $url" && exit; fi
      sleep 0.05
    done &
  )
}
