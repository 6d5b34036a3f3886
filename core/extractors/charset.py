"""Guesses the character set of text that says nothing about it and is not Unicode.

Only the bytes above 127 tell character sets apart. For each candidate the sample is decoded and the likelihood of its
characters is summed, for the language in which it is highest (naive Bayes over single characters). The right reading is
then the one that gives letters which some language uses often, in upper and lower case where a word has them. A few
bytes are enough, which is where general detectors guess: they take `für` in cp1252 for Baltic or Cyrillic.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from functools import cache

import charset_normalizer

SAMPLE_BYTES = 6_000
"""Bytes that are looked at: some thousand letters, in a few milliseconds for each candidate."""

# The letters above ASCII of each language, most frequent first (of Chinese, Japanese and Korean the hundred commonest).
_LETTERS = {
    "German": "üäöß",
    "French": "éèàêçôîûùâëïœ",
    "Spanish": "óáíéñúü¿¡ºª",
    "Portuguese": "ãçáéíóõêúâôàº",
    "Italian": "èàòùéìî",
    "Dutch": "éëïóèü",
    "Swedish": "äöåé",
    "Danish": "øåæé",
    "Finnish": "äöå",
    "Icelandic": "ðáæíþöóúýé",
    "Catalan": "óéàíèòçúïü",
    "Polish": "łążśęćóńź",
    "Czech": "íáéěčžřšýůúóňťď",
    "Slovak": "áíčúýéťžľšôňäóďĺŕ",
    "Hungarian": "áéíóöőüúű",
    "Romanian": "ăîșțâşţ",
    "Croatian": "čšžćđ",
    "Turkish": "ışçüğöİâ",
    "Lithuanian": "ėšžųįčąūę",
    "Latvian": "āīēšņūļžģķč",
    "Estonian": "äõüöšž",
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",
    "Ukrainian": "оанивіертсклумдпязьбгйчхжцюшїєщфґ",
    "Bulgarian": "аеиотнрсвлдпкмзъяугбчйжхцщшюф",
    "Serbian": "аоиенрстувкдјмплзбгчшцњжхљћфђџ",
    "Greek": "αοιετνσρηςμπκυλίάγόήέδχωθύφβώξζψ",
    "Hebrew": "יוהלאתרבםמשנקעדחפטןסגכצזךץף",
    "Arabic": "اليمنوترةدبسعفحهكقأجصشخطإىضءزذغئثظؤآ،",
    "Thai": "ารนอกเงมย่วลดั้ทสตีปคบหแจิพ์ชขไใะุำ็ูโผณถธศซญภฟษ",
    "Japanese": "のいるをにはたとがしてなんでれかっりもこスンーらすトさルリアラどきクイレロシあ、。年うそグタ"
    "コッだまくドよジめプマ日ょフわみけせデ人バテサ大キニ国一本ビムほパえ中つおメオ出ば行用者社ウカ時事上分",
    "Chinese, simplified": "的，。一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那"
    "得于着下自之年过发后作里、：“”（）用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心",
    "Chinese, traditional": "的，。一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那"
    "得於著下自之年過發後作裡、：「」（）用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心",
    "Korean": "이다는의에가을고지하로한를사기서도대인들은어으정해자리수과시일나있보었그아전부원제라"
    "상게장만주면소동구니선여연경공안비유용조화민생마학계모성위습합입됩않없음할된했것며와등문터스트간중내국",
}

_WESTERN = (
    *("German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Catalan"),
    *("Swedish", "Danish", "Finnish", "Icelandic", "Estonian"),
)
_CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian")
_BALTIC = ("Lithuanian", "Latvian", "Estonian")
_LATIN = {*_WESTERN, *_CENTRAL, *_BALTIC, "Turkish"}
_CYRILLIC = ("Russian", "Ukrainian", "Bulgarian", "Serbian")

# Codec, languages written in it, and how much less usual it is than the others (natural logarithm of the odds).
_CANDIDATES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("cp1252", _WESTERN, 0),
    ("cp1250", _CENTRAL, 1),
    ("cp1251", _CYRILLIC, 2),
    ("cp1253", ("Greek",), 3),
    ("cp1254", ("Turkish",), 2),
    ("cp1255", ("Hebrew",), 3),
    ("cp1256", ("Arabic",), 3),
    ("cp1257", _BALTIC, 2),
    ("cp874", ("Thai",), 3),
    ("cp932", ("Japanese",), 3),
    ("euc_jp", ("Japanese",), 3),
    ("gb18030", ("Chinese, simplified",), 3),
    ("big5hkscs", ("Chinese, traditional",), 3),
    ("cp949", ("Korean",), 3),
    ("koi8_u", _CYRILLIC, 3),
    ("iso8859_2", _CENTRAL, 2),
    ("iso8859_7", ("Greek",), 4),
    ("iso8859_15", _WESTERN, 2),
    ("iso8859_16", ("Romanian",), 4),
    ("cp866", _CYRILLIC, 4),
    ("iso8859_5", _CYRILLIC, 4),
    ("mac_cyrillic", _CYRILLIC, 5),
    ("cp850", _WESTERN, 3),
    ("cp852", _CENTRAL, 5),
    ("mac_roman", _WESTERN, 3),
)

# Natural logarithms of probabilities; only their order of magnitude matters.
_LETTERS_TOGETHER = 0.8
_OTHER_LETTER = math.log(1e-4)
_OTHER = math.log(2e-5)
_BROKEN = math.log(1e-8)
_ASCII = math.log(0.03)
_UPPER_CASE = math.log(0.06)
_UPPER_AFTER_LOWER = math.log(0.02)
_MARK_INSIDE_WORD = math.log(0.05)
_SCRIPTS_MIXED = math.log(0.05)
_LATIN_LETTERS_IN_A_ROW = math.log(0.1)
_POOR = math.log(0.012)
_ENOUGH_BYTES = 40

_MARKS = {"’": 0.05, "«»“”„": 0.02, "\xa0‘–—…•·°§©®€×£±²³µ½": 0.005}
_HIGH = re.compile(rb"[\x80-\xff]")


def guess(data: bytes) -> str:
    """Return the Python codec that reads `data` best; single bytes of it may still be undefined there."""
    pieces = _sample(data)
    high_bytes = sum(len(_HIGH.findall(piece)) for piece in pieces)
    best, best_score, best_mean = "cp1252", -math.inf, 0.0
    for codec, languages, rarity in _CANDIDATES:
        text = "".join(codecs.getincrementaldecoder(codec)("replace").decode(piece) for piece in pieces)
        foreign = Counter(character for character in text if character > "\x7f")
        shape = text.translate(_SHAPES)
        ascii_score = _ASCII * (len(text) - foreign.total())
        for language in languages:
            score = _likelihood(foreign, shape, language) - rarity
            if score + ascii_score > best_score:
                best, best_score, best_mean = codec, score + ascii_score, score / max(high_bytes, 1)
    if best_mean < _POOR and high_bytes > _ENOUGH_BYTES:
        match = charset_normalizer.from_bytes(b"\n".join(pieces)).best()
        if match is not None:
            return match.encoding
    return best


def _sample(data: bytes) -> list[bytes]:
    """Return lines, or parts of lines, that hold bytes above 127, each from the beginning of a word."""
    pieces: list[bytes] = []
    size = position = 0
    while size < SAMPLE_BYTES and (match := _HIGH.search(data, position)):
        first = match.start()
        begin = max(data.rfind(b"\n", position, first), data.rfind(b" ", position, first)) + 1
        begin = begin if first - begin < 80 else first
        end = data.find(b"\n", first, first + 2_000)
        position = end if end >= 0 else first + 2_000
        pieces.append(data[begin:position])
        size += position - begin
    return pieces


def _likelihood(foreign: Counter[str], shape: str, language: str) -> float:
    """Return the logarithm of the probability of the characters above ASCII in a text of `language`."""
    weights = _weights(language)
    score = 0.0
    for character, count in foreign.items():
        weight = weights.get(character)
        if weight is None:
            weight = weights.get(character.lower(), _OTHER_LETTER - _UPPER_CASE) + _UPPER_CASE
            if not character.isalpha():
                weight = _BROKEN if character == "\ufffd" or unicodedata.category(character) == "Cc" else _OTHER
        score += weight * count
    score += _UPPER_AFTER_LOWER * len(re.findall("l[UA]|aU", shape))
    score += _MARK_INSIDE_WORD * len(re.findall("(?<=[aAlUx])m(?=[aAlUx])", shape))
    if language in _LATIN:
        return score + _LATIN_LETTERS_IN_A_ROW * len(re.findall("(?<=[lUx])[lUx]", shape))
    return score + _SCRIPTS_MIXED * len(re.findall("[aA][lUx]|[lUx][aA]", shape))


@cache
def _weights(language: str) -> dict[str, float]:
    """Return the logarithm of the probability of each usual character: by Zipf's law over the rank."""
    weights = {mark: math.log(share) for marks, share in _MARKS.items() for mark in marks}
    letters = _LETTERS[language]
    whole = sum(1 / (rank + 3) for rank in range(len(letters)))
    for rank, letter in enumerate(letters):
        weights[letter] = math.log(_LETTERS_TOGETHER / (rank + 3) / whole)
    return weights


class _Shapes(dict[int, str]):
    """Translates a character to its part in a word: `a A` ASCII letter, `l U x` foreign letter, `m` foreign mark."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code < 128:
            shape = "a" if character.islower() else "A" if character.isupper() else " "
        elif character.isalpha() or unicodedata.category(character) == "Mn":
            shape = "l" if character.islower() else "U" if character.isupper() else "x"
        else:
            shape = " " if character in "\xa0’‘·" else "m"
        self[code] = shape
        return shape


_SHAPES = _Shapes()
