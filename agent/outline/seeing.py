"""Whether an act can be seen in this story: by whom, with whom, with what, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action, Being
from .able import body_of, can_carry, can_do, is_handling, stays_put
from .borne import borne_by_many, is_borne
from .phrase import Phrase
from .roles import Parts
from .spots import PAST, SPACE, Spot
from .words import PREPOSITIONS

_ROLE = re.compile(r"\{(hero|other|third|thing|tool|gift)\}")
_OF_HANDS = re.compile(r"<(?:shake|teach|show|read|photograph|ask|share|steady)>|by the hand|how to")
"""Acts with somebody who has hands."""
_NEAR_STILL = frozenset(
    {Action.look, Action.talk, Action.sing, Action.hug, Action.listen, Action.reach, Action.wave, Action.sit,
     Action.kneel, Action.sleep, Action.dance, Action.laugh, Action.paint, Action.work, Action.cry,
     Action.dig}
)  # fmt: skip
"""What can be done to one that stays where it is."""
_NEAR_FIN = (_NEAR_STILL - {Action.dance, Action.sleep, Action.paint, Action.dig}) | {
    Action.give, Action.take, Action.pull, Action.push, Action.throw, Action.swim, Action.hide, Action.search,
    Action.dive, Action.fall, Action.jump,
}  # fmt: skip
_ONLY = {
    "open": "box chest letter parcel bottle book suitcase jar bag basket safe envelope treasure gift",
    "read": "letter book map newspaper scroll notebook envelope ticket books",
    "hang": "painting photograph map mirror clock coat hat umbrella shield scarf picture",
    "wave": "boat rowing raft ship sailing bus car cart plane rocket train bicycle submarine",
    "oil": "clock robot engine machine bicycle car radio bell",
    "play": "piano violin guitar drum drums flute trumpet harp cello accordion saxophone banjo organ",
    "water": "flower rose tree plant seed bush leaf cactus sprout tulip apple",
    "plant": "flower rose tree plant seed bush cactus sprout tulip apple",
    "bury": "bone treasure chest seed coin box ring key letter egg ash ashes doll ball jar nut bottle bird",
    "break": "clock cup bottle jar mirror plate bowl egg violin radio kite mask puppet",
}
"""Verbs that are said of the story's thing only where it is one of these."""
_MODERN = frozenset({"newspaper", "photograph", "typewriter", "camera", "magnifying glass", "notebook"})


@dataclass(frozen=True)
class Stage:
    """Where and when a shot is."""

    spot: Spot
    rough: bool
    """It rains, snows or storms."""
    era: str
    """When the story is, in the idea's own words."""
    home: bool
    """It is the first place of the story."""


def with_other(plain: str, action: Action, parts: Parts, tag: str, own: bool = False) -> bool:
    """Whether the other of the story can have the part in it that the act gives it.

    ``own``: the idea itself says it.
    """
    other = parts.roles.get("other")
    hauled = _HAULED.search(plain)
    if hauled and not own and (it := parts.roles.get(hauled[1])) is not None and it.being is Being.ghost:
        return False  # it hovers, and weighs nothing
    dressed = _DRESSED.match(plain)
    if dressed and not own and (it := parts.roles.get(dressed[1])) is not None and it.being not in _CLAD:
        return False
    if other is None or "{other}" not in plain:
        return tag not in {"beast", "people"}
    body = body_of(other)
    if (tag == "beast" and body == "hand") or (tag == "people" and body != "hand"):
        return False
    if plain.startswith("{other}"):
        hero = body_of(parts.roles["hero"])
        if hero != "hand" and "<take>" in plain:
            return False
        return not (_OF_HANDS.search(plain) and hero != "hand") and (own or _near(hero, action))
    if body != "hand" and not own and _OF_HANDS.search(plain):
        return False
    if plain.endswith(" for {other}") and action in _MADE_FOR:
        return True  # whoever it is for may be elsewhere
    if "with {other}" in plain and not can_do(other, action) and not (own and "{thing}" in plain):
        return False
    return _near(body, action)


_HAULED = re.compile(r"<(?:pull|lift|carry|push|drag)> \{(hero|other)\}")
_DRESSED = re.compile(r"\{(hero|other)\} <put> on ")
_CLAD = frozenset({None, Being.person})
"""Who is seen to put on a hat or a coat."""
_MADE_FOR = frozenset({Action.cook, Action.work, Action.write, Action.paint, Action.play})


def _near(body: str, action: Action) -> bool:
    return action in {"still": _NEAR_STILL, "fin": _NEAR_FIN}.get(body, frozenset(Action))


def things_fit(
    made: re.Match[str], action: Action, who: Phrase, parts: Parts, stage: Stage, own: bool
) -> bool:
    """Whether the story's own things that the act names can be seen, and be handled like that."""
    for found in _ROLE.finditer(made["rest"]):
        role = found[1]
        if role in {"hero", "other", "third"}:
            continue
        thing = parts.roles[role]
        if stays_put(thing) and not stage.home and not own and not is_borne(parts):
            return False
        body = role in parts.figures
        entry = lexicon.look_up(thing.noun, "thing")
        if entry is None and not body:
            return False
        before = made["rest"][: found.start()].split()
        direct = not any(word in PREPOSITIONS - {"up", "down"} for word in before)
        if (
            (is_handling(action, before[-1] if before else "") or action in _SHOWN)
            and direct
            and not (own and action in {Action.eat, Action.throw})
            and made["verb"] != "play"
            and (body or not (can_carry(who, thing) or borne_by_many(parts, made[0])))
        ):
            return False
        only = _ONLY.get(made["verb"])
        if only and not own and not (set((entry.kind if entry else thing.head).split()) & set(only.split())):
            return False
        if made["verb"] == "bury" and not can_carry(who, thing):
            return False
        light = entry is not None and entry.attributes.get("stature") in {"tiny", "small"}
        if light and made["verb"] == "push" and direct and not own:
            return False
        if entry and entry.attributes.get("stature") == "giant" and made["verb"] in _OF_SMALL:
            return False
    return True


_OF_SMALL = frozenset({"pull", "push", "wipe", "kick", "find", "examine", "burn", "search", "open", "water"})
"""Verbs that are not said of a tower or a ship."""
_SHOWN = frozenset({Action.point, Action.hide})


def prop_fits(prop: Phrase, parts: Parts, stage: Stage) -> bool:
    """Whether the act's own thing has a drawing, suits time and place, and is nothing of the story's."""
    entry = lexicon.look_up(prop.noun, "thing")
    if entry is None or (entry.kind in _MODERN and (stage.era or PAST.search(" ".join(parts.words)))):
        return False
    mine = {r: p for r, p in parts.roles.items() if r not in {"absent", "gift"}}
    own = {p.noun for p in mine.values()} | {p.head for p in mine.values()}
    kinds = {e.kind for n in own if (e := lexicon.look_up(n, "thing"))}
    if prop.noun in own or entry.kind in kinds:
        return False
    return not (
        stage.spot.kind in SPACE
        and entry.kind in {"fire", "candle", "flower", "umbrella", "apple"}
        and prop.noun != "flower"
    )
