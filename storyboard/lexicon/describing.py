"""Free words about looks, states, colours, light and feeling -> closed values."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ..looks import State
from ..vocabulary import (
    Age,
    Beard,
    Build,
    Dress,
    Expression,
    HairStyle,
    Hat,
    Hour,
    Mark,
    Mood,
    PlaceKind,
    Season,
    Stature,
    Weather,
    Worn,
)
from .nouns import look_up
from .store import data, phrases

_TYPES: dict[str, Any] = {"age": Age, "build": Build, "stature": Stature, "beard": Beard, "presents": str}
_NEGATIONS = ("no ", "without ", "without a ", "without any ", "not ", "never ")
_CLAD = re.compile(r"\b(?:dressed|clad|wearing|clothed) (?:all )?(?:in )?((?:[\w-]+ ?){1,2})")


def colour(word: str) -> str | None:
    """``#rrggbb`` of a colour in words ("dark blue", "jet-black"), or None."""
    table = data("colours")
    words = [
        part
        for whole in _plain(word).replace(" and ", " ").split()
        for part in ([whole] if whole in table else whole.split("-"))
    ]
    for size in (2, 1):
        for start in range(len(words) - size + 1):
            joined = "-".join(words[start : start + size])
            named = table.get(joined) or (table.get(joined.removesuffix("ish")) if size == 1 else None)
            if named:
                before = words[start - 1] if start else ""
                return _shaded(named, data("appearance")["modifiers"].get(before, 0))
    return None


def _shaded(value: str, percent: int) -> str:
    """The colour mixed with black (negative) or white by so many percent."""
    parts = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    to = 255 if percent > 0 else 0
    mixed = (round(p + (to - p) * abs(percent) / 100) for p in parts)
    return "#" + "".join(f"{m:02x}" for m in mixed)


def describe(words: str, being: str | None = "person") -> dict[str, Any]:
    """Changes of ``BodyLook`` that free words name: "an old woman with white hair in a yellow raincoat".

    Only what the words say is in the answer; values are of the types that ``BodyLook`` takes.
    """
    text = _plain(words)
    look: dict[str, Any] = {}
    person = being in (None, "person")
    for field, kind in _TYPES.items():
        if (person or field in ("age", "build", "stature")) and (hit := _first(text, field)):
            look[field] = kind(hit)
    if years := _years(text):
        look["age"] = years
    _hair(text, look, person)
    _skin(text, look, person)
    _dress(text, look, person)
    if not person:
        _coat(text, look)
    return look


_COUNTED = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        range(1, 13),
        strict=True,
    )
)
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
"""The tens of an age in words."""
_YEARS_OLD = re.compile(
    rf"\b(?:(?P<hundred>hundred)[ -](?:and )?)?(?:(?P<tens>{'|'.join(TENS)})[ -])?"
    r"(?P<last>\w+)[ -]years?[ -]old\b"
)


def _years(text: str) -> Age | None:
    """The age of somebody so many years old ("twelve years old", "a 40-year-old"), who is not old for it."""
    found = _YEARS_OLD.search(text)
    if not found:
        return None
    word = found["last"]
    teens = 15 if word.endswith("teen") else 0
    count = int(word[:4]) if word.isdecimal() else _COUNTED.get(word, TENS.get(word, teens))
    if not count:
        return None
    count += TENS.get(found["tens"], 0) + (100 if found["hundred"] else 0)
    if count < 22:
        return Age.child if count < 13 else Age.youth
    return Age.adult if count < 60 else Age.elder


def _hair(text: str, look: dict[str, Any], person: bool) -> None:
    if not person:
        return
    styles = phrases("appearance", "hair")
    near = re.search(r"((?:[\w'-]+,? (?:and )?){0,4})(?:hair|locks)\b((?: [\w'-]+){0,5})", text)
    if near:
        for span in (near[1], near[2]):
            hit = next((styles[p] for p in sorted(styles, key=len, reverse=True) if _has(span, p)), None)
            if hit:
                look["hair"] = HairStyle(hit)
        if found := colour(_last_words(near[1], 3).replace("red", "auburn")):
            look["hair_colour"] = found
    else:
        alone = [p for p in data("appearance")["hair_alone"] if _has(text, p) and not _denied(text, p)]
        if alone:
            look["hair"] = HairStyle(styles[max(alone, key=len)])
            if found := colour(_before(text, max(alone, key=len))):
                look["hair_colour"] = found
    beard = re.search(r"((?:[\w'-]+,? ){0,3})beard\b", text)
    if beard and look.get("beard") is Beard.full and re.search(r"\b(?:short|neat|trimmed|small)\b", beard[1]):
        look["beard"] = Beard.short
    beard = beard or re.search(r"((?:[\w'-]+,? ){0,3})(?:moustache|mustache)\b", text)
    if beard and "hair_colour" not in look and (found := colour(beard[1])):
        look["hair_colour"] = found
    for compound, _ in re.findall(r"\b([\w]+)-(haired|bearded)\b", text):
        if found := colour(compound):
            look["hair_colour"] = found
    if re.search(r"\b(?:red-?head|ginger)\b", text):
        look.setdefault("hair_colour", colour("ginger"))
    if re.search(r"\bblond(?:e)?\b", text):
        look.setdefault("hair_colour", colour("blonde"))


def _skin(text: str, look: dict[str, Any], person: bool) -> None:
    if person:
        skins = phrases("appearance", "skins")
        hits = [p for p in skins if _has(text, p)]
        if hits:
            look["skin"] = skins[max(hits, key=len)]
    eyes = re.search(r"((?:[\w'-]+ ){0,3})eyes\b", text) or re.search(r"\b(\w+)-eyed\b", text)
    if eyes and (found := colour(eyes[1])):
        look["eye_colour"] = found


def _dress(text: str, look: dict[str, Any], person: bool) -> None:
    taken = _garment(text, "hats", look, "hat", Hat, "hat_colour")
    coverings = () if person else data("appearance")["coverings"]
    rest = text.replace(taken, " ", 1) if taken else text
    garment = _longest(rest, "garments", skip=coverings)
    if garment:
        look["dress"] = Dress(phrases("appearance", "garments")[garment])
        if found := colour(_before(rest, garment)):
            look["dress_colour"] = found
    elif clad := _CLAD.search(text):
        look |= {"dress_colour": found} if (found := colour(clad[1])) else {}
    worn: list[Worn] = []
    wearables = phrases("appearance", "worn")
    for phrase in sorted(wearables, key=len, reverse=True):
        if _has(rest, phrase) and not _denied(rest, phrase) and phrase not in coverings:
            worn.append(Worn(wearables[phrase]))
            if wearables[phrase] in ("scarf", "cape", "collar", "necklace", "backpack", "gloves", "boots"):
                found = colour(_before(rest, phrase))
                if found and ("trim_colour" not in look or wearables[phrase] in ("scarf", "cape")):
                    look["trim_colour"] = found
    if worn:
        look["worn"] = tuple(dict.fromkeys(w for w in Worn if w in worn))
    if re.search(r"\b(?:hatless|bare-?headed|(?:without|no) (?:a |any )?hat)\b", text):
        look["hat"] = Hat.none


def _garment(text: str, section: str, look: dict[str, Any], field: str, kind: Any, tint: str) -> str | None:
    phrase = _longest(text, section)
    if phrase:
        look[field] = kind(phrases("appearance", section)[phrase])
        if found := colour(_before(text, phrase)):
            look[tint] = found
    return phrase


_PARTS = frozenset(
    {
        "patch", "patches", "spot", "spots", "stripe", "stripes", "star", "blaze", "mark", "marks", "scar",
        "ear", "ears", "eye", "eyes", "paw", "paws", "nose", "tail", "socks", "foot", "feet", "beak", "tip",
        "wing", "wings", "coat", "jacket", "hat", "cap", "scarf", "collar", "ribbon", "bow", "apron", "vest",
        "waistcoat",
    }
)  # fmt: skip
"""Parts of an animal and pieces of clothing: a colour before one of them is not that of the animal."""


def _coat(text: str, look: dict[str, Any]) -> None:
    """Fur, feathers, scales or metal: a colour before such a word, or one that belongs to nothing else."""
    dressed = re.search(r"\bin (?:a|an|his|her|its|their)\b[^,.;]*\bcoat\b", text)
    for covering in data("appearance")["coverings"]:
        if covering == "coat" and dressed:
            continue
        if _has(text, covering) and (found := colour(_last_words(_before(text, covering), 3))):
            look["coat_colour"] = found
            return
    used = {v for k, v in look.items() if k.endswith("_colour")}
    words = [w.strip(",.;:") for w in text.split()]
    for start in range(len(words)):
        if set(words[start + 1 : start + 3]) & _PARTS:
            continue  # "one white patch" is no white crow
        span = " ".join(text.split()[max(0, start - 1) : start + 1])
        word = text.split()[start].strip(",")
        last = word.rpartition("-")[2].removesuffix("ish")
        if word in data("colours") or last in data("colours"):
            found = colour(span)
            if found and found not in used and colour(word) not in used:
                look["coat_colour"] = found
                return


def state(words: str) -> State:
    """A state in free words ("wet", "with a red scarf", "lit") as a named, typed state.

    The name is the words as an id; ``words`` keeps them (at most 2,000 characters). Words the
    lexicon does not know still give a state, with nothing but its words.
    """
    text = _plain(words)
    look = describe(text, "person")
    table = phrases("appearance", "marks")
    marks = {Mark(table[p]) for p in table if _has(text, p) and not _denied(text, p)}
    if Mark.unlit in marks and _has(text, "out") and re.search(r"\b(?:stretched|worn|looking) out\b", text):
        marks.discard(Mark.unlit)
    if Mark.frozen in marks and re.search(r"\bfrozen (?:in|with) (?:fear|shock)\b", text):
        marks.discard(Mark.frozen)
    return State(
        name=state_id(words),
        words=words[:2000],
        marks=tuple(m for m in Mark if m in marks),
        worn=look.get("worn", ()),
        dress=look.get("dress"),
        dress_colour=look.get("dress_colour"),
        hat=look.get("hat"),
        age=look.get("age") if re.search(r"\b(?:old|young|child|elderly|aged)\b", text) else None,
    )


def state_id(words: str) -> str:
    """The id of a state named in free words; ``state`` and a scan of a treatment agree on it."""
    slug = re.sub(r"[^a-z0-9]+", "-", _plain(words)).strip("-")[:60].strip("-")
    if slug:
        return slug
    import hashlib

    return "state-" + hashlib.sha256(words.encode()).hexdigest()[:8]


def place(text: str) -> PlaceKind | None:
    """The kind of place that a name or description names, or None."""
    entry = look_up(text, "place")
    if entry:
        return PlaceKind(entry.kind)
    words = _plain(text).split()
    best: tuple[int, int] | None = None
    kind = None
    for start in range(len(words)):
        for stop in range(start + 1, min(start + 4, len(words)) + 1):
            found = (
                look_up(" ".join(words[start:stop]), "place")
                if words[start] not in data("words")["links"]
                else None
            )
            rank = (stop - start if found and found.lemma.count(" ") else 1, -start)
            if found and (best is None or rank > best):
                best, kind = rank, PlaceKind(found.kind)
    return kind


def hour(text: str) -> Hour | None:
    """The time of day that words name, or None."""
    hit = _named(text, "hours")
    return Hour(hit) if hit else None


def weather(text: str) -> Weather | None:
    """The weather that words name, or None."""
    hit = _named(text, "weathers")
    return Weather(hit) if hit else None


def season(text: str) -> Season | None:
    """The season that words name, or None."""
    hit = _named(text, "seasons")
    return Season(hit) if hit else None


def mood(text: str) -> Mood | None:
    """The feeling that words name, or None."""
    hit = _named(text, "moods")
    return Mood(hit) if hit else None


def expression(text: str) -> Expression | None:
    """The face that words name ("smiling", "nervously"), or None."""
    hit = _named(text, "expressions")
    return Expression(hit) if hit else None


@lru_cache(maxsize=4096)
def _named(text: str, section: str) -> str | None:
    """The value of the longest phrase of a section of ``words.json`` in the text; the first of equals."""
    plain = _plain(text)
    table = phrases("words", section)
    hits = [p for p in table if _has(plain, p) and not _denied(plain, p)]
    return table[max(hits, key=lambda p: (len(p), -plain.find(p)))] if hits else None


def _first(text: str, field: str) -> str | None:
    """The value of the longest phrase; a phrase that belongs to a thing ("old coat") does not count."""
    table = {p: v for v, listed in data("appearance")["values"][field].items() for p in listed}
    hits = [p for p in table if _has(text, p) and not _denied(text, p) and not _of_garment(text, p)]
    return table[max(hits, key=lambda p: (len(p), -text.find(p)))] if hits else None


def _of_garment(text: str, phrase: str) -> bool:
    """Whether the adjective describes clothes, hair or a thing carried, and not the body."""
    nouns = _clothes()
    if phrase.rsplit(maxsplit=1)[-1] in nouns:
        return False
    found = re.search(rf"\b{re.escape(phrase)}\b((?:,? [\w'-]+){{0,2}})", text)
    if not found:
        return False
    following = [w.strip(",") for w in found[1].split()]
    for word in following:
        if word in ("with", "in", "and", "who", "wearing"):
            return False
        if word in nouns:
            return True
    return False


@cache
def _clothes() -> frozenset[str]:
    words = {p for section in ("garments", "hats", "worn") for p in phrases("appearance", section)}
    parts = {
        "hair", "eyes", "beard", "moustache", "mustache", "fur", "ears", "tail", "nose", "hands", "smile",
        "teeth", "face", "feet", "legs", "arms", "heart", "mouth", "belly", "eyebrows", "wings", "paws",
        "beak", "claws", "horns", "antlers", "grin",
    }  # fmt: skip
    carried = {"stick", "bag", "lantern", "shoe", "shoes", "boot", "boots", "slippers", "buttons", "pockets"}
    return frozenset(words | parts | carried)


def _longest(text: str, section: str, skip: tuple[str, ...] | list[str] = ()) -> str | None:
    hits = [
        p for p in phrases("appearance", section) if _has(text, p) and not _denied(text, p) and p not in skip
    ]
    return max(hits, key=lambda p: (len(p), -text.find(p))) if hits else None


def _plain(text: str) -> str:
    lowered = text[:2000].lower().replace("’", "'")
    return " ".join(re.sub(r"[^\w\s',-]", " ", lowered).split())


def _has(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        stop = at + len(phrase)
        before = at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "-")
        after = stop == len(text) or not (text[stop].isalnum() or text[stop] == "-")
        if before and after:
            return True
        at = text.find(phrase, at + 1)
    return False


def _denied(text: str, phrase: str) -> bool:
    before = text[: text.find(phrase)]
    return before.endswith(_NEGATIONS)


def _before(text: str, phrase: str) -> str:
    """The up to three words before a phrase that belong to it."""
    found = re.search(rf"((?:[\w'-]+,? ){{0,3}}){re.escape(phrase)}(?![\w-])", text)
    if not found:
        return ""
    return re.split(r"\b(?:with|in|a|an|the|wearing|his|her|its)\b|,", found[1])[-1]


def _last_words(text: str, count: int) -> str:
    return " ".join(text.split()[-count:])
