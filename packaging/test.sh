#!/usr/bin/env bash
# Runs everything that a change must pass: style, types, layers, and the tests with the least coverage that is allowed.
#
#   bash packaging/test.sh               all of it
#   bash packaging/test.sh ARGUMENT…     the arguments go to pytest, which then doesn't measure coverage
#
# The first run makes .venv and installs what the tests need. The long trials (kills, damage, failing writes, hostile
# files) run beside the other tests, on another processor; what they say comes behind. The last line is pytest's own;
# the exit code is 0 only when every step passed.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

set_up test
cd "$ROOT"

failed=()
step() {
    local name="$1"
    shift
    say "$name"
    "$@" || failed+=("$name")
}

step "ruff check" "$VENV/bin/ruff" check --quiet --output-format=concise .
step "ruff format" "$VENV/bin/ruff" format --quiet --check --output-format=concise .
step "mypy" "$VENV/bin/mypy"
step "import-linter" "$VENV/bin/lint-imports" --no-logo
[ "${#failed[@]}" = 0 ] || say "FAILED above: ${failed[*]}"

TRIALS=(tests/durability tests/hostile)
code=0
if [ "$#" = 0 ]; then
    said="$(mktemp)"
    "$VENV/bin/python" -m pytest -p no:cacheprovider "${TRIALS[@]}" >"$said" 2>&1 &
    trials=$!
    trap 'kill "$trials" 2>/dev/null || true; rm -f "$said"' EXIT
    say "pytest, all but the long trials"
    "$VENV/bin/python" -m pytest --cov --cov-report=term "${TRIALS[@]/#/--ignore=}" || code=$?
    say "pytest, the long trials"
    wait "$trials" || code=$?
    cat "$said"
else
    say "pytest"
    "$VENV/bin/python" -m pytest "$@" || code=$?
fi
[ "$code" != 0 ] || [ "${#failed[@]}" = 0 ] || code=1
exit "$code"
