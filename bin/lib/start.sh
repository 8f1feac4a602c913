# The start of a script in bin, which names the parts of bin/lib that it needs: . bin/lib/start.sh PART…
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
state=$root/.tiercel
yes=${CI:+yes}
for part in "$@"; do
    # shellcheck disable=SC1090
    . "$root/bin/lib/$part.sh"
done

# numbers NAME… -- [--NAME N]… : sets variables of these names, or prints what the script's own comment says and ends.
numbers() {
    local names=' '
    while [[ $1 != -- ]]; do names+="$1 " && shift; done
    shift
    while (($#)); do
        if [[ $1 != --* || $names != *" ${1#--} "* ]]; then
            sed -n '2,/shellcheck/{/shellcheck/!s/^# //p}' "$0" >&2
            exit 2
        fi
        [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 needs a number"
        printf -v "${1#--}" %s "$2"
        shift 2
    done
}
