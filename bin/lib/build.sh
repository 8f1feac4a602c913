# Building: the probe (make) and the modules (Maven), only if their sources changed since the last time.

maven_command() {
    if [[ -x $root/mvnw ]] && command -v unzip >/dev/null && "$root/mvnw" --version >/dev/null 2>&1; then
        echo "$root/mvnw"
    elif command -v mvn >/dev/null; then
        echo mvn
    else
        fail "no Maven: ./mvnw cannot download it and mvn is not installed. Install Debian's package maven."
    fi
}

# Maven itself runs on the default JDK if that is 17 or newer, else on the JDK 25.
maven() {
    local command
    command=$(maven_command)
    if java -version 2>&1 | grep -qE 'version "(1[7-9]|[2-9][0-9])'; then
        "$command" "$@"
    else
        JAVA_HOME=$java25 "$command" "$@"
    fi
}

# Prints a line that changes with any source file: paths, sizes and times.
fingerprint() {
    (cd "$root" && find "$@" \( -name target -o -name build -o -name .git \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha1sum)
}

probe_sources() { fingerprint probe-c; }

java_sources() {
    fingerprint pom.xml bin/lib/node.jars harness broker kevent schemas service registry fields rules correlation rule-tools collector detector-streams enricher sinks cli testkit
}

# up_to_date NAME FINGERPRINT
up_to_date() { [[ -f $state/$1.stamp && $(<"$state/$1.stamp") == "$2" ]]; }

build() {
    probe_up_to_date && java_up_to_date && return
    mkdir -p "$state"
    { exec {lock}>"$state/lock"; } 2>/dev/null || fail "a build is needed, but $state belongs to another user: build as that user first"
    if ! flock -n "$lock"; then # concurrent commands build once
        say "another ./tiercel is building; waiting for it (its log: $state/maven.log)"
        flock "$lock"
    fi
    build_probe
    build_java
    exec {lock}>&-
}

probe_up_to_date() { up_to_date probe "$(probe_sources)" && [[ -f $root/probe-c/build/libtiercel-probe.so ]]; }
java_up_to_date() { up_to_date java "$(java_sources)" && [[ -f $state/node.classpath ]]; }

build_probe() {
    if probe_up_to_date; then return; fi
    local sources
    sources=$(probe_sources)
    if ! with_progress "building the probe" "$state/probe.log" env PATH="$PATH:/usr/sbin" make -C "$root/probe-c"; then
        tail -n 30 "$state/probe.log" >&2
        fail "the probe does not compile; full log: $state/probe.log"
    fi
    echo "$sources" >"$state/probe.stamp"
}

build_java() {
    if java_up_to_date; then return; fi
    local sources
    sources=$(java_sources)
    rm -rf "$state/java.stamp" "$state"/*.aot* "$root/cli/target/lib" # of other versions too, which would come first
    if ! maven -f "$root/pom.xml" -B package -Dquick -Dmaven.test.skip=true -pl cli -am 2>&1 |
        tee "$state/maven.log" | maven_progress "building"; then
        grep -E '^\[ERROR\]' "$state/maven.log" | head -n 30 >&2
        fail "the build failed; full log: $state/maven.log"
    fi
    install_jars
    unpack_natives
    echo "$sources" >"$state/java.stamp"
}

# Reads Maven's log and shows the current module.
maven_progress() {
    local line module='' downloaded=0
    while IFS= read -r line; do
        case $line in
            *'Building tiercel-'*'['*'/'*']')
                module=${line#*Building tiercel-}
                module="${module%% *} [${module##*[}"
                progress "$1 $module"
                ;;
            *'Downloaded from'*)
                downloaded=$((downloaded + 1))
                if ((downloaded % 50 == 0)); then progress "$1${module:+ $module}: $downloaded files downloaded from Maven Central"; fi
                ;;
        esac
    done
    progress_end
}

# Copies the jars, so that `mvn clean` does not delete those of a running `up`; its open files survive their replacement.
install_jars() {
    rm -rf "$state/lib"
    mkdir -p "$state/lib"
    cp "$root"/cli/target/lib/*.jar "$root"/cli/target/tiercel-cli-*.jar "$state/lib"
    local jars=("$state"/lib/*.jar)
    local IFS=:
    echo "${jars[*]}" >"$state/classpath"
    node_classpath >"$state/node.classpath"
}

# The class path of the commands that run on every node: of the jars, those that bin/lib/node.jars names, in that order.
node_classpath() {
    local name jars=()
    while read -r name; do
        [[ -z $name || $name == '#'* ]] && continue
        local found=("$state/lib/$name"-[0-9]*.jar)
        [[ $name == *-[0-9] ]] && found=("$state/lib/$name".*.jar)
        [[ -f ${found[0]} ]] || fail "bin/lib/node.jars: no jar $name"
        jars+=("${found[0]}")
    done <"$root/bin/lib/node.jars"
    local IFS=:
    echo "${jars[*]}"
}

# Unpacks the native libraries that the jars would otherwise unpack into /tmp at each start.
unpack_natives() {
    local lib=$state/lib jna=linux-x86-64 rocksdb=librocksdbjni-linux64.so
    if [[ $(uname -m) == aarch64 ]]; then jna=linux-aarch64 rocksdb=librocksdbjni-linux-aarch64.so; fi
    rm -rf "$state/native"
    mkdir -p "$state/native"
    unzip -qoj "$lib"/jna-[0-9]*.jar "com/sun/jna/$jna/libjnidispatch.so" -d "$state/native"
    unzip -qoj "$lib"/rocksdbjni-*.jar "$rocksdb" -d "$state/native" 2>/dev/null || true
}

# Training runs over a small recording create AOT caches (JEP 514), which halve the start-up time: one for all commands, one
# for those of a node. Optional: everything works without the caches.
train() {
    local built sample=$root/cli/src/test/resources/samples/small.kev
    built=$(<"$state/java.stamp")
    train_up
    keep_cache up
    train_node || true
    [[ -f $state/training.aot ]] || : >"$state/training.aot" # none, rather than another try at each start
    keep_cache node
}

train_up() {
    java_flags up
    "$java25/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$state/training.aot" -cp "$(<"$state/classpath")" \
        dev.tiercel.cli.Main replay "$sample"
}

# keep_cache NAME : what was trained, unless of jars that were replaced meanwhile.
keep_cache() {
    [[ -f $state/training.aot && $(<"$state/java.stamp") == "$built" ]] || return 0
    unhuge "$state/training.aot"
    mv "$state/training.aot" "$state/$1.aot"
}

# Drops a cache from the page cache, where it is in huge pages since it was written as a whole: read through a mapping it is in
# small ones, of which a collector keeps what it uses.
unhuge() { dd of="$1" oflag=nocache conv=notrunc,fdatasync count=0 2>/dev/null || true; }

# A collector needs brokers: `up` over the recording is one, in a directory of its own.
train_node() {
    local said=$state/training.up data=$state/training.data up status=0
    rm -rf "$data" "$said"
    java_flags up
    "$java25/bin/java" "${flags[@]}" -cp "$(<"$state/classpath")" dev.tiercel.cli.Main up --replay "$sample" --insecure \
        --data "$data" --port 0 --registry-port 0 --set health.enabled=false >"$said" 2>&1 &
    up=$!
    await_line 'ready in' "$said" "$up" && train_collect "$said" || status=$?
    kill "$up" 2>/dev/null && wait "$up"
    rm -rf "$data" "$said"
    return "$status"
}

# train_collect LOG_OF_UP
train_collect() {
    local said=$state/training.collect collect broker registry
    broker=$(grep -o 'broker 127[^ ]*' "$1" | head -n 1)
    registry=$(grep -o 'registry http://127[^ ;]*' "$1" | head -n 1)
    java_flags collect
    "$java25/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$state/training.aot" -cp "$(<"$state/node.classpath")" \
        dev.tiercel.cli.NodeMain collect --replay "$sample" --bootstrap "${broker#* }" --registry "${registry#* }" \
        --set health.port=0 >"$said" 2>&1 &
    collect=$!
    if await_line 'metrics on port' "$said" "$collect"; then
        sleep 6 # a heartbeat, a look at the topics
        scrape "$(grep -o 'on port [0-9]*' "$said" | grep -o '[0-9]*')"
    fi
    kill "$collect" 2>/dev/null || true
    wait "$collect" || true
    cat "$said"
    rm -f "$said"
}

# await_line TEXT FILE PID : fails if the process ends first.
await_line() {
    until grep -q "$1" "$2" 2>/dev/null; do
        kill -0 "$3" 2>/dev/null || return 1
        sleep 0.2
    done
}

# scrape PORT : what a monitor asks for, with curl if there is one: a connection of bash on its standard streams would raise an
# alert of the `up` that trains.
scrape() {
    local path
    command -v curl >/dev/null || return 0
    for path in healthz metrics; do curl -s -m 5 -o /dev/null "http://127.0.0.1:$1/$path" || true; done
}

is_trained() { [[ -n ${TIERCEL_NO_TRAINING:-} || (-f $state/up.aot && -f $state/node.aot) ]]; }

# For `./tiercel build`, which prepares everything.
train_now() {
    is_trained || with_progress "creating the AOT caches for faster starts" "$state/training.log" train || true
}

# For every other command: once it had time to start, in the background, as what gives way first if processor or memory is
# short. It is no child of the command that follows, and outlives it.
training_delay=30
train_later() {
    if is_trained || [[ ! -w $state ]]; then return; fi
    (({
        exec {running}>"$state/training.lock"
        flock -n "$running" || exit 0
        echo 1000 >/proc/self/oom_score_adj
        renice -n 19 -p "$BASHPID"
        sleep "$training_delay"
        train
    } >"$state/training.log" 2>&1 </dev/null) &)
}
