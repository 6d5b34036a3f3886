"""Words of the index that are spelled almost like a word that was not found.

One slip (a letter missing, added, wrong, or two swapped) covers most typing errors: every word at that distance is made
and looked up, which is exact and takes about two milliseconds (Norvig, "How to Write a Spelling Corrector"). For longer
words with two slips, the words of the index that begin alike are compared. Unlike a fuzzy term of tantivy, this names
the words, so that they can be ranked by BM25, highlighted, and told to the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

ONE_SLIP = 4
"""Letters from which on a word may have one slip."""
TWO_SLIPS = 8
"""Letters from which on a word may have two slips."""
_MAX_CORRECTIONS = 3
_SHARED = 2
"""Letters at the beginning that a word with two slips must have right."""

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ابةتثجحخدذرزسشصضطظعغفقكلمنهويىئءآأإؤ",
)


def corrections(
    word: str, frequency: Callable[[str], int], beginning_with: Callable[[str], list[tuple[str, int]]]
) -> tuple[str, ...]:
    """Return up to three words of the index that `word` may stand for, the most frequent first.

    Args:
        word: A folded word. Short ones, and ones with digits, have no corrections.
        frequency: Tells how many entries have a folded word.
        beginning_with: Tells the folded words that begin with a text, with their frequencies.
    """
    if len(word) < ONE_SLIP or not word.isalpha():
        return ()
    found = {near: count for near in set(_one_slip(word)) if near != word and (count := frequency(near))}
    if not found and len(word) >= TWO_SLIPS:
        near_length = range(len(word) - 2, len(word) + 3)
        found = {
            term: count
            for term, count in beginning_with(word[:_SHARED])
            if len(term) in near_length and within_two_slips(word, term)
        }
    return tuple(sorted(found, key=lambda term: (-found[term], term))[:_MAX_CORRECTIONS])


def _one_slip(word: str) -> Iterator[str]:
    alphabet = next((letters for letters in _ALPHABETS if word[-1] in letters), word)
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in alphabet:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def within_two_slips(one: str, other: str) -> bool:
    """Return whether two edits at most lead from one word to the other (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, other_letter in enumerate(other):
            cost = min(before[j] + (letter != other_letter), before[j + 1] + 1, row[j] + 1)
            if i and j and letter == other[j - 1] and one[i - 1] == other_letter:
                cost = min(cost, earlier[j - 1] + 1)
            row.append(cost)
        if min(row) > 2:
            return False
    return row[-1] <= 2
