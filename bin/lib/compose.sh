# docker compose: the engine's own plugin, or Debian's of a later release, since bookworm has only the version before.

# find_compose : makes `docker compose` work for what runs after it; fails if there is none and it cannot be fetched.
find_compose() {
    docker compose version >/dev/null 2>&1 && return
    export DOCKER_CONFIG=$state/docker
    docker compose version >/dev/null 2>&1 && return
    with_progress "fetching docker compose" "$state/compose.log" fetch_compose
}

# Whether docker-compose.yml can be run, with the images of bin/local-images.
has_stack() { docker compose version >/dev/null 2>&1 && docker image inspect tiercel:local >/dev/null 2>&1; }

# The package is unpacked, not installed: it would bring the engine of its release with it.
fetch_compose() (
    lists=$state/docker/apt
    mkdir -p "$lists" "$DOCKER_CONFIG/cli-plugins" &&
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" >"$lists/sources.list" &&
        cd "$lists" &&
        apt_of "$lists" update &&
        apt_of "$lists" download docker-compose &&
        dpkg-deb --extract docker-compose_*.deb "$lists/root" &&
        find "$lists/root" -name docker-compose -type f -perm -u+x -exec cp {} "$DOCKER_CONFIG/cli-plugins/docker-compose" \; &&
        rm -rf "$lists"
)

# apt_of DIRECTORY COMMAND… : apt-get with that directory's list of sources, and its own memory.
apt_of() {
    mkdir -p "$1/state/partial" "$1/cache/archives/partial"
    apt-get -o Dir::Etc::sourcelist="$1/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$1/state" \
        -o Dir::Cache="$1/cache" -o APT::Sandbox::User=root "${@:2}"
}
