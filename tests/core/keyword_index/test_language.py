"""The language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyword_index.language import detect_language

TEXTS = {
    "en": "The neighbour's dog does not let me sleep at night because it barks at the cats.",
    "de": "Der Hund meines Nachbarn lässt mich nachts nicht schlafen, weil er die Katzen anbellt.",
    "fr": "Le conseil municipal a décidé de fermer les écoles pendant la semaine de la fête nationale.",
    "es": "El perro de mi vecino no me deja dormir por la noche porque ladra mucho a los gatos.",
    "it": "Il cane del mio vicino non mi lascia dormire la notte perché abbaia molto ai gatti.",
    "pt": "O cão do meu vizinho não me deixa dormir à noite porque ladra muito aos gatos da rua.",
    "nl": "De hond van mijn buurman laat mij niet slapen omdat hij veel naar de katten blaft.",
    "sv": "Grannens hund låter mig inte sova på natten eftersom den skäller mycket på katterna.",
    "da": "Naboens hund lader mig ikke sove om natten, fordi den gør meget ad kattene, der går forbi.",
    "fi": "Naapurini koira ei anna minun nukkua yöllä, koska se haukkuu paljon kissoille, jotka kulkevat ohi.",
    "hu": "A szomszédom kutyája nem hagy aludni éjszaka, mert sokat ugat a macskákra, amelyek elmennek.",
    "ro": "Câinele vecinului meu nu mă lasă să dorm noaptea pentru că latră mult la pisicile care trec.",
    "tr": "Komşumun köpeği geceleri uyumama izin vermiyor çünkü geçen kedilere çok havlıyor ve bu beni üzüyor.",
    "pl": "Pies mojego sąsiada nie daje mi spać w nocy, bo szczeka na koty, które przechodzą obok domu.",
    "cs": "Sousedův pes mě v noci nenechá spát, protože štěká na kočky, které jdou kolem našeho domu.",
    "ru": "Собака моего соседа не даёт мне спать ночью, потому что она много лает на кошек.",
    "uk": "Собака мого сусіда не дає мені спати вночі, тому що вона багато гавкає на котів, які проходять повз.",
    "el": "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και η μεγαλύτερη πόλη.",
    "ar": "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها",
    "he": "תל אביב היא עיר במחוז תל אביב",
    "ja": "東京都は日本の首都であり、世界最大の都市圏を形成している。",
    "zh": "北京是中华人民共和国的首都。",
    "ko": "서울은 대한민국의 수도이자 최대 도시이다.",
    "th": "กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย",
    "hi": "दिल्ली भारत की राजधानी है",
    "ta": "சென்னை தமிழ்நாட்டின் தலைநகரம்",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_is_enough(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Budget",
        "id,name,price\n1,apple,2\n3,pear,4\n5,kiwi,6",
        "0 1 2 3 4 5 6 7 8 9",
        "\ud800\x00",
        "فارسی پاکستان",
    ],
)
def test_what_can_not_be_told_is_unknown(text: str) -> None:
    assert detect_language(text) == ""


def test_foreign_names_and_a_foreign_cover_do_not_matter() -> None:
    assert detect_language(TEXTS["en"] * 3 + " 東京 Москва") == "en"
    assert detect_language(TEXTS["de"] * 5 + TEXTS["en"] * 200) == "en"
    assert detect_language("日本語 の text: " + TEXTS["ja"]) == "ja"


def test_a_list_of_names_with_few_function_words_is_told() -> None:
    names = "Ban Ki-moon; American leaders John Hancock, John Adams and Rutherford Hayes; Supreme Court Justice of law"
    assert detect_language(names) == "en"


@given(st.text(st.characters(), max_size=200))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert detect_language(text) in {"", *TEXTS, "no"}
