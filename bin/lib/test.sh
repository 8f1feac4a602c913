# ./tiercel test: everything, then one line of totals. TIERCEL_REQUIRE lists the kinds of test that must not be skipped;
# unless it is set, they are those that this machine can run.

# A whole run has at least so many tests. Raise it with their number.
test_floor=3700

# run_tests [MAVEN ARGUMENT…] : `./tiercel test -pl rules` for some modules only.
run_tests() {
    require test_packages
    mkdir -p "$state"
    start_docker
    if (($# == 0)); then build_stack; fi
    export TIERCEL_REQUIRE=${TIERCEL_REQUIRE-$(able)}
    say "tests that must not be skipped: ${TIERCEL_REQUIRE:-none}"
    local faults=()
    forget_reports
    build_probe
    test_probe || faults+=("the probe's tests failed: $state/probe-test.log")
    test_java "$@" || faults+=("Maven failed: $state/test.log")
    totals "$#" ${faults[@]+"${faults[@]}"}
}

# What this machine can run.
able() {
    local kinds=()
    if [[ $EUID -eq 0 && -r /sys/kernel/btf/vmlinux ]]; then kinds+=(kernel); fi
    if docker info >/dev/null 2>&1; then kinds+=(docker); fi
    if has_stack; then kinds+=(stack); fi
    if [[ -d ${TIERCEL_SHARED:-$root/../shared} ]]; then kinds+=(shared); fi
    if is_there zsh && is_there systemd-analyze && is_there promtool; then kinds+=(tools); fi
    local IFS=,
    echo "${kinds[*]}"
}

# Container tests need an engine; one that we start is stopped at the end.
start_docker() {
    if docker info >/dev/null 2>&1 || [[ $EUID -ne 0 ]]; then return; fi
    rm -f "$state/dockerd.pid" # of an engine that was killed; the default pid file would stop this one
    dockerd --pidfile "$state/dockerd.pid" >"$state/dockerd.log" 2>&1 </dev/null &
    local pid=$!
    # shellcheck disable=SC2064  # the pid of now
    trap "kill $pid 2>/dev/null || true" EXIT
    for _ in {1..60}; do
        if docker info >/dev/null 2>&1; then return; fi
        kill -0 "$pid" 2>/dev/null || break
        progress "starting dockerd"
        sleep 0.5
    done
    progress_end
    say "dockerd does not start here (see $state/dockerd.log): container tests cannot run"
}

# The images of docker-compose.yml, before Maven: they are of the same sources.
build_stack() {
    docker info >/dev/null 2>&1 || return 0
    say "images: bin/local-images, log in $state/images.log"
    if find_compose && "$root/bin/local-images" >"$state/images.log" 2>&1; then return; fi
    say "no images (see $state/images.log): tests of docker-compose.yml cannot run"
}

forget_reports() {
    find "$root" \( -path '*/target/*-reports/TEST-*.xml' -o -path '*/target/test-runs/*.running' \) -delete
    rm -rf "$root/probe-c/build/probe-reports"
}

# A test that failed is in its report; a fault is what leaves none.
test_probe() {
    say "probe: make test"
    make -C "$root/probe-c" test >"$state/probe-test.log" 2>&1 </dev/null && return
    cat "$state/probe-test.log" >&2
    [[ -s $root/probe-c/build/probe-reports/TEST-probe-c.xml ]]
}

# Full checks (Error Prone, NullAway, -Werror) and every test, whatever failed before: the totals tell.
test_java() {
    say "modules: mvn verify, log in $state/test.log"
    maven -f "$root/pom.xml" -B verify --fail-at-end -Dmaven.test.failure.ignore=true "$@" 2>&1 | tee "$state/test.log" | test_progress && return
    grep -E '^\[ERROR\]' "$state/test.log" | grep -vE 'Help 1|re-run Maven|^\[ERROR\] *$' | head -n 60 >&2
    return 1
}

# Of Maven's log: the module, each test class with its count, and nothing else.
test_progress() {
    local line module=''
    while IFS= read -r line; do
        case $line in
            *'Building tiercel-'*'['*'/'*']')
                module=${line#*Building tiercel-}
                say "${module%% *} [${module##*[} ($SECONDS s)"
                ;;
            *'Tests run:'*' in dev.tiercel'*) say "  ${line#*] }" ;;
        esac
    done
}

# totals ARGUMENTS FAULT… : the last line, from the reports. Fails if anything failed, or is missing.
totals() {
    local floor=0
    if (($1 == 0)); then floor=$test_floor; fi
    shift
    "$java25/bin/java" -XX:TieredStopAtLevel=1 "$root/harness/src/main/java/dev/tiercel/harness/TestTotals.java" "$root" "$floor" "$@"
}
