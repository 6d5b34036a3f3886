#!/usr/bin/env bash
# Installs what is missing and runs Carrel.
#
#   bash packaging/run.sh                     with the sample library
#   bash packaging/run.sh FOLDER [QUERY…]     with a folder of your own
#
# With a screen the window opens, and begins to read the folder if one is named. Without one, the folder is indexed and a
# few queries are answered in the terminal; the index lies in .demo/ in the project's folder. Your files are only read, and
# nothing is sent anywhere.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

case "${1:-}" in
    -h | --help)
        sed -n '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit
        ;;
esac

SAMPLE="$ROOT/resources/library"
NAMED="${1:-}"
FOLDER="${1:-$SAMPLE}"
[ -d "$FOLDER" ] || fail "There is no folder at $FOLDER." "Check the spelling, or leave it out to use the sample library."
FOLDER="$(cd "$FOLDER" && pwd)"
[ "$#" = 0 ] || shift

set_up

has_screen() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]
}
if has_screen; then
    require_screen
    [ -z "$NAMED" ] || "$VENV/bin/carrel" add "$FOLDER" --watch --no-wait
    exec "$VENV/bin/carrel"
fi

# Names worth asking for in a folder that nobody knows: the words of its shortest file names.
queries_for() {
    find "$1" -type f -not -path '*/.*' -size +1k 2>/dev/null | head -n 2000 | sed 's|.*/||; s|\.[^.]*$||' |
        tr -cs '[:alpha:]\n' ' ' | sed 's/^ *//; s/ *$//' | grep -E '.{5}' | sort -u |
        awk '{ print length($0) "\t" $0 }' | sort -n | cut -f 2 | head -n 3
}

if [ "$#" != 0 ]; then
    QUERIES=("$@")
elif [ "$FOLDER" = "$SAMPLE" ]; then
    QUERIES=("notice period of the boathouse lease" "why did the bread not rise" "oxygen near the bottom" "Säbelschnäbler")
else
    QUERIES=()
    while IFS= read -r query; do QUERIES+=("$query"); done < <(queries_for "$FOLDER")
fi

DATA="$ROOT/.demo/$(basename "$FOLDER")-$(printf '%s' "$FOLDER" | cksum | cut -d ' ' -f 1)"
mkdir -p "$ROOT/.demo"
carrel() { "$VENV/bin/carrel" --data-dir "$DATA" "$@"; }

say "indexing $FOLDER"
carrel add "$FOLDER"
carrel status
for query in ${QUERIES[@]+"${QUERIES[@]}"}; do
    printf '\n» %s\n' "$query"
    carrel search "$query" --limit 3
done

if [ -t 0 ] && [ -t 1 ]; then
    while printf '\n' && read -r -p "Your query (Enter ends): " query && [ -n "$query" ]; do
        carrel search "$query" --limit 5 || true # a query that can't be read is no reason to end
    done
fi

printf '\nMore of it: %s\n' "'$VENV/bin/carrel' --data-dir '$DATA' search 'your words'"
