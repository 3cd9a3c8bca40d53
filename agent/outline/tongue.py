"""Which language a text is in: by its script, else by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .bank import bank

_SCRIPTS = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("GREEK", "el"),
    ("DEVANAGARI", "hi"),
    ("BENGALI", "bn"),
    ("TAMIL", "ta"),
    ("TELUGU", "te"),
    ("THAI", "th"),
    ("GEORGIAN", "ka"),
    ("ARMENIAN", "hy"),
    ("GUJARATI", "gu"),
    ("KANNADA", "kn"),
    ("MALAYALAM", "ml"),
    ("GURMUKHI", "pa"),
    ("SINHALA", "si"),
    ("ETHIOPIC", "am"),
    ("MYANMAR", "my"),
    ("CYRILLIC", "ru"),
)
_MARKS = (
    ("uk", "іїєґ"),
    ("bg", "ъ"),
    ("fa", "پچژگ"),
    ("pl", "ąęłńśźż"),
    ("cs", "ěřů"),
    ("tr", "ğış"),
    ("ro", "ăţșț"),
    ("hu", "őű"),
    ("de", "ß"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("vi", "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệ"),
    ("da", "øæ"),
)
"""Letters that settle a language within its script."""


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; "en" where nothing says otherwise.

    Looks at the first 5,000 characters. Latin texts are told apart by words of their closed classes.
    """
    low = text[:5000].lower()
    letters = [c for c in low if c.isalpha()]
    if not letters:
        return "en"
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) * 2 > len(letters):
        return _by_script(foreign, low)
    words = re.findall(r"[^\W\d_]+", low)
    scores = {code: sum(w in common for w in words) for code, common in _common().items()}
    for code, marks in _MARKS:
        if code in scores:
            scores[code] += sum(low.count(c) for c in marks) * 2
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    strong = scores[best] >= max(1, len(words) // 12) and scores[best] > scores["en"]
    return best if strong else "en"


@cache
def _common() -> dict[str, frozenset[str]]:
    """The commonest words of each language written in Latin letters."""
    return {code: frozenset(words.split()) for code, words in bank("tongues").items()}


def _by_script(foreign: list[str], low: str) -> str:
    names = [unicodedata.name(c, "") for c in foreign]
    counts = [(sum(n.startswith(script) for n in names), code) for script, code in _SCRIPTS]
    japanese = sum(n for n, code in counts if code == "ja")
    _, best = max(counts, key=lambda pair: pair[0])
    if best == "zh" and japanese:
        return "ja"
    for code, marks in _MARKS:
        fits = {"uk": "ru", "bg": "ru", "fa": "ar"}.get(code) == best and (code != "bg" or "ы" not in low)
        if fits and any(c in low for c in marks):
            return code
    return best
