"""Words that say nothing about a text: they are left out of queries, and tell which language a text is in.

Dropping them from the query is worth one to two percent of nDCG, more on questions in full sentences; they stay in the
index, for phrases and for queries of nothing else ("to be or not to be"). English has a list of our own, because
tantivy's 33 words lack the question words; so have the stemmed languages, and some frequent neighbours, that tantivy
has no list for. The others are tantivy's (Snowball's) lists, with question words and others that they lack.
All words are in lower case with their diacritics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from core.keyword_index.analysis import folded, lowered, without_unspaced


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    """ a about above after again against all also although am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each few for from further had has have having he
    her here hers herself him himself his how i if in into is it its itself just me might more most my myself no nor not
    now of off on once only or other ought our ours ourselves out over own same shall she should so some such than that
    the their theirs them themselves then there these they this those though through to too under until up upon very was
    we were what when where whether which while who whom whose why will with would you your yours yourself yourselves
    please tell describe explain aren couldn didn doesn don hadn hasn haven isn ll mightn mustn needn re s shouldn t ve
    wasn weren won wouldn
    """
)
"""Function words, question words, and what a tokenizer leaves of contractions."""

_TANTIVY = {
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
}

_OWN = {
    "en": ENGLISH,
    "ar": _words(
        """
        في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما لا لم لن إن أن ان كان كانت قد كل أو او ثم
        بين بعد قبل عند هو هي هم نحن أنا أنت كما حتى إذا اذا لكن غير أي اي هل كيف متى أين لماذا
        """
    ),
    "cs": _words(
        """
        a aby ale ani asi až bez bude by byl byla bylo být co či do i jak jako je jeho její jejich jen jeho
        ještě již jsem jsme jsou jste k kde kdo kdy která které který ke ma má mezi mi mít na nad nebo než o
        od po pod pro proto při s se si tak také to tom tu už v ve však z za ze že
        """
    ),
    "da": _words("hvem hvornår hvorfor hvordan hvilken hvilke hvilket kan"),
    "de": _words("wer wann warum wieso weshalb wen wem wessen wohin woher wieviel gibt wurde wurden ja schon mehr"),
    "el": _words(
        """
        ο η το οι τα του της των τον την τις τους και κι να θα δεν μη με σε από για ως στο στη στην στον
        στις στα στους που πως ότι αν είναι ήταν έχει αυτό αυτή αυτός ένα ένας μια μία κατά μετά πριν αλλά ή
        τι ποιος πού πότε γιατί όπως μας σας
        """
    ),
    "es": _words("quién quiénes cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas puede ser"),
    "fi": _words("milloin miten kuinka paljon voi"),
    "fr": _words(
        """
        combien a ai afin alors après avant avoir car cet cela celle celui ceux chez comme comment depuis donc dont
        entre est être été eu fait faire fut ici lors mais moins non ont où par pas plus pourquoi puis quand
        quel quelle quelles quels quoi si sans selon son sont sous tous tout toute toutes très vers
        """
    ),
    "hu": _words("hol melyik mennyi hány"),
    "it": _words("cosa quando quali può essere"),
    "nl": _words("wanneer waar waarom welke hoeveel"),
    "pl": _words(
        """
        a aby albo ale ani bez był była było były być by ci co czy dla do gdy gdzie go i ich im in ja jak
        jako je jego jej jest jeszcze już każdy kiedy kto która które który lub ma mi mnie może na nad nam
        nas nie nim niż o od on ona one oni oraz po pod przed przez przy są się sobie ta tak także tam te
        tego tej ten to tu ty tylko tym u w we więc z za ze że
        """
    ),
    "pt": _words("é já há são está estão foi foram ser ter tem têm onde quando porque qual quais quem"),
    "ro": _words(
        """
        a ai al ale am ar are as au aceasta acest această această aici asta ca care ce cea cei cel cele cu
        cum că când da dacă de decât deci din dar după ea ei el ele este eu era fi fie fost fără în într îl
        îi la le lor lui mai nu o ori pe pentru prin sau se sunt să și și-a te un una unde unei unor unui
        """
    ),
    "ru": _words("почему какие сколько откуда это"),
    "sv": _words("många"),
    "tr": _words(
        """
        acaba ama ancak bana ben beni bir biri birkaç bu buna bunu bunun çok çünkü da daha de değil diye en
        fakat gibi göre hem hep her hiç için ile ise kadar ki kim mi mı mu mü nasıl ne neden nerede o ol
        olan olarak oldu olduğu ona onlar onu onun sen siz şey şu tüm ve veya ya yani
        """
    ),
    "uk": _words(
        """
        і й та в у на з із зі до від за про що як це не є був була було були бути або але чи же ж ще вже
        його її їх він вона вони ми ви ти я який яка яке які для при по під над між так також тому коли де
        хто
        """
    ),
}

LANGUAGES = tuple(sorted({*_TANTIVY, *_OWN}))
"""Languages that have a list."""


def drop_stopwords(words: Sequence[str], language: str) -> list[str]:
    """Return the words (lower case, with diacritics) that are not stop words of the language, in order."""
    return _filter(language).analyze(" ".join(words)) if language in LANGUAGES else list(words)


def drop_any_stopwords(words: Sequence[str], languages: Iterable[str]) -> list[str]:
    """Return the words without the stop words of that one of the languages (or English) that has most of them."""
    known = dict.fromkeys([*(language for language in languages if language in LANGUAGES), "en"])
    return min((drop_stopwords(words, language) for language in known), key=len)


def content_words(normalised: str, languages: Iterable[str], alone: bool) -> list[str]:
    """Return the folded words of a query, each once, without stop words.

    Args:
        normalised: The query's plain words.
        languages: Languages it may be in.
        alone: Whether there is nothing else to look for; stop words are kept then if there is nothing but them.
    """
    plain = without_unspaced(normalised)
    words, low = folded(plain), lowered(plain)
    kept = set(drop_any_stopwords(low, languages))
    content = [word for word, lower in zip(words, low, strict=True) if lower in kept]
    if not content and alone and plain == normalised:
        content = words
    return list(dict.fromkeys(content))


@cache
def _filter(language: str) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword(list(_OWN.get(language, ()))))
    return (builder.filter(Filter.stopword(_TANTIVY[language])) if language in _TANTIVY else builder).build()
