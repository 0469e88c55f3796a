#!/bin/sh
# Installs everything into .venv/ and addin/; does nothing when nothing changed since the last time.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

find_python() {
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" > /dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
            command -v "$name"
            return
        fi
    done
}

# Debian ships the module venv apart from Python.
make_venv_possible() {
    "$1" -c 'import ensurepip, venv' 2> /dev/null && return
    package="$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1 ||
        fail "Python's venv module is missing. Install it with: sudo apt-get install $package"
    say "Installing $package"
    apt-get -qq update < /dev/null
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$package" \
        < /dev/null > /dev/null
}

install_python_packages() {
    python="$(find_python)"
    [ -n "$python" ] || fail "Liaison needs Python 3.11 or newer; name one with PYTHON=..."
    make_venv_possible "$python"
    if ! .venv/bin/python -m pip --version > /dev/null 2>&1; then
        "$python" -m venv --clear .venv
    fi
    say "Installing Python packages into .venv (once; a minute or two)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall -e .
}

install_page_packages() {
    say "Installing what the pages load into addin/ (once)"
    (
        PATH="$PWD/.venv/bin:$PATH"
        cd addin
        npm ci --silent --no-audit --no-fund < /dev/null
        npm run --silent vendor > /dev/null
    )
}

# A stamp names what it was made from; the folder is part of it, since programs in .venv/ name it.
unless_done() {
    stamp=".venv/.$1-done" work="$2"
    shift 2
    now="$(pwd; cksum "$@" infra/setup.sh)"
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && return
    rm -f "$stamp"
    "$work"
    printf '%s\n' "$now" > "$stamp"
}

[ -x .venv/bin/liaison ] || rm -f .venv/.python-done
[ -d addin/static/vendor ] || rm -f .venv/.pages-done
unless_done python install_python_packages requirements.lock pyproject.toml
unless_done pages install_page_packages addin/package-lock.json addin/vendor.mjs
