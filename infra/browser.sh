#!/bin/sh
# Prints the path of a Chromium that works, for the tests; installs one where there is none.
set -eu
cd "$(dirname "$0")/.."

works() { "$1" --version < /dev/null > /dev/null 2>&1; }

# Ubuntu has a program of this name that only points at another shop: so it is tried.
find_installed() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        path="$(command -v "${name:-none}" 2> /dev/null)" && works "$path" && printf '%s\n' "$path" && return
    done
    path="$(playwright_path)" && works "$path" && printf '%s\n' "$path"
}

playwright_path() {
    .venv/bin/python - << 'END'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
END
}

install_from_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1 || return 1
    apt-get -qq update < /dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
            chromium fonts-liberation < /dev/null
}

install() {
    printf 'Installing Chromium for the tests (once)\n' >&2
    install_from_debian >&2 || .venv/bin/playwright install chromium >&2 < /dev/null
}

find_installed && exit
install
find_installed || {
    printf 'The tests need a browser: install Chromium, or name one with CHROMIUM=/path.\n' >&2
    exit 1
}
