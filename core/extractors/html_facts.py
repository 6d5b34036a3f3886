"""What a web page says about itself: title, author, date, language, description."""

from __future__ import annotations

import re
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "parsely-author")
_DATES = (
    *("article:published_time", "date", "dc.date", "dcterms.created", "dcterms.date", "dc.date.issued", "pubdate"),
    *("citation_publication_date", "og:published_time", "datepublished", "parsely-pub-date"),
)
_DESCRIPTIONS = ("description", "og:description", "dc.description", "twitter:description")
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def page_facts(page: LexborHTMLParser) -> dict[str, str | int | float | None]:
    """Return the facts by their names in `Extracted.metadata`; None where the page says nothing."""
    named: dict[str, str] = {}
    for meta in page.css("meta[content]"):
        attributes = meta.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if content := " ".join((attributes.get("content") or "").split()):
            named.setdefault(key.lower(), content)
    title = page.css_first("head title, body > title")
    root = page.root
    return {
        "title": (title.text(strip=True) if title else "") or _first(named, _TITLES),
        "author": next((name for key in _AUTHORS if (name := named.get(key)) and "://" not in name), None),
        "created": _date(page, named),
        "language": (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else "",
        "description": _first(named, _DESCRIPTIONS),
    }


def _first(named: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((named[key] for key in keys if key in named), None)


def _date(page: LexborHTMLParser, named: dict[str, str]) -> str | None:
    """Return when the page was published, in ISO 8601."""
    dates = [named[key] for key in _DATES if key in named]
    for script in page.css('script[type="application/ld+json"]'):
        dates += _LINKED_DATE.findall(script.text())
    dates += [time.attributes.get("datetime") or "" for time in page.css("time[datetime][itemprop=datePublished]")]
    return next((iso for date in dates if (iso := _iso(date))), None)


def _iso(date: str) -> str | None:
    try:
        return datetime.fromisoformat(date.strip().replace("/", "-")).isoformat()
    except ValueError:
        return None
