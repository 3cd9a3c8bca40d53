"""Age, size and build in words: what of a body a wish changes."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.lexicon.describing import TENS
from ...storyboard.looks import BodyLook
from ...storyboard.vocabulary import Age, Beard, Build, HairStyle, Stature
from .cues import NUMBER, either

_YEARS = {10: Age.child, 25: Age.youth, 57: Age.adult, 200: Age.elder}


_NUMBERS = {
    **TENS,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
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
    rf"aged?|of|a|an|into|to|maybe|more like) )?(?:(?P<n>\d{{1,3}})|(?P<w>{either(_NUMBERS)}))(?:[ "
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


def aged(text: str, look: BodyLook, found: dict[str, Any], said: list[str]) -> str:
    text = re.sub(rf" (?:by )?(?:about |some )?{NUMBER} years(?= (?:older|younger)\b|$)", "", text)
    text = re.sub(rf"\b{NUMBER} years (?=older\b|younger\b)", "", text)
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
        number = int(match["n"]) if match["n"] else _NUMBERS[match["w"]]
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


def sized(text: str, look: BodyLook, found: dict[str, Any], said: list[str], person: bool) -> str:
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
        r"\b(hair|beard) (?:is |looks )?(?:much |far |a bit )?(too (?:long|short|curly))\b", text
    ):
        if hit[1] == "beard":
            found["beard"] = Beard.short if hit[2] == "too long" else Beard.full
        else:
            found["hair"] = HairStyle.long if hit[2] == "too short" else HairStyle.short
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
