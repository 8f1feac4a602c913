# Prerequisites, the Debian packages that provide them, and their installation.

java25= # home of a JDK 25, set by find_java

# Each line: package, then a command or file that shows that it is installed.
build_packages() {
    cat <<'LIST'
clang clang
libbpf-dev /usr/include/bpf/libbpf.h
libelf-dev /usr/include/gelf.h
zlib1g-dev /usr/include/zlib.h
libc6-dev /usr/include/stdio.h
linux-libc-dev /usr/include/linux/bpf.h
bpftool bpftool
make make
gcc gcc
unzip unzip
LIST
}

test_packages() {
    build_packages
    cat <<'LIST'
docker.io dockerd
busybox-static busybox
procps ps
zsh zsh
systemd systemd-analyze
prometheus promtool
LIST
}

is_there() {
    case $1 in
        /*) [[ -e $1 ]] ;;
        *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
    esac
}

# missing_of LIST_FUNCTION : the missing packages, one per line.
missing_of() {
    local package sign
    "$1" | while read -r package sign; do
        is_there "$sign" || echo "$package"
    done
    have_maven || echo maven
}

have_maven() { command -v mvn >/dev/null || [[ -x $root/mvnw ]]; }

is_java25() { [[ -x $1/bin/javac ]] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }

find_java() {
    local home
    for home in "${TIERCEL_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/temurin-25-jdk* /usr/lib/jvm/*25* /opt/*25* \
        /usr/java/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
        if [[ -n $home ]] && is_java25 "$home"; then
            java25=$home
            export JAVA25_HOME=$home # also read by Maven's toolchain selection
            return
        fi
    done
    fail "no JDK 25 found in TIERCEL_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, /opt or ~/.sdkman.
  Install Temurin 25 (https://adoptium.net/installation/linux), or set TIERCEL_JAVA_HOME to a JDK 25."
}

require_for_build() { require build_packages; }

# require LIST_FUNCTION : finds a JDK and installs missing packages, or prints them and exits with 3.
require() {
    find_java
    local missing
    missing=$(missing_of "$1")
    [[ -z $missing ]] && return
    # shellcheck disable=SC2086  # intended word splitting
    install_packages $missing
}

install_packages() {
    local sudo='' command="apt-get install -y --no-install-recommends $*"
    [[ $EUID -eq 0 ]] || sudo='sudo '
    if ! command -v apt-get >/dev/null; then
        fail "missing: $* (Debian's names); install them with your package manager"
    elif [[ $EUID -ne 0 ]] || ! may_install "$@"; then
        fail "missing: $*
  Run:  ${sudo}apt-get update && ${sudo}$command
  or let ./tiercel do it as root with --yes."
    fi
    mkdir -p "$state"
    export DEBIAN_FRONTEND=noninteractive
    with_progress "apt-get update" "$state/apt.log" apt-get update ||
        say "apt-get update failed (see $state/apt.log); trying to install anyway"
    # shellcheck disable=SC2086
    if ! with_progress "installing $*" "$state/apt.log" $command; then
        tail -n 15 "$state/apt.log" >&2
        fail "cannot install: $*; full log: $state/apt.log"
    fi
    say "installed $*"
}

# Asks on a terminal; otherwise requires --yes (or CI).
may_install() {
    [[ -n $yes ]] && return 0
    [[ -t 0 && -t 2 ]] || return 1
    local answer
    read -r -p "tiercel: install these Debian packages: $* ? [Y/n] " answer
    [[ -z $answer || $answer == [yY]* ]]
}
