"""How long words take to say, before anybody has said them.

Milliseconds for each letter, measured with espeak-ng (espeakng-loader 0.2.4) as Photoplay speaks, at 155
words a minute: on six sentences a language where ``benchmarks/tongues.json`` has it (fitted together with the
lengths of a beginning and a pause), else on one. ``benchmarks/speech_lengths.py`` prints the error left.
"""

from __future__ import annotations

import re
import unicodedata

from .voices import PACE

_LETTER_MS = {
    "en": 74, "de": 81, "fr": 66, "es": 82, "it": 82, "pt": 88, "nl": 89, "sv": 93, "da": 73, "fi": 88,
    "pl": 90, "cs": 86, "ru": 69, "uk": 126, "hu": 96, "ro": 91, "tr": 103, "el": 79, "ar": 134, "hi": 110,
    "zh": 316, "ja": 160, "ko": 226, "vi": 82, "id": 91,
    # one sentence each
    "sk": 92, "hr": 87, "sr": 90, "sl": 107, "bg": 93, "no": 86, "nb": 86, "fa": 127, "ur": 122, "bn": 87,
    "ta": 85, "te": 113, "he": 95, "th": 130, "ca": 81, "eu": 95, "et": 97, "lv": 81, "lt": 99, "ms": 88,
    "is": 86, "ka": 98, "hy": 107, "sw": 112, "eo": 83, "af": 89, "la": 97, "cy": 91, "ga": 79, "sq": 99,
    "mk": 92, "az": 99, "ne": 108,
}  # fmt: skip
_OTHER_MS = 92
_IDEOGRAPH_MS = {"zh": 316, "ja": 860}
"""espeak-ng names the Chinese characters of Japanese, it does not read them."""
_KANA_MS, _HANGUL_MS, _LATIN_MS, _DIGIT_MS = 160, 226, 75, 430
BEGINNING_MS = 213
"""Of a line, whatever its words."""
_PAUSE_MS, _LEAST_MS = 330, 400
_RATE_OFFSET = 10
"""Of espeak's pace: see ``render/sound/speech.py``. Measured from 110 to 220 words a minute: within 3 %."""
_PAUSES = re.compile(r"[.,;:!?…。，、；：！？،؛؟।—–](?=.*\w)", re.S)
_LONGEST_WORD = 40
_LETTERS_RUN = re.compile(rf"[a-zA-Z]{{{_LONGEST_WORD},}}")
"""A word without end is not read to its end."""
_DENSE = frozenset({"zh", "ja", "ko"})


def spoken_ms(words: str, language: str = "en", pace: int = PACE) -> int:
    """About how many milliseconds the words take to say, with pauses within; at least 400.

    ``language`` is an ISO 639 code; of one that was not measured, letters take as long as in most. ``pace``
    is in words a minute.
    """
    letters = sum(
        _letter_ms(c, language) for c in _LETTERS_RUN.sub(lambda run: run[0][:_LONGEST_WORD], words)
    )
    pauses = len(_PAUSES.findall(words)) * _PAUSE_MS
    exact = (BEGINNING_MS + letters + pauses) * (PACE + _RATE_OFFSET) / (pace + _RATE_OFFSET)
    return max(_LEAST_MS, round(exact))


def _letter_ms(c: str, language: str) -> int:
    if c.isdigit():
        return _DIGIT_MS
    if unicodedata.category(c)[0] not in "LM":
        return 0
    if c < "\u0250":
        return _LATIN_MS if language in _DENSE else _LETTER_MS.get(language, _OTHER_MS)
    if "\u3400" <= c <= "\u9fff":
        return _IDEOGRAPH_MS.get(language, _IDEOGRAPH_MS["zh"])
    if "\u3040" <= c <= "\u30ff":
        return _KANA_MS
    if "\uac00" <= c <= "\ud7af":
        return _HANGUL_MS
    return _LETTER_MS.get(language, _OTHER_MS)
