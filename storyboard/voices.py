"""Voices: a language and a way of sounding for the narrator and for each character."""

from __future__ import annotations

import random
import re

from .lexicon.store import data
from .looks import BodyLook, Voice
from .vocabulary import Age, Being, Stature

PACE = 155
"""Words a minute of a calm narrator."""
_WOMEN = ("f2", "f3", "f1", "f4", "f5")
_MEN = ("m3", "m1", "m7", "m2", "m4", "m6", "m5", "m8")


def language_code(words: str) -> str:
    """The ISO 639 code of a language by code or name ("de", "de-AT", "German"); English if unknown."""
    plain = words.strip().lower().replace("_", "-")
    first = plain.split("-")[0]
    names: dict[str, str] = data("voices")["names"]
    code = names.get(first, first)
    return code if re.fullmatch(r"[a-z]{2,3}", code) else "en"


def spoken_language(code: str) -> str:
    """espeak-ng's voice code for a language; the code itself where the table has none."""
    return str(data("voices")["languages"].get(code, code))


def narrator_voice(code: str) -> Voice:
    """The narrator: the language's plain voice, kept apart from all characters."""
    return Voice(language=spoken_language(code), variant="", pitch=45, pace=PACE)


def voices(looks: list[BodyLook], code: str, seed: int) -> list[Voice]:
    """A voice for each look, no two the same: by sex, age, size and kind of being."""
    rng = random.Random(f"{seed}:voices")
    taken: set[tuple[str, int]] = set()
    heard = []
    for look in looks:
        low = look.presents == "man" or (look.presents == "person" and look.being is not Being.person)
        family = _MEN if low and look.age is not Age.child else _WOMEN
        pitch = {Age.child: 78, Age.youth: 60, Age.adult: 48, Age.elder: 36}[look.age]
        pitch += {"woman": 6, "man": -8}.get(look.presents, 0)
        if look.being is not Being.person:
            pitch += {Stature.tiny: 26, Stature.small: 14, Stature.large: -12, Stature.giant: -26}.get(
                look.stature, 0
            )
        pace = {Age.child: 165, Age.youth: 162, Age.adult: PACE, Age.elder: 142}[look.age]
        pace -= 12 * (look.stature is Stature.giant)
        options = [(v, max(2, min(98, pitch + off))) for off in (0, 9, -9, 18, -18, 27, -27) for v in family]
        free = [o for o in options if o not in taken] or [(family[0], rng.randint(2, 98))]
        variant, tone = free[0]
        taken.add((variant, tone))
        heard.append(Voice(language=spoken_language(code), variant=variant, pitch=tone, pace=pace))
    return heard
