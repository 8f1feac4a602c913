# Running a command: the flags of its JVM, its class path and class cache. Reads `root`, `state` and `java25`, a JVM's home; the
# launcher and the container image use it.
# shellcheck shell=bash disable=SC2154

# What the JVM itself says goes to stderr, since stdout is for data: the end for want of memory, thread dumps, crashes.
out_of_memory='tiercel: the memory set aside for it is full and it ends with code 3. TIERCEL_JAVA_OPTIONS=-Xmx2g gives it more'

# Of what runs on every node each kind of memory is bounded, see docs/performance.md: the heap, whose young generation is small
# because it stays resident once touched; compiled code, of which there is little because only what is really hot is compiled;
# classes; freed memory, which goes back to the kernel. A class cache is mapped where it was made for, not copied elsewhere.
node_flags=(-Xms12m -Xmx48m -Xmn5m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -Xss512k
    -XX:CompileThresholdScaling=10 -XX:ReservedCodeCacheSize=24m -XX:InitialCodeCacheSize=1m
    -XX:MaxMetaspaceSize=96m -XX:TrimNativeHeapInterval=5000 -XX:-UsePerfData
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining)

# Sets `flags`: a small heap, compact headers, no warnings of JNA and Kafka, native libraries unpacked on disk.
java_flags() {
    local heap=(-Xmx768m)
    # What is in flight fits in the survivor spaces, or it would be garbage there. The AOT cache is mapped where it was made for,
    # or each of its pages would be copied to be changed.
    if [[ ${1:-} == up ]]; then
        heap=(-Xms96m -Xmx384m -Xmn36m -XX:SurvivorRatio=2 -XX:TrimNativeHeapInterval=30000
            -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0)
    fi
    if is_small "${1:-}"; then heap=("${node_flags[@]}"); fi
    flags=("${heap[@]}" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
        -XX:+DisplayVMOutputToStderr "-XX:OnOutOfMemoryError=echo $out_of_memory >&2"
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
        -Djna.boot.library.path="$state/native" -Djna.nounpack=true -Djna.nosys=true
        -Djava.library.path="$state/native" -Dtiercel.root="$root")
}

# Commands that run on every node must be small: they have a class path of their own, and one malloc arena.
is_small() { [[ $1 == collect || $1 == record ]]; }

run_java() {
    local classpath=$state/classpath main=dev.tiercel.cli.Main cache=$state/up.aot
    java_flags "$@"
    if is_small "${1:-}"; then
        export MALLOC_ARENA_MAX=1
        # Part of the version is that of the rule language, which a node does not have.
        if [[ " $* " != *' --version '* ]]; then
            classpath=$state/node.classpath main=dev.tiercel.cli.NodeMain cache=$state/node.aot
        fi
    elif [[ ${1:-} == up ]]; then
        export MALLOC_ARENA_MAX=2
    fi
    if [[ -s $cache ]]; then flags+=("-XX:AOTCache=$cache" -Xlog:disable -Xlog:all=error:stderr); fi
    # shellcheck disable=SC2206  # intended word splitting
    flags+=(${TIERCEL_JAVA_OPTIONS:-})
    exec "$java25/bin/java" "${flags[@]}" -cp "$(<"$classpath")" "$main" "$@"
}
