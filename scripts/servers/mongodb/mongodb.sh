#!/usr/bin/env bash
# A server of MongoDB's protocol on loopback, in the foreground, from jars of Maven Central. It is no MongoDB, of which no package
# registry has one, but as a single one as far as it goes: atomic, durable, without transactions, and with a clear error for the rest.
# usage: mongodb.sh PORT DATA    PORT 0 is any free one; prints "READY mongodb://127.0.0.1:PORT"; ends on SIGTERM
# MONGO_USER and MONGO_PASSWORD name the only user (SCRAM-SHA-256); without, it asks for none.
# MONGO_TTL_SECONDS is how often it deletes what has expired; without, every minute, as MongoDB does.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../common.sh"
(($# == 2)) || fail 'usage: mongodb.sh PORT DATA'

build() {
  build_with_maven "$here" "$1"
  mv "$1"/target/*.jar "$1"/target/lib "$1"
  rm -rf "$1/target" "$1/src" "$1/pom.xml" "$1/log"
}

java=$(java_from 17) || { need java default-jdk-headless && java=$(java_from 17); } || fail 'it needs Java 17 or newer'
program=$cache/mongodb-$(digest "$here/pom.xml" "$here/src")
kept "$program" build
mkdir -p "$2"
exec "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$program/*:$program/lib/*" MongodbServer "$@"
