"""The language of a text, as far as the keyword index needs it: to choose the stemmer.

No library: the script decides where it can; among languages of one script, the one whose stop words make up the largest
share of a sample. That is right for a paragraph of prose, and says "unknown" for tables, code and single lines, which
are then indexed unstemmed.
"""

from __future__ import annotations

import re

from core.keyword_index.analysis import lowered, normalise
from core.keyword_index.stopwords import LANGUAGES, drop_stopwords

_SAMPLE = 6_000
"""Characters looked at, half from the beginning and half from the middle: a cover page is often in another language."""
_MIN_SHARE = 0.15
"""Least share of stop words: prose has 0.3 to 0.5 in its own language and up to 0.12 in an unrelated one."""
_MIN_CLEAR_SHARE = 0.08
"""Least share when no other language has half as much: lists of names have few stop words, but all of one language."""
_MIN_WORDS = 8
_UNMISTAKABLE = 0.25
"""Share of English stop words that no text in another language has; the others have relatives. Saves most texts the
comparison of all, which costs as much as cutting the text does."""

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
)
_LATIN = re.compile("[a-z\u00df-\u024f]", re.IGNORECASE)
_NOT_RUSSIAN = re.compile("[іїєґјљњћџўўѓќ]", re.IGNORECASE)
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")  # Persian and Urdu letters
_LATIN_LANGUAGES = tuple(code for code in LANGUAGES if code not in ("ar", "el", "ru", "uk"))


def detect_language(text: str) -> str:
    """Return the two-letter code of the language of a text, or an empty string when it can't be told."""
    sample = text
    if len(text) > _SAMPLE:
        middle = len(text) // 2
        sample = f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}"
    sample = normalise(sample)
    script = _script(sample)
    if script == "latin":
        return _by_stopwords(sample, _LATIN_LANGUAGES)
    if script == "cyrillic":
        return _by_stopwords(sample, ("ru", "uk")) if _few(_NOT_RUSSIAN, sample) else _by_stopwords(sample, ("uk",))
    if script == "arabic":
        return "ar" if _few(_NOT_ARABIC, sample) else ""
    return script


def _script(sample: str) -> str:
    """Return the script, or its only language, that most letters are of; kana make Chinese characters Japanese."""
    if sample.isascii():
        return "latin"
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts.pop("zh")
    name = max(counts, key=counts.__getitem__)
    # A Chinese character says as much as about three letters.
    weight = 3 if name in ("ja", "zh", "ko") else 1
    return name if counts[name] * weight > len(_LATIN.findall(sample)) else "latin"


def _by_stopwords(sample: str, languages: tuple[str, ...]) -> str:
    words = lowered(sample)
    if len(words) < _MIN_WORDS:
        return ""
    if "en" in languages and len(words) - len(drop_stopwords(words, "en")) >= _UNMISTAKABLE * len(words):
        return "en"
    found = sorted(((len(words) - len(drop_stopwords(words, code)), code) for code in languages), reverse=True)
    most, best = found[0]
    second = found[1][0] if len(found) > 1 else 0
    least = _MIN_CLEAR_SHARE if second * 2 <= most else _MIN_SHARE
    return best if most >= least * len(words) else ""


def _few(pattern: re.Pattern[str], sample: str) -> bool:
    return len(pattern.findall(sample)) * 100 < len(sample)
