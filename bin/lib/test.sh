# ./tiercel test: everything, then one line of totals. A test that this machine could run and that was skipped is a failure.

# run_tests [MAVEN ARGUMENT…] : `./tiercel test -pl rules` for some modules only.
run_tests() {
    require test_packages
    mkdir -p "$state"
    start_docker
    local failed=0
    build_probe
    test_probe || failed=1
    test_java "$@" || failed=1
    totals "$@" || failed=1
    exit "$failed"
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
    say "dockerd does not start here (see $state/dockerd.log): container tests will be skipped"
}

test_probe() {
    say "probe: make test"
    make -C "$root/probe-c" test >"$state/probe-test.log" 2>&1 </dev/null && return
    cat "$state/probe-test.log" >&2
    return 1
}

# Full checks (Error Prone, NullAway, -Werror) and every test, whatever failed before: totals() decides.
test_java() {
    find "$root" -path '*/target/*' -name 'TEST-*.xml' -delete
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

reports() { find "$root" -path '*/target/*-reports/TEST-*.xml' -not -path '*/node_modules/*'; }

# probe_test prints `NAME ok` or `NAME FAILED`, a line each, or that all are skipped and why.
c_count() { grep -cE "$1" "$state/probe-test.log" 2>/dev/null || true; }

totals() {
    local tests=0 bad=0 skipped=0 report t e f s
    while read -r report; do
        read -r t e f s < <(sed -n '/<testsuite /{s/.* tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2 \4 \3/p;q}' "$report")
        tests=$((tests + t)) bad=$((bad + e + f)) skipped=$((skipped + s))
    done < <(reports)
    local c_ok c_bad c_skipped status=0
    c_ok=$(c_count ' ok$') c_bad=$(c_count ' FAILED$') c_skipped=$(c_count '^probe test skipped')
    list_skipped
    list_failed
    if ! nothing_skipped_wrongly "$#"; then status=1; fi
    printf '%d passed, %d failed, %d skipped\n' $((tests - bad - skipped + c_ok)) $((bad + c_bad)) $((skipped + c_skipped))
    return $((status || bad || c_bad))
}

# outcomes ELEMENTS : class, method and first line of the message of each test case that has one of them.
outcomes() {
    local report
    while read -r report; do
        awk -v wanted="<($1)[ />]" '
            function attribute(name,  at) {
                at = match($0, " " name "=\"[^\"]*\"")
                return at ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
            }
            /<testcase /{test = attribute("classname") "." attribute("name")}
            $0 ~ wanted {print test ": " attribute("message")}' "$report"
    done < <(reports)
}

skipped_tests() {
    sed -n 's/^probe test skipped: /probe-c: kernel probe: /p' "$state/probe-test.log" 2>/dev/null || true
    outcomes skipped
}

list_skipped() { skipped_tests | sort | while IFS= read -r line; do say "skipped: $line"; done; }
list_failed() { outcomes 'failure|error' | sort | while IFS= read -r line; do say "FAILED: ${line:0:3000}"; done; }

# nothing_skipped_wrongly ARGUMENTS : on root with kernel BTF the kernel tests must run; with an engine the container tests; a broker always.
nothing_skipped_wrongly() {
    local able='broker|kafka'
    if [[ $EUID -eq 0 && -r /sys/kernel/btf/vmlinux ]]; then able+='|kernel|probe|root|btf|bpf'; fi
    if docker info >/dev/null 2>&1; then able+='|docker|container'; fi
    if skipped_tests | sed 's/^[^:]*: //' | grep -qiE "$able"; then
        say "FAILED: this machine can run tests that were skipped (above)"
        return 1
    fi
    if (($1 == 0)) && ! compgen -G "$root/it/target/failsafe-reports/TEST-*.xml" >/dev/null; then
        say "FAILED: no integration test ran"
        return 1
    fi
}
