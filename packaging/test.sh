#!/usr/bin/env bash
# Runs everything that a change must pass: style, types, layers, and the tests with the least coverage that is allowed.
#
#   bash packaging/test.sh               all of it
#   bash packaging/test.sh ARGUMENT…     the arguments go to pytest, which then doesn't measure coverage
#
# The first run makes .venv and installs what the tests need. The last line is pytest's own; the exit code is 0 only
# when every step passed.
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

say "pytest"
coverage=(--cov --cov-report=term)
[ "$#" = 0 ] || coverage=()
code=0
"$VENV/bin/python" -m pytest ${coverage[@]+"${coverage[@]}"} "$@" || code=$?
[ "$code" != 0 ] || [ "${#failed[@]}" = 0 ] || code=1
exit "$code"
