"""Which language a text is in: by its script, and within a script by py3langid (0.4, a model of 140).

Measured on ``benchmarks/tongues.json``, 150 sentences in 25 languages: 145 are known, 22 of the 25 that have
two to four words among them. By the commonest words of each language alone, as before, they were 129 and 12.
English is what a text is in where nothing says otherwise: an idea of a few words must not become Polish.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from ...storyboard.lexicon.store import data
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
_SHARED = {
    "ru": frozenset({"ru", "uk", "bg", "mk", "sr"}),
    "ar": frozenset({"ar", "fa", "ur"}),
    "hi": frozenset({"hi", "ne"}),
}
"""Languages of one script, under the commonest of them."""
_NEEDED = {"bg": "ъ", "mk": "ѓќљњџјѕ", "sr": "љњџјђћ"}
"""Letters of which every sentence or two has one: where there is none, it is not that language."""
_UNSPOKEN = frozenset({"gl"})
"""Known by name, but nobody here can speak it: a text is read in the nearest that can be spoken."""
_SURE, _LIKELY = 0.9, 0.3
"""How probable another language must be where English words are found, and anywhere."""


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; "en" where nothing says otherwise.

    Looks at the first 5,000 characters.
    """
    low = text[:5000].lower()
    letters = [c for c in low if c.isalpha()]
    if not letters:
        return "en"
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) * 2 > len(letters):
        return _by_script(foreign, text[:5000])
    own, english = _by_words(low)
    code, sure = _likeliest(text[:5000])
    if sure < _LIKELY or (own == "en" and english and sure < _SURE):
        return own
    return code


def _by_words(low: str) -> tuple[str, int]:
    """(the language whose commonest words are most in the text, how many English ones are)."""
    words = re.findall(r"[^\W\d_]+", low)
    scores = {code: sum(w in common for w in words) for code, common in _common().items()}
    for code, marks in _MARKS:
        if code in scores:
            scores[code] += sum(low.count(c) for c in marks) * 2
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    strong = scores[best] >= max(1, len(words) // 12) and scores[best] > scores["en"]
    return best if strong else "en", scores["en"]


@cache
def _identifier() -> Any:
    """The model, restricted to languages that can be spoken; it takes half a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(sorted((data("voices")["languages"].keys() - _UNSPOKEN) & set(found.labels)))
    return found


def _likeliest(text: str, among: frozenset[str] | None = None) -> tuple[str, float]:
    """(language, how probable it is), of all or of some. A text that has words."""
    ranked = [(str(code), float(sure)) for code, sure in _identifier().rank(text)]
    return next(pair for pair in ranked if among is None or pair[0] in among)


@cache
def _common() -> dict[str, frozenset[str]]:
    """The commonest words of each language written in Latin letters."""
    return {code: frozenset(words.split()) for code, words in bank("tongues").items()}


def _by_script(foreign: list[str], text: str) -> str:
    names = [unicodedata.name(c, "") for c in foreign]
    counts = [(sum(n.startswith(script) for n in names), code) for script, code in _SCRIPTS]
    japanese = sum(n for n, code in counts if code == "ja")
    _, best = max(counts, key=lambda pair: pair[0])
    if best == "zh" and japanese:
        return "ja"
    if best in _SHARED:
        gone = {code for code, marks in _NEEDED.items() if not any(c in text.lower() for c in marks)}
        return _likeliest(text, _SHARED[best] - gone)[0]
    return best
