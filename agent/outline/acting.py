"""What a shot shows: one visible act, possible for that body in that place, and no other shot's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping

from ...storyboard.vocabulary import Action
from .able import body_of
from .act import (
    AT_LAST,
    MUTUAL,
    PATTERN,
    PROP,
    ROLE,
    TAG,
    WHILE_LOST,
    Act,
    Played,
    action_of,
    aim_of,
    target_of,
)
from .bank import bank, word_set
from .borne import is_borne
from .company import phrase_of
from .lore import trade_words
from .performing import act_of
from .phrase import Phrase
from .roles import Parts
from .seeing import Stage
from .telling import Teller
from .troubles import troubled
from .turning import by_whom_it_is

DEED_MORE = 2
"""Shots more than others that the action of the idea's own verb may have."""


def choose_act(
    slot: str, parts: Parts, teller: Teller, stage: Stage, played: Played, rng: random.Random
) -> Act | None:
    """The act of this slot: the idea's own, else one of the story's shape, else one that anybody does.

    None where nothing that this body could do here is left; then the place itself is seen. Afterwards
    ``played`` knows the act.
    """
    for strictness in (2, 1, 0):
        for pool in _pools(slot, parts, played):
            own = pool is played.own.get(slot)
            ours = own or any(pool is p for pools in played.steps.values() for p in pools)
            if not own:
                pool = troubled(pool, "sea" if stage.spot.boat else stage.spot.kind)
                pool = [p for p in pool if not (strictness and _misplaced(p, parts, played, ours))]
            offered = _there_by_then(pool, slot, played, own)
            ordered = offered if own else rng.sample(offered, len(offered))
            acts = [a for p in ordered if (a := act_of(p, parts, teller, stage, played, own)) is not None]
            good = [a for a in acts if _fits(a, played, 1 if own and strictness == 2 else strictness)]
            if not own and strictness:
                good = _apart_from_others(good, slot, parts, played, ours)
            if slot not in AT_LAST:
                good = [a for a in good if (a.roles[0], a.action) not in played.unable]
            if good:
                act = good[0] if own else min(good, key=lambda a: _rank(a, slot, parts, played))
                played.note(act)
                played.foreign += _is_foreign(act, parts) and not ours
                return act
    return None


def _there_by_then(pool: list[str], slot: str, played: Played, own: bool) -> list[str]:
    """The patterns of a pool that have to do only with whom and what the story has met by then."""
    pool = by_whom_it_is(pool, slot, played.turning, own)
    if played.unmade:
        pool = [p for p in pool if "{thing}" not in p or slot not in {"habit", "lack"}]
        pool = [p for p in pool if "<practise>" not in p and "<break>" not in p]
    if own:
        return pool
    elsewhere = played.awaited and slot in WHILE_LOST | {"habit", "lack", "spark"}
    if elsewhere or (played.lost and slot in WHILE_LOST):
        pool = [p for p in pool if "{thing}" not in p]
    if played.vanished and slot in WHILE_LOST:
        pool = [p for p in pool if "{other}" not in p or "for {other}" in p]
    if "third" in played.far and slot in {"after", "close"}:
        pool = [p.replace("{other}", "{third}") for p in pool]
    if played.far and slot not in AT_LAST:
        pool = [p for p in pool if not any("{" + role + "}" in p for role in played.far)]
    return pool


def _apart_from_others(acts: list[Act], slot: str, parts: Parts, played: Played, ours: bool) -> list[Act]:
    """Those that make a new picture, leave other shots their own acts, and bring few things of their own."""
    reserved = _reserved(slot, parts, played)
    good = [a for a in acts if a.picture not in played.pictures]
    good = [a for a in good if (a.action, aim_of(a.target, a.action, a.roles, parts.roles)) not in reserved]
    if not ours and played.foreign >= played.most_foreign:
        good = [a for a in good if not _is_foreign(a, parts)]
    if slot == "close" and _is_met(parts, played):
        good = [a for a in good if {"other", "third"} & set(a.roles)]
    return good


_KIND = re.compile(
    r"<(?:hug|nuzzle|kiss|dance|feed|pet|share|lick|stroke|sleep|give|bring|whisper|sing|laugh|eat|drink|sit"
    r"|lie|promise|forgive|teach|follow|shake|wave|light|raise|read|play|lead|clap|hold|carry|steady|pour|wrap|curl"
    r"|run> (?:home with|to|around)|walk> home with|wipe|throw> \(a ball|help|touch|talk|call)"
)
"""What is done for and with a friend."""
_LOCKS = re.compile(r"locked|<unlock>|<lock>")
_OF_LOCKS = frozenset(
    {"door", "lock", "locked", "key", "escape", "escapes", "prison", "gate", "safe", "chest"}
)


def _is_met(parts: Parts, played: Played) -> bool:
    """Whether the idea names somebody who is there in the end: then the last shot is of both."""
    other = "other" in parts.roles and "other" not in parts.invented
    return (
        other
        and not played.turning
        and not (played.foe or played.still or played.vanished)
        and not parts.roles["other"].gone
    )


def _is_foreign(act: Act, parts: Parts) -> bool:
    """Whether a thing has to do with the act that the idea does not name."""
    return bool(act.props) or bool(
        {"thing", "gift", "tool"} & set(act.roles) - (set() if "thing" in parts.invented else {"thing"})
    )


def _reserved(slot: str, parts: Parts, played: Played) -> set[tuple[Action, str]]:
    """What the idea's own acts of other shots are seen as: left to them."""
    keys = set()
    for pattern in (p for where, pool in played.own.items() if where != slot for p in pool):
        made = PATTERN.match(TAG.sub("", pattern))
        action = action_of(made["verb"], made["rest"]) if made else None
        if made and action is not None and ROLE.search(made["rest"]):
            props = tuple(phrase_of(w, "thing") for w in PROP.findall(made["rest"]))
            named = ROLE.findall(pattern)
            keys.add((action, aim_of(target_of(made["rest"], props, action), action, named, parts.roles)))
    return keys


def _misplaced(pattern: str, parts: Parts, played: Played, ours: bool) -> bool:
    """Whether an act of the bank's own has no reason in this story: kindness to an enemy, a lock in a story
    that tells of none."""
    if played.still and pattern.startswith("{other}"):
        return True
    if played.foe and "{other}" in pattern and _KIND.search(pattern):
        return True
    if ours:
        return False
    return bool(_LOCKS.search(pattern)) and not _OF_LOCKS & {w.lower() for w in parts.words}


def _rank(act: Act, slot: str, parts: Parts, played: Played) -> tuple[bool, int, int, bool]:
    """Least for the best: the idea's own thing while it was seldom seen, somebody else in the end, and an
    action not yet seen."""
    ends = slot in {"after", "close"} and "other" in parts.roles
    named = "other" in parts.roles and "other" not in parts.invented and not played.foe
    with_whom = set(played.far) or ({"other", "third"} if named else {"other", "third", "thing", "gift"})
    alone = ends and not with_whom & set(act.roles)
    seldom = played.things < _THING_SHOTS or (ends and not named and "thing" in parts.figures)
    seldom = seldom or (slot == "close" and not named and is_borne(parts))
    wanted = "thing" in act.roles and "thing" not in parts.invented and seldom
    far = 2 if alone else int(ends and act.action in _APART)
    return not wanted, far, played.counts[act.action], act.action is played.last


_APART = frozenset({Action.wave, Action.laugh, Action.sing})
"""Acts in which two only stand there: in the end they do what joins them, where they can."""


_THING_SHOTS = 3
"""Shots in which the idea's own thing is to be handled, where it can be."""
_A_WHILE = 12
"""Shots after which a very long film may show an act again."""


_ARTICLES = re.compile(r"\b(?:an?|the) ", re.I)


def _fits(act: Act, played: Played, strictness: int) -> bool:
    """Whether the act is new to the film: quite (2), to whom it is done (1), or for a while (0)."""
    if act.action is Action.look and played.counts[Action.look] >= played.most:
        return False
    if strictness == 0:  # "drinks from a bowl" is "drinks from the bowl"
        return _ARTICLES.sub("", act.sentence) not in {
            _ARTICLES.sub("", s) for s in played.sentences[-_A_WHILE:]
        }
    if MUTUAL.search(act.sentence) and (act.action, frozenset(act.roles)) in played.together:
        return False
    most = played.most + (DEED_MORE if act.action is played.deed else 0)
    crowded = strictness == 2 and played.counts[act.action] >= most
    return act.key not in played.keys and not crowded and act.sentence not in played.sentences


def _pools(slot: str, parts: Parts, played: Played) -> Iterable[list[str]]:
    acts = bank("acts")
    name = "more" if slot.startswith("more") else slot
    hero = parts.roles["hero"]
    body = body_of(hero)
    if slot in played.own:
        yield played.own[slot]
    yield from played.steps.get(name, ())
    yield from played.steps.get(_LIKE_STEP.get(name, ""), ())
    working = name == "habit" or (name == "lack" and parts.shape in _AT_WORK)
    if body == "hand" and (working or (name == "deed" and _trade(hero) in _ON_STAGE)):
        yield trade_acts(hero)
    if name in acts["shapes"][parts.shape]:
        yield acts["shapes"][parts.shape][name]
    yield acts["shared"][body].get(name, [])
    yield acts["shared"][body]["more"]
    yield from acts["shared"][body].values()


_LIKE_STEP = {"habit": "lack", "answer": "try", "vow": "try", "fall": "block"}
"""Slots of a film -> the step of a deed that stands in where its kind has none for the slot itself."""
_AT_WORK = frozenset({"message", "pursuit", "journey"})
"""Shapes in which nothing is missing until something comes: the hero is at work."""
_ON_STAGE = word_set("on_stage")
"""Trades whose work is the great moment of their story."""


def _trade(hero: Phrase) -> str:
    """The bank's word for the hero's trade, or ""."""
    words = trade_words(hero)
    found = next((k for k, own in bank("trades").items() if own is words), "") if words else ""
    known = bank("acts")["trades"]
    names = (found, found.rpartition(" ")[2], hero.noun.lower(), hero.head.lower().rpartition(" ")[2])
    return next((n for n in names if n in known), "")


def trade_acts(hero: Phrase) -> list[str]:
    """Patterns of what somebody's trade is seen by, with "{hero}" as who does it."""
    trades: Mapping[str, list[str]] = bank("acts")["trades"]
    return list(trades.get(_trade(hero), []))


def trade_acts_of(word: str) -> list[str]:
    """The same for the trade that one word names; empty where it names none."""
    return trade_acts(Phrase(noun=word, head=word, determiner="a", sort="person"))
