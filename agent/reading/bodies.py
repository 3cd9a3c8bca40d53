"""Looks of people and animals in words: what of a body, its hair and its clothes a wish changes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...storyboard.lexicon import colour, describe
from ...storyboard.lexicon.store import data, phrases
from ...storyboard.looks import BodyLook
from ...storyboard.vocabulary import Beard, Being, Dress, HairStyle, Hat, Worn
from .ages import aged, sized
from .cues import either

_OFF = (
    r"(?:without(?: a| an| the| any| his| her)?|no|lose|remove|take off|take away|drop|get rid "
    r"of|ditch|not wear(?:ing)?(?: a| an| the| any)?|don't want|doesn't wear|does not wear|never "
    r"wears?|shouldn't (?:wear|have)|should not (?:wear|have)|shave(?: off)?|delete|scrap|minus|"
    r"doesn't have|not have|leave out|leave off|no more|cut off|off with|hide|lay off)"
)
_COLOURED = {
    "hair": "hair_colour",
    "beard": "hair_colour",
    "moustache": "hair_colour",
    "eyes": "eye_colour",
    "eye": "eye_colour",
    "curls": "hair_colour",
    "braid": "hair_colour",
    "braids": "hair_colour",
    "ponytail": "hair_colour",
    "bun": "hair_colour",
}


@cache
def parts() -> dict[str, tuple[str, str]]:
    """Words for clothes and parts of a body -> (kind, value): ``("hat", "cap")``, ``("worn", "scarf")``."""
    found: dict[str, tuple[str, str]] = {}
    for section, kind in (("garments", "dress"), ("hats", "hat"), ("worn", "worn")):
        for phrase, value in phrases("appearance", section).items():
            found.setdefault(phrase, (kind, value))
    for word in ("beard", "moustache", "mustache", "stubble", "goatee", "whiskers"):
        found[word] = (
            "beard",
            "moustache"
            if word.startswith(("mou", "mus"))
            else "full"
            if word in ("beard", "whiskers")
            else "short",
        )
    for word in ("hair", "curls", "braid", "braids", "ponytail", "bun", "fringe", "locks"):
        found[word] = ("hair", word)
    for word in (
        "eyes",
        "skin",
        "sleeves",
        "clothes",
        "clothing",
        "outfit",
        "dress colour",
        "costume",
        "garment",
    ):
        found[word] = ("part", word)
    return found


PART = re.compile(rf"(?<![\w@-])({either(parts())})(?:s)?(?![\w-])")
"""A word for something worn, or of a body."""


def changes(text: str, look: BodyLook) -> tuple[dict[str, Any], list[str]]:
    """The fields of a look that the words change, and the words for each, to be told."""
    found: dict[str, Any] = {}
    said: list[str] = []
    text = re.sub(r"\bdress (@b\d+|@i\d+) (?:all )?in\b", r"\1 dressed in", text)
    person = look.being is Being.person
    rest = _taken_off(text, look, found, said)
    rest = aged(rest, look, found, said)
    rest = sized(rest, look, found, said, person)
    rest = _shaded(rest, look, found, said, person)
    _coloured(rest, look, found, said, person)
    _described(rest, look, found, said, person)
    return {k: v for k, v in found.items() if getattr(look, k) != v}, said


def names_a_part(text: str) -> bool:
    """Whether something worn or of a body is named."""
    return PART.search(text) is not None


def _taken_off(text: str, look: BodyLook, found: dict[str, Any], said: list[str]) -> str:
    pattern = re.compile(
        rf"\b{_OFF} (?:(?:the|his|her|its|their|that|this|a|an|any|all|@b\d+|'s|silly|ugly|big|old|"
        rf"more) )*(?P<part>{either(parts())})\b|\b(?:take|get) (?:the |that |his |her |@b\d+ 's |"
        rf"@b\d+ )*(?P<part2>{either(parts())}) (?:off|away)\b|(?P<part3>{either(parts())}) (?:has "
        rf"to|must|should|can) (?:go|come off)\b|\b(?:clean-shaven|clean shaven|beardless|"
        rf"(?P<bare>bareheaded|bare-headed|hatless))\b"
    )
    rest = text
    for match in pattern.finditer(text):
        name = match["part"] or match["part2"] or match["part3"]
        kind, value = parts()[name] if name else (("hat", "") if match["bare"] else ("beard", ""))
        if kind == "hat":
            found["hat"] = Hat.none
        elif kind == "beard":
            found["beard"] = Beard.none
        elif kind == "worn":
            found["worn"] = tuple(w for w in found.get("worn", look.worn) if w != value)
        elif kind == "hair" and value == "hair":
            found["hair"] = HairStyle.bald
        elif kind == "dress" and value in (look.dress, "shirt") and not match[0].startswith("instead"):
            found["dress"] = Dress.shirt
        else:
            continue
        said.append(f"without {name or match[0]}")
        rest = rest.replace(match[0], " · ", 1)
    return rest


def _shaded(text: str, look: BodyLook, found: dict[str, Any], said: list[str], person: bool) -> str:
    """Darker or lighter: of the part that is named, else of an animal's coat."""
    hit = re.search(r"\b(?:much |a lot |a bit |a little |far )?(darker|lighter|paler|brighter)\b", text)
    if hit is None:
        return text
    part = PART.search(text)
    field = _field(*parts()[part[1]], part[1], person) if part else None if person else "coat_colour"
    if field is None:
        return text
    amount = 60 if hit[0].startswith(("much", "a lot", "far")) else 30
    found[field] = shade(getattr(look, field), -amount if hit[1] == "darker" else amount)
    said.append(f"{part[1] + ' ' if part else ''}{hit[1]}")
    return text.replace(hit[0], " · ", 1)


def shade(value: str, percent: int) -> str:
    """A colour mixed with black (below 0) or white by so many percent."""
    to = 255 if percent > 0 else 0
    parts_of = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (to - p) * abs(percent) / 100):02x}" for p in parts_of)


def _field(kind: str, value: str, name: str, person: bool) -> str | None:
    if kind == "dress":
        return "dress_colour" if person or name not in data("appearance")["coverings"] else "coat_colour"
    if kind == "part":
        return {
            "eyes": "eye_colour",
            "clothes": "dress_colour",
            "clothing": "dress_colour",
            "outfit": "dress_colour",
            "costume": "dress_colour",
            "sleeves": "dress_colour",
            "garment": "dress_colour",
        }.get(name)
    return {"hat": "hat_colour", "worn": "trim_colour", "hair": "hair_colour", "beard": "hair_colour"}.get(
        kind
    )


def _coloured(text: str, look: BodyLook, found: dict[str, Any], said: list[str], person: bool) -> None:
    """Colours told after what has them: "her hair should be black", "make the coat red"."""
    pattern = re.compile(
        rf"(?<![\w@-])(?P<part>{either(parts())})s?(?: :)? (?:(?:should|must|could|can|would|has to|needs "
        rf"to|have to|to|be|is|are|become|becomes|turn|into|in|a|an|more|rather|nice|now|colour|"
        rf"bright|coloured|of|with|not) )*(?P<words>(?:[a-z-]+ ){{0,2}}[a-z-]+)"
    )
    for match in pattern.finditer(text):
        kind, value = parts()[match["part"]]
        words = match["words"]
        first = re.split(r"\b(?:and|with|but|in a|,|instead|not)\b", words)[0]
        tint = colour(first.replace("red", "auburn") if kind in ("hair", "beard") else first)
        if tint is None or _other_part(first, kind, value):
            continue
        field = _field(kind, value, match["part"], person)
        if field is None:
            continue
        found.setdefault(field, tint)
        if kind in ("dress", "hat") and person and getattr(look, kind) != value:
            found.setdefault(kind, Dress(value) if kind == "dress" else Hat(value))
        if kind == "worn" and value not in look.worn:
            found["worn"] = tuple(w for w in Worn if w in {*found.get("worn", look.worn), Worn(value)})
        said.append(f"{match['part']} {first.strip()}")


def _other_part(words: str, kind: str, value: str) -> bool:
    """Whether the colour belongs to something else that is named ("oilskin yellow" is still the coat's)."""
    other = PART.search(words)
    return other is not None and parts()[other[1]] != (kind, value)


def _described(text: str, look: BodyLook, found: dict[str, Any], said: list[str], person: bool) -> None:
    """What the lexicon reads out of a description: "a big grey beard", "in a ponytail", "an old man"."""
    plain = re.sub(r"@\w+|'s\b|·", " ", text)
    plain = re.sub(
        r"\b(?:not|instead of|rather than|no longer) (?:the |a |an |so |in )?(?:[a-z-]+ ){0,2}[a-z-]+",
        " ",
        plain,
    )
    plain = re.sub(
        (
            r"\b(?:should|must|could|would|make|give|let|have|has|wear|wears|wearing|put|change|turn|"
            r"into|to|be|is|want|them|him|her|he|she|it|also|too|please|really|very)\b"
        ),
        " ",
        plain,
    )
    plain = " ".join(plain.split())
    if not plain:
        return
    told = describe(plain, "person" if person else look.being)
    if person and re.search(
        (
            r"(?:\b(?:be|into|to|as|becomes?)|@[bi]\d+) (?:a|an) (?:[a-z-]+ ){0,3}?(?:woman|man|girl|boy|"
            r"lady|gentleman|female|male)\b(?! 's)"
        ),
        text,
    ):
        if told.get("presents") == "woman" and look.beard is not Beard.none and "beard" not in told:
            told["beard"] = Beard.none
    else:
        told.pop("presents", None)
    if not person:
        for field in ("hair", "hair_colour", "beard", "skin"):
            told.pop(field, None)
        if not names_a_part(plain):
            for field in ("dress", "dress_colour"):
                told.pop(field, None)
        if (
            colour(plain)
            and "coat_colour" not in told
            and not (
                {"dress_colour", "hat_colour", "trim_colour", "eye_colour"} & (told.keys() | found.keys())
            )
        ):
            told["coat_colour"] = colour(plain)
    if "age" in told and re.search(
        r"\bold (?:coat|hat|one|self|look|version|dress|colour|jacket|style)\b", text
    ):
        told.pop("age")
    if "stature" in told and re.search(
        (
            r"\b(?:big|large|great|huge|small|little|tiny|massive|enormous) (?:\w+ )?(?:beard|moustache|"
            r"hat|coat|scarf|eyes|bow|glasses|bag|boots|smile|medal|wings|backpack|belly|nose|ears|cap|"
            r"collar|hair)\b"
        ),
        text,
    ):
        told.pop("stature")
    if "worn" in told:
        told["worn"] = tuple(w for w in Worn if w in {*found.get("worn", look.worn), *told["worn"]})
    if "hair" in told and not re.search(
        (
            r"\b(?:hair|haired|bald|hairless|balding|shaved|shaven|crew|bob|bobbed|curls|curly|afro|bun|"
            r"chignon|topknot|braids?|plaits?|braided|pigtails?|pony ?tail|pony-tail|mohawk|dreadlocks|"
            r"ringlets|cornrows|hairdo|haircut|locks)\b"
        ),
        plain,
    ):
        told.pop("hair")
    for field, value in told.items():
        if field not in found:
            found[field] = value
            said.append(
                f"{field.replace('_', ' ')} {value if not isinstance(value, tuple) else ', '.join(value)}"
            )
