"""Looks of people and animals in words: what of a body, its hair and its clothes a wish changes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...storyboard.lexicon import colour, describe
from ...storyboard.lexicon.store import data, phrases
from ...storyboard.looks import BodyLook
from ...storyboard.vocabulary import Age, Beard, Being, Build, Dress, HairStyle, Hat, Stature, Worn
from .cues import either

_OFF = (
    r"(?:without(?: a| an| the| any| his| her)?|no|lose|remove|take off|take away|drop|get rid "
    r"of|ditch|not wear(?:ing)?(?: a| an| the| any)?|don't want|doesn't wear|does not wear|never "
    r"wears?|shouldn't (?:wear|have)|should not (?:wear|have)|shave(?: off)?|delete|scrap|minus|"
    r"doesn't have|not have|leave out|leave off|no more|cut off|off with|hide|lay off)"
)
_YEARS = {10: Age.child, 25: Age.youth, 57: Age.adult, 200: Age.elder}
_TENS = {
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "four": 4,
    "three": 3,
}
_AGE_NUMBER = re.compile(
    rf"\b(?:(?:about|around|over|past|nearly|almost|at least|as|is|be|look(?:s|ing)?(?: like)?|"
    rf"aged?|of|a|an|into|to|maybe|more like) )?(?:(?P<n>\d{{1,3}})|(?P<w>{either(_TENS)}))(?:[ "
    rf"-]?(?:something|ish|odd|s))?(?:[ -](?:years?)(?:[ -]old)?| year-old| at least| or so| or "
    rf"older| plus)?(?![\w%:-])(?! (?:seconds?|minutes?|shots?|scenes?|times?|percent))"
)
_DECADE = re.compile(
    r"\bin (?:(?:his|her|their)|@b\d+ 's) (?:(?:early|mid|late)[ -])?(?P<d>twenties|thirties|"
    r"forties|fifties|sixties|seventies|eighties|nineties|teens|20s|30s|40s|50s|60s|70s|80s|90s)"
    r"\b"
)
_DECADES = {
    "teens": 15,
    "twenties": 22,
    "20s": 22,
    "thirties": 35,
    "30s": 35,
    "forties": 45,
    "40s": 45,
    "fifties": 55,
    "50s": 55,
    "sixties": 65,
    "60s": 65,
    "seventies": 75,
    "70s": 75,
    "eighties": 85,
    "80s": 85,
    "nineties": 95,
    "90s": 95,
}
_SIZES = (
    (
        (
            r"\b(?:much |a lot |far |way )?(?:bigger|larger|taller|huger|too small|too short|too little|"
            r"not so small|grow)\b"
        ),
        1,
    ),
    (
        (
            r"\b(?:much |a lot |far |way )?(?:smaller|littler|tinier|too big|too large|too tall|not so "
            r"(?:big|large|tall)|shrink)\b"
        ),
        -1,
    ),
)
_BUILDS = (
    (
        (
            r"\b(?:fatter|plumper|heavier|stouter|rounder|chubbier|stronger|sturdier|broader|more "
            r"muscular|bulkier|too thin|too skinny|not so thin|bigger-boned|burlier|stockier)\b"
        ),
        Build.sturdy,
    ),
    (
        (
            r"\b(?:thinner|slimmer|skinnier|leaner|too fat|too heavy|not so (?:fat|round|big)|less "
            r"(?:fat|round)|weaker|frailer|more slender|scrawnier|lankier)\b"
        ),
        Build.slight,
    ),
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
    rest = _aged(rest, look, found, said)
    rest = _sized(rest, look, found, said, person)
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


def _aged(text: str, look: BodyLook, found: dict[str, Any], said: list[str]) -> str:
    order = list(Age)
    at = order.index(look.age)
    older = re.search(
        (
            r"\b(?:(?:much|a lot|far|way|quite a bit|a good deal) )?(?:older|too young|more aged|age "
            r"(?:him|her|them|@b\d+)|not so young|less young|more elderly)\b"
        ),
        text,
    )
    younger = re.search(
        (
            r"\b(?:(?:much|a lot|far|way|quite a bit|a good deal) )?(?:younger|too old|not so old|less "
            r"old|more youthful)\b"
        ),
        text,
    )
    years = None
    match: re.Match[str] | None = None
    if match := _DECADE.search(text):
        years = _DECADES[match["d"]]
    elif (match := _AGE_NUMBER.search(text)) and (match["n"] or match["w"]):
        bare = match[0].strip() in (match["n"], match["w"])
        number = int(match["n"]) if match["n"] else _TENS[match["w"]]
        if not bare or re.search(r"\b(?:age|old|years?|aged)\b", text) or number >= 20:
            years = number
        else:
            match = None
    if years is not None and match is not None and years <= 130:
        found["age"] = next(
            age
            for limit, age in ((12, Age.child), (25, Age.youth), (57, Age.adult), (999, Age.elder))
            if years <= limit
        )
        said.append(f"about {years} years old")
        return text.replace(match[0], " · ", 1)
    if older or younger:
        hit = older or younger
        assert hit is not None
        step = 2 if re.match(r"(?:much|a lot|far|way)", hit[0]) else 1
        to = at + step if older else at - step
        found["age"] = order[max(0, min(len(order) - 1, to))]
        said.append(hit[0].replace("too ", "not so "))
        return text.replace(hit[0], " · ", 1)
    return text


def _sized(text: str, look: BodyLook, found: dict[str, Any], said: list[str], person: bool) -> str:
    order = list(Stature)
    for pattern, step in _SIZES:
        if (hit := re.search(pattern, text)) and not re.search(
            r"\b(?:coat|hat|beard|hair|eyes|dress|scarf)\b", text
        ):
            far = 2 if re.match(r"(?:much|a lot|far|way)", hit[0]) else 1
            to = order.index(look.stature) + step * far
            found["stature"] = order[max(0, min(len(order) - 1, to))]
            said.append(hit[0])
            text = text.replace(hit[0], " · ", 1)
    if (
        person
        and (hit := re.search(r"(?<!hair )\bshorter\b", text))
        and not re.search(r"\b(?:hair|beard|coat|dress|skirt|sleeves|braid|ponytail)\b", text)
    ):
        found["stature"] = order[max(0, order.index(look.stature) - 1)]
        said.append("shorter")
        text = text.replace(hit[0], " · ", 1)
    for pattern, build in _BUILDS:
        if hit := re.search(pattern, text):
            found["build"] = build
            said.append(hit[0])
            text = text.replace(hit[0], " · ", 1)
    if hit := re.search(
        (
            r"\b(?:hair|beard)(?: (?:should|could|must|to|be|is|much|a bit|a little))* (longer|shorter|"
            r"curlier|straighter)\b|\b(longer|shorter|curlier|straighter) (hair|beard)\b"
        ),
        text,
    ):
        way = hit[1] or hit[2]
        if "beard" in hit[0]:
            found["beard"] = Beard.full if way == "longer" else Beard.short
        else:
            found["hair"] = {
                "longer": HairStyle.long,
                "shorter": HairStyle.short,
                "curlier": HairStyle.curly,
                "straighter": HairStyle.bob,
            }[way]
        said.append(hit[0])
        text = text.replace(hit[0], " · ", 1)
    return text


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
