"""Which font has which character: the packaged ones first, then those of the machine.

Of the machine's, one face is taken for all that a text has of a script, the one that covers most of it:
letters that join, or a letter and its mark, are never of two faces.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import skia

from ..fonts import FILES, typeface

_REGIONS = {"HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "KR"}
_EASTERN = frozenset(
    {*_REGIONS, "CJK", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO", "KANGXI", "VERTICAL"}
)
_MOST_FACES = 4
"""Of one script in one text."""
_FORMING = {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}


def missing(text: str) -> str:
    """The characters of the text that no font here can draw, each once, in order; "" if none."""
    return "".join(c for c in dict.fromkeys(text) if not ours(c) and not formless(c) and not system(c))


def missing_notice(text: str) -> str:
    """What to tell a film maker about ``missing`` characters; "" where all can be drawn."""
    lost = missing(text)
    if not lost:
        return ""
    scripts = sorted({unicodedata.name(c, "unknown").split()[0].title() for c in lost})
    emoji = any(ord(c) >= 0x1F000 for c in lost)
    eastern = any(unicodedata.east_asian_width(c) in ("W", "F") for c in lost)
    package = "fonts-noto-color-emoji" if emoji else "fonts-noto-cjk" if eastern else "fonts-noto-core"
    return (
        f"No font here has {len(lost)} of the characters in {text[:40]!r} ({', '.join(scripts[:3])}): "
        f"they show as boxes. Install a font that has them, e.g. Noto ({package})."
    )


@lru_cache(maxsize=1)
def _manager() -> skia.FontMgr:
    return skia.FontMgr()


def formless(char: str) -> bool:
    """Whether the character needs no glyph of its own: spaces, joiners, combining marks, newlines."""
    return unicodedata.category(char) in _FORMING


@lru_cache(maxsize=4096)
def ours(char: str) -> bool:
    """Whether a packaged face has the character."""
    return any(typeface(face).unicharToGlyph(ord(char)) for face in FILES if face != "sans-bold")


@lru_cache(maxsize=4096)
def system(char: str) -> skia.Typeface | None:
    """A face of this machine that has the character, or None."""
    found = _manager().matchFamilyStyleCharacter("", skia.FontStyle(), [], ord(char))
    return found if found is not None and found.unicharToGlyph(ord(char)) else None


def spares(text: str) -> list[tuple[str, skia.Typeface]]:
    """Named faces to fall back on: our others, then those of this machine that the text needs."""
    found: dict[str, skia.Typeface] = {"sans": typeface("sans"), "title": typeface("title")}
    region = _region(text)
    for script, chars in _by_script(text).items():
        for font in _covering(script, "".join(sorted(chars)), region):
            found.setdefault(f"system {font.getFamilyName()}", font)
    return list(found.items())


def right_to_left(line: str) -> bool:
    """Whether a line is read from the right: its first letter of any direction says so (UAX 9, rule P2)."""
    kinds = (unicodedata.bidirectional(char) for char in line)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def script_of(char: str) -> str:
    """The script of a character by its Unicode name, such as ``ARABIC``; those that are written together in
    East Asia are ``CJK``; empty for marks of any script and for what has no name."""
    words = unicodedata.name(char, "").replace("-", " ").split()
    if not words or words[0] == "COMBINING":
        return ""
    if words[0] in _EASTERN:
        return "CJK"
    return "ARABIC" if "ARABIC" in words else words[0]


def _by_script(text: str) -> dict[str, set[str]]:
    """What of the text is drawn in faces of the machine, marks included, by script."""
    found: dict[str, set[str]] = {}
    for char in text:
        marks = unicodedata.category(char) in ("Mn", "Mc", "Me")
        if (marks or not formless(char)) and not ours(char) and (script := script_of(char)):
            found.setdefault(script, set()).add(char)
    return found


def _region(text: str) -> str:
    """Whose forms Chinese characters have in the text: beside kana Japan's, beside Hangul Korea's."""
    names = {script for c in text if (script := unicodedata.name(c, "").split(" ")[0]) in _REGIONS}
    return next((_REGIONS[name] for name in ("HIRAGANA", "KATAKANA", "HANGUL") if name in names), "SC")


@lru_cache(maxsize=256)
def _covering(script: str, chars: str, region: str) -> tuple[skia.Typeface, ...]:
    """Faces of this machine for the characters of one script: one that has all, else as few as can be."""
    chosen = [font for char in chars if (font := system(char)) is not None]
    if not chosen:
        return ()
    wanted = (f"Noto Sans {script.title()}", f"Noto Sans CJK {region}", f"Source Han Sans {region}")
    named = [font for name in wanted if (font := _family(name)) is not None]
    found: list[skia.Typeface] = []
    left = set(chars)
    for pool in (named, chosen, None):
        if not left:
            break
        for font in sorted(_families() if pool is None else pool, key=lambda f: -len(_has(f, chars))):
            had = _has(font, "".join(left))
            if had and (len(had) == len(left) or pool is None):
                found.append(font)
                left -= had
            if not left or len(found) == _MOST_FACES:
                break
    return tuple(found)


def _has(font: skia.Typeface, chars: str) -> set[str]:
    return {char for char in chars if font.unicharToGlyph(ord(char))}


def _family(name: str) -> skia.Typeface | None:
    found = _manager().matchFamilyStyle(name, skia.FontStyle())
    return found if found is not None and found.getFamilyName() == name else None


@lru_cache(maxsize=1)
def _families() -> tuple[skia.Typeface, ...]:
    """A regular face of every family of this machine, by name; sans before others."""
    names = sorted({_manager().getFamilyName(n) for n in range(_manager().countFamilies())})
    names.sort(key=lambda name: "Sans" not in name)
    return tuple(font for name in names if (font := _family(name)) is not None)
