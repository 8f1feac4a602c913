# Messages of the launcher: on stderr, so that stdout belongs to the command.

say() { printf '%s\n' "tiercel: $*" >&2; }

# Exits with 3: a prerequisite is missing.
fail() {
    say "$*"
    exit 3
}

# One line, rewritten in place on a terminal; in a log, each new text once.
last_progress=
progress() {
    if [[ -t 2 ]]; then
        printf '\r\033[K%s' "tiercel: $* (${SECONDS} s)" >&2
    elif [[ $* != "$last_progress" ]]; then
        printf '%s\n' "tiercel: $* (${SECONDS} s)" >&2
    fi
    last_progress=$*
}

progress_end() {
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
    last_progress=
}

# with_progress TEXT LOG COMMAND… : runs the command with its output in LOG; shows elapsed seconds on a terminal.
with_progress() {
    local text=$1 log=$2 status=0
    shift 2
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        progress "$text"
        sleep 0.5
    done
    wait "$pid" || status=$?
    progress_end
    return "$status"
}
