"""Which font has which character: the packaged ones first, then those of the machine."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import skia

from ..fonts import FILES, typeface

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
    for char in dict.fromkeys(text):
        if not ours(char) and not formless(char) and (font := system(char)) is not None:
            found.setdefault(f"system {font.getFamilyName()}", font)
    return list(found.items())
