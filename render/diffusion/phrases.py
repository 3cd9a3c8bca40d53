"""Words for closed values, names of colours, and free words made fit for a prompt."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

FREE_MOST = 60
"""Words kept of one piece of a person's free words; the rest would push out the others."""
_MARKUP = re.compile(r"[<>|{}\[\]\\]+")
_PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of ``wording.json``: words by closed value, or colours by name."""
    found: dict[str, Any] = _tables()[name]
    return found


@cache
def _tables() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("wording.json").read_text("utf-8")
    tables: dict[str, Any] = json.loads(text)
    return tables


def said(value: StrEnum) -> str:
    """The words of a closed value; empty where there is nothing to be said of it."""
    words: str = table(type(value).__name__)[value.value]
    return words


@cache
def colour_name(colour: str, names: str = "colours") -> str:
    """The name nearest to ``#rrggbb`` in a table of colours (``colours``, ``hair``, ``skin``).

    Hair that is like no hair ("green") is named as any colour is.
    """
    given = _lab(colour)
    name, far = min(((n, _distance(given, _lab(c))) for n, c in table(names).items()), key=lambda t: t[1])
    if names == "hair" and far > 0.13:
        return colour_name(colour)
    return name


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return math.dist(one, other)


@cache
def _lab(colour: str) -> tuple[float, float, float]:
    """sRGB as Oklab (Ottosson 2020), in which distances are about as far as they look."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def folded(text: str, most: int = FREE_MOST) -> str:
    """A person's words on one line: at most ``most`` of them, no marks of tokenizers, no final full stop."""
    words = _MARKUP.sub(" ", text).split()
    return cut(" ".join(words), most).strip(" .,;:")


def cut(text: str, most: int) -> str:
    """The first words of a text, of about ``most`` tokens (see ``tokens``); never half a word."""
    kept: list[str] = []
    left = most
    for word in text.split():
        left -= tokens(word)
        if left < 0:
            break
        kept.append(word)
    whole = len(kept) == len(text.split())
    return " ".join(kept) if whole else " ".join(kept).rstrip(" .,;:-(")


def tokens(text: str) -> int:
    """About how many tokens a byte-pair tokenizer makes of a text; rather too many than too few."""
    return sum(-(-len(piece) // 8) if piece.isascii() else len(piece) for piece in _PIECE.findall(text))


def fullest(tell: Callable[[int], str], levels: int, most: int) -> str:
    """``tell(detail)`` with the most detail (``levels`` down to 0) that is of at most ``most`` tokens.

    What is too long even without detail is cut at the end, at a word.
    """
    text = ""
    for detail in range(levels, -1, -1):
        text = tell(detail)
        if tokens(text) <= most:
            return text
    return cut(text, most)


def joined(pieces: Iterable[str], between: str = ", ") -> str:
    """The pieces that say something, in order, each once."""
    return between.join(dict.fromkeys(piece for piece in pieces if piece))


def listed(pieces: Iterable[str]) -> str:
    """``a cap, a scarf and glasses``."""
    said_once = list(dict.fromkeys(piece for piece in pieces if piece))
    return " and ".join(filter(None, [", ".join(said_once[:-1]), *said_once[-1:]]))


def with_article(phrase: str) -> str:
    """``an old man``, ``a fox``; empty for nothing."""
    return f"{'an' if phrase[0].lower() in 'aeiou' else 'a'} {phrase}" if phrase else ""


def coloured(phrase: str, colour: str) -> str:
    """``a coat`` in ``yellow`` is ``a yellow coat``; ``overalls`` are ``yellow overalls``."""
    if not phrase:
        return ""
    first, _, rest = phrase.partition(" ")
    return with_article(f"{colour} {rest}") if first in ("a", "an") else f"{colour} {phrase}"


def sentence(text: str) -> str:
    """With a capital and a full stop; empty for nothing."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""
