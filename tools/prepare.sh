# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
# Sourced by ./run and ./test, which set `root` to the source folder: installs what is missing, configures, builds.

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The packages of the given stages that are not installed, one a line.
missing_packages() {
    stages=" $* "
    sed -e '/^#/d' -e '/^ *$/d' "$root/tools/packages.txt" | while read -r package stage _; do
        case "$stages" in *" $stage "*) ;; *) continue ;; esac
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || state=absent
        [ "$state" = installed ] || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Waits for another apt instead of failing, and tries a shaky mirror again.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        -o Dpkg::Use-Pty=0 "$@" >&2
}

# try_packages STAGE…: installs what is missing. Where apt is not, cmake says what it does not find.
try_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is not Debian, so nothing is installed; the needed packages are listed in tools/packages.txt."
        return 0
    fi
    # A list of words from here on.
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        say "There is no sudo. As root: apt-get install --no-install-recommends $missing"
        return 1
    fi
    say "Installing: $missing"
    # shellcheck disable=SC2086
    if ! apt-get -qq -s install --no-install-recommends $missing >/dev/null 2>&1; then
        apt_get update || return 1
    fi
    # A package that has vanished from the mirror means an index that is too old.
    # shellcheck disable=SC2086
    apt_get install -y --no-install-recommends $missing \
        || { apt_get update && apt_get install -y --no-install-recommends $missing; }
}

need_packages() {
    try_packages "$@" || die "These packages are needed and could not be installed: $missing"
}

# build PRESET [TARGET…]
build() {
    preset=$1
    shift
    mkdir -p "$root/build"
    if ! (cd "$root" && cmake --preset "$preset") >"$root/build/configure-$preset.log" 2>&1; then
        cat "$root/build/configure-$preset.log" >&2
        die "Configuring the preset $preset failed."
    fi
    if [ $# -gt 0 ]; then set -- --target "$@"; fi
    (cd "$root" && cmake --build --preset "$preset" "$@") >&2 || die "Building the preset $preset failed."
}
