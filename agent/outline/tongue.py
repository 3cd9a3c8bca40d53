"""Which language a text is in: by its script, else by its commonest words."""

from __future__ import annotations

import re
import unicodedata

_SCRIPTS = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("ARABIC", "ar"), ("HEBREW", "he"),
    ("GREEK", "el"), ("DEVANAGARI", "hi"), ("BENGALI", "bn"), ("TAMIL", "ta"), ("TELUGU", "te"), ("THAI", "th"),
    ("GEORGIAN", "ka"), ("ARMENIAN", "hy"), ("GUJARATI", "gu"), ("KANNADA", "kn"), ("MALAYALAM", "ml"),
    ("GURMUKHI", "pa"), ("SINHALA", "si"), ("ETHIOPIC", "am"), ("MYANMAR", "my"), ("CYRILLIC", "ru"),
)  # fmt: skip
_MARKS = (
    ("uk", "іїєґ"), ("bg", "ъ"), ("fa", "پچژگ"), ("pl", "ąęłńśźż"), ("cs", "ěřů"), ("tr", "ğış"), ("ro", "ăţșț"),
    ("hu", "őű"), ("de", "ß"), ("es", "ñ¿¡"), ("pt", "ãõ"), ("vi", "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệ"), ("da", "øæ"),
)  # fmt: skip
"""Letters that settle a language within its script."""
_COMMON = {
    "en": "the a an and of to in is are was were who with his her their from that it for on by must into after "
          "he she they at but has have not this as one two when while without my your",
    "de": "der die das ein eine einen einem einer und ist im in mit den dem des von zu auf sich nicht für er sie es "
          "aus nach als war wer will nur auch am bei hat wird seine ihre",
    "fr": "le la les un une des et est dans du de avec pour qui que sur au aux il elle son sa ses ne pas par en ce",
    "es": "el la los las un una y es en de del con por para que su sus se al no lo como fue desde hasta",
    "it": "il lo la gli un una e è di del della con per che nel nella sul si non da suo sua dei ai al",
    "pt": "o a os as um uma e é de do da dos das com por para que no na em se não seu sua ao pelo pela",
    "nl": "de het een en is van in met op te dat die zijn voor niet aan er haar zij hij naar uit om",
    "sv": "och en ett är på som av för med till den det inte att i hon han sin sitt från",
    "da": "og en et er på som af for med til den det ikke at i hun han sin fra",
    "no": "og en et er på som av for med til den det ikke å i hun han sin fra",
    "fi": "ja on ei se hän joka että kun mutta oli kuin hänen ovat",
    "pl": "i w na z się nie do to jest że o jak po za od przez jego jej który",
    "cs": "a v na se je s z do že to ve si o jako po jeho která který",
    "hu": "a az és egy nem hogy van volt meg is aki de csak mint",
    "ro": "și un o de la în cu pe care nu se din pentru este a fost lui",
    "tr": "bir ve bu için ile da de o çok ama gibi daha var",
    "id": "yang dan di ke dari seorang dengan untuk itu ini pada adalah tidak akan sebuah",
    "vi": "một và của là có không trong cho với người những được",
    "eo": "la kaj en de estas kun por sur kiu ke ne al li ŝi",
    "la": "et in est non cum ad qui quae quod sed ex per ut",
}  # fmt: skip


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
    scores = {code: sum(w in common for w in words) for code, common in _WORDS.items()}
    for code, marks in _MARKS:
        if code in scores:
            scores[code] += sum(low.count(c) for c in marks) * 2
    best = max(scores, key=lambda code: (scores[code], code == "en"))
    strong = scores[best] >= max(1, len(words) // 12) and scores[best] > scores["en"]
    return best if strong else "en"


_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def _by_script(foreign: list[str], low: str) -> str:
    names = [unicodedata.name(c, "") for c in foreign]
    counts = [(sum(n.startswith(script) for n in names), code) for script, code in _SCRIPTS]
    japanese = sum(n for n, code in counts if code == "ja")
    _, best = max(counts, key=lambda pair: pair[0])
    if best == "zh" and japanese:
        return "ja"
    for code, marks in _MARKS:
        if best in {"ru", "ar"} and code in {"uk", "bg", "fa"} and any(c in low for c in marks):
            if {"uk": "ru", "bg": "ru", "fa": "ar"}[code] == best and (code != "bg" or "ы" not in low):
                return code
    return best
