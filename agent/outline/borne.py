"""What goes along through a story, whoever has it: a piano that several carry, a baby."""

from __future__ import annotations

import re

from ...storyboard import lexicon
from .phrase import Phrase
from .roles import Parts
from .words import base_verb

_BEARING = frozenset(
    {"carry", "bring", "take", "deliver", "push", "pull", "drag", "haul", "roll", "transport", "move",
     "tow", "heave", "lift", "smuggle"}
)  # fmt: skip
_BABES = frozenset({"baby", "newborn", "infant", "babe", "foundling"})
_OF_BABES = frozenset({"cry", "sleep", "laugh", "lie", "wake", "smile", "reach", "yawn", "giggle", "look"})
"""What a baby does itself."""
_NOT_TO_BABES = re.compile(
    r"by the hand|<(?:teach|shake|follow|fight|argue|chase|lead|race|shout|whisper|ask|tell|pull|push|accuse"
    r"|arrest|beg|wave|dance|bow|share|pay|run> ahead|walk> (?:with|home with)|run> .*with)|how to|<throw> \("
)
"""What nobody does with a baby."""


def is_borne(parts: Parts) -> bool:
    """Whether the idea says that its thing is brought along a way, however heavy it may be."""
    return "thing" not in parts.invented and bool(_BEARING & {base_verb(w.lower()) for w in parts.words})


def are_several(parts: Parts, plain: str) -> bool:
    """Whether more than one does what a pattern says: a group, or two named together."""
    return " and {" in plain or (parts.roles["hero"].name in parts.members and plain.startswith("{hero}"))


def borne_by_many(parts: Parts, plain: str) -> bool:
    """Whether several carry in a pattern what one alone could not: by its ends."""
    entry = lexicon.look_up(parts.roles["thing"].noun, "thing")
    light = entry is not None and entry.attributes.get("stature") != "giant"
    light = light and re.search(r"<(?:carry|lift|drag|haul|bring|take|transport)>", plain) is not None
    return light and is_borne(parts) and are_several(parts, plain)


def is_babe(phrase: Phrase | None) -> bool:
    """Whether it is a baby, who lies, cries, sleeps and laughs, and is carried."""
    return phrase is not None and phrase.sort == "person" and phrase.head.lower().split()[-1] in _BABES


def beyond_babes(plain: str, parts: Parts) -> bool:
    """Whether a pattern lets a baby do what none does, or others do to it what nobody does to one."""
    made = re.match(r"\{(\w+)\}(?: and \{(\w+)\})? <([\w-]+)>", plain)
    if made is None:
        return False
    doers = [r for r in (made[1], made[2]) if r]
    if any(is_babe(parts.roles.get(r)) for r in doers):
        return made[3] not in _OF_BABES or "(" in plain or plain.endswith(">")
    babes = [r for r in ("hero", "other", "third") if is_babe(parts.roles.get(r))]
    return any("{" + r + "}" in plain for r in babes) and bool(_NOT_TO_BABES.search(plain))


_ILL = frozenset({"wounded", "injured", "sick", "ill", "dying", "hurt", "feverish", "paralysed", "bedridden"})
_OF_THE_ILL = re.compile(
    r"<(?:lie|sleep|cry|reach|laugh|whisper|call|drink|eat|cough|hug|nuzzle|talk|tell|limp|sit|smile|give|sneeze)>"
)
"""What somebody who is ill does."""
_NOT_TO_THE_ILL = re.compile(
    r"<(?:dance|follow|throw|race|chase|fight|push|run> with|argue|shout|jump|lead)>"
    r"|> \{(?:other|third)\} up$|last steps with|by the hand"
)


def beyond_the_ill(plain: str, parts: Parts) -> bool:
    """Whether a pattern lets somebody who is ill run about, or others treat that one as if it were not."""
    ill = [r for r in ("other", "third") if r in parts.roles and _ILL & set(parts.roles[r].adjectives)]
    for role in ill:
        called = "{" + role + "}"
        if plain.startswith(called) and not _OF_THE_ILL.search(plain):
            return True
        if called in plain and _NOT_TO_THE_ILL.search(plain):
            return True
    return False
