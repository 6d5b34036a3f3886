# Shell functions that run.sh and test.sh share: find Python, find a compiler, make .venv, install Carrel into it.
#
# Sourced, never run. Nothing is written outside the project, except by apt and by pip's own cache. Each step looks first
# and installs only what is missing; a machine that has everything is never asked for a password.

# shellcheck shell=bash
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
PYTHONS_KNOWN="3.11, 3.12 or 3.13" # as requires-python in pyproject.toml says

say() { printf 'carrel: %s\n' "$*" >&2; }

fail() {
    printf 'carrel: %s\n' "$@" >&2
    exit 1
}

# --- Debian packages ---------------------------------------------------------------------------------------------

# Shows what a command says only when it fails.
quietly() {
    local said
    said="$("$@" 2>&1)" || {
        printf '%s\n' "$said" >&2
        return 1
    }
}

# Installs Debian packages, or returns 1 where that is not possible. The lists are fetched once per run.
apt_updated=""
apt_install() {
    command -v apt-get >/dev/null || return 1
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || return 1
        as_root=(sudo)
        [ -t 0 ] || as_root=(sudo -n) # nobody is there to type a password
    fi
    say "installing with apt: $*"
    if [ -z "$apt_updated" ]; then
        quietly ${as_root[@]+"${as_root[@]}"} apt-get update || return 1
        apt_updated=yes
    fi
    # `env` because sudo drops the variable otherwise.
    quietly ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "$@"
}

# --- Python ------------------------------------------------------------------------------------------------------

python_fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

# Prints a Python that fits. The system's own comes first: its headers are the ones that apt can install.
find_python() {
    local candidate
    for candidate in ${CARREL_PYTHON:-} /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && python_fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

require_python() {
    PYTHON="$(find_python)" && return
    local package
    for package in python3 python3.13 python3.12 python3.11; do
        # A package that would not help is not installed: look at its version first.
        command -v apt-cache >/dev/null || break
        case "$(apt-cache policy "$package" 2>/dev/null)" in
            *"Candidate: 3.11"* | *"Candidate: 3.12"* | *"Candidate: 3.13"*) ;;
            *) [ "$package" = python3 ] && [ -z "$apt_updated" ] || continue ;; # the lists may be missing still
        esac
        apt_install "$package" || break
        PYTHON="$(find_python)" && return
    done
    fail "Carrel needs Python $PYTHONS_KNOWN, and none was found." \
        "Debian, Ubuntu: sudo apt-get install python3 python3-venv python3-dev g++" \
        "macOS: brew install python@3.13" \
        "Then run this again. CARREL_PYTHON=/path/to/python names one that is not on the PATH."
}

python_value() { "$PYTHON" -c "import sys, sysconfig; print($1)"; }

# Debian leaves `venv` out of Python; its package has the version in its name.
require_venv_module() {
    "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 && return
    local version
    version="$(python_value '"%d.%d" % sys.version_info[:2]')"
    apt_install "python$version-venv" && "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 && return
    fail "$PYTHON can't make virtual environments." "Install its venv module (Debian: apt-get install python$version-venv) and run this again."
}

# --- A compiler for hnswlib, against which the benchmarks measure: it comes as source only -----------------------

can_compile() {
    local compiler include
    read -ra compiler <<<"${CXX:-$(python_value 'sysconfig.get_config_var("CXX") or "c++"')}" # the one setuptools takes
    include="$(python_value 'sysconfig.get_path("include")')"
    printf '#include <Python.h>\n#include <vector>\nstd::vector<int> numbers;\n' |
        "${compiler[@]}" -x c++ -std=c++14 -fsyntax-only -I "$include" - >/dev/null 2>&1
}

hnswlib_requirement() { sed -n 's/^ *"\(hnswlib[^"]*\)",*$/\1/p' "$ROOT/pyproject.toml"; }

require_hnswlib() {
    "$VENV/bin/python" -c 'import hnswlib' >/dev/null 2>&1 && return
    can_compile && return
    # A wheel that somebody built (in pip's cache, a company's index) makes the compiler needless.
    pip_install --only-binary=:all: "$(hnswlib_requirement)" 2>/dev/null && return
    local version
    version="$(python_value '"%d.%d" % sys.version_info[:2]')"
    apt_install g++ "python$version-dev" && can_compile && return
    fail "hnswlib, which the benchmarks compare with, is built on your machine, and there is no C++ compiler with the headers of Python $version." \
        "Debian, Ubuntu: sudo apt-get install g++ python$version-dev" \
        "Fedora: sudo dnf install gcc-c++ python3-devel" \
        "macOS: xcode-select --install" \
        "Then run this again."
}

# --- What Qt needs of a Linux system ------------------------------------------------------------------------------

loads() { "$VENV/bin/python" -c "$1" >/dev/null 2>&1; }

require_libraries() {
    apt_install "$@" && return
    fail "The window needs libraries of the system that are missing." \
        "Debian, Ubuntu: sudo apt-get install $*" \
        "Then run this again."
}

# To load it at all, also where nothing is shown.
require_qt() {
    [ "$(uname -s)" = Linux ] || return 0
    loads 'import PySide6.QtWidgets, PySide6.QtPdfWidgets, PySide6.QtSvg' ||
        require_libraries libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libbrotli1
}

# To show a window on an X screen (Wayland has what it needs).
require_screen() {
    [ "$(uname -s)" = Linux ] && [ -n "${DISPLAY:-}" ] || return 0
    loads 'import ctypes
for name in ("xcb-cursor.so.0", "xkbcommon-x11.so.0", "xcb-icccm.so.4", "xcb-keysyms.so.1", "xcb-shape.so.0"):
    ctypes.CDLL("lib" + name)' ||
        require_libraries libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
}

# --- .venv -------------------------------------------------------------------------------------------------------

# What an installation depends on; when it is unchanged, a second run installs nothing.
stamp_text() {
    "$VENV/bin/python" - "$ROOT" <<'PYTHON'
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
print(root, sys.version.split()[0], hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest())
PYTHON
}

# pip, without its remarks on shelves of packages that a machine names and that lack the one in question.
pip_install() {
    "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check "$@" 2>&1 |
        { grep -v 'is ignored: it is neither a file nor a directory' || true; } >&2
}

# A virtual environment holds its own path in its programs; a project that was moved needs a new one.
moved() {
    local stamp
    for stamp in "$VENV"/.carrel*.stamp; do
        if [ -f "$stamp" ]; then
            case "$(cat "$stamp")" in "$ROOT "*) ;; *) return 0 ;; esac
        fi
    done
    return 1
}

# set_up [EXTRA]: afterwards .venv holds Carrel (editable) with that extra.
set_up() {
    local extra="${1:-}" stamp
    local stamps=("$VENV/.carrel${1:+-$1}.stamp")
    [ -n "$extra" ] || stamps+=("$VENV"/.carrel-*.stamp) # with an extra, it holds the program as well
    if python_fits "$VENV/bin/python"; then
        for stamp in "${stamps[@]}"; do
            if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(stamp_text)" ]; then return; fi
        done
    fi
    require_python
    if ! python_fits "$VENV/bin/python" || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || moved; then
        require_venv_module
        say "making the virtual environment .venv with $("$PYTHON" --version)"
        "$PYTHON" -m venv --clear "$VENV"
    fi
    PYTHON="$VENV/bin/python" # the one that hnswlib is built for
    [ "$extra" != test ] || require_hnswlib
    say "installing Carrel${extra:+ with what its tests need} into .venv (a minute or two the first time)"
    pip_install --editable "$ROOT${extra:+[$extra]}" ||
        fail "pip could not install Carrel; the lines above say why. The first set-up needs a connection to pypi.org."
    require_qt
    stamp_text >"${stamps[0]}"
}
