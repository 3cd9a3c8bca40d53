"""What a shot shows: one visible act, possible for that body in that place, and no other shot's."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action
from .able import body_of, can_carry, can_do, is_handling, place_lets, stays_put
from .bank import bank, word_set
from .lore import trade_words
from .phrase import Phrase
from .roles import Parts, phrase_of
from .spots import PAST, SPACE, Spot
from .telling import Missing, Teller

_TAG = re.compile(r"\s*@(\w+)$")
_PATTERN = re.compile(r"(?P<who>(?:\{\w+\}(?: and )?)+) <(?P<verb>[\w-]+)>\s*(?P<rest>.*)$")
_PROP = re.compile(r"\(([^()]+)\)")
_ROLE = re.compile(r"\{(hero|other|thing|tool|gift)\}")
_UNSEEN = frozenset({Action.think, Action.stand})
"""Actions that a picture cannot tell: an act of the outline is none of them."""
_OF_HANDS = re.compile(r"<(?:shake|teach|show|read|photograph|ask|share|steady)>|by the hand|how to")
"""Acts with somebody who has hands."""
_NEAR_STILL = frozenset(
    {Action.look, Action.talk, Action.sing, Action.hug, Action.listen, Action.reach, Action.wave, Action.sit,
     Action.kneel, Action.sleep, Action.dance, Action.laugh, Action.paint, Action.work, Action.cry,
     Action.dig}
)  # fmt: skip
"""What can be done to one that stays where it is."""
_NEAR_FIN = _NEAR_STILL | {
    Action.give, Action.take, Action.pull, Action.push, Action.throw, Action.swim, Action.hide, Action.search,
    Action.dive, Action.fall, Action.jump,
}  # fmt: skip
_MANUAL = frozenset(
    {"wipe", "ring", "write", "draw", "put", "confess", "pour", "wave", "pack", "knock", "plant"}
)
"""Verbs of hands whose action others do in other ways."""
_MOBILE = frozenset({"jump", "ask", "trip", "dance", "sleep", "climb"})
"""Verbs of those who move, whose action a thing that stays could also have."""
_BY_MOUTH = frozenset({"bring", "return", "fetch", "deliver"})
"""Ways to give that take no hands."""
_ONLY = {
    "open": "box chest letter parcel bottle book suitcase jar bag basket safe envelope treasure gift",
    "read": "letter book map newspaper scroll notebook envelope ticket books",
    "hang": "painting photograph map mirror clock coat hat umbrella shield scarf picture",
    "wave": "boat rowing raft ship sailing bus car cart plane rocket train bicycle submarine",
    "oil": "clock robot engine machine bicycle car radio bell",
    "water": "flower rose tree plant seed bush leaf cactus sprout tulip apple",
    "plant": "flower rose tree plant seed bush cactus sprout tulip apple",
    "break": "clock cup bottle jar mirror plate bowl egg violin radio kite mask puppet",
}
"""Verbs that are said of the story's thing only where it is one of these."""
_MODERN = frozenset({"newspaper", "photograph", "typewriter", "camera", "magnifying glass", "notebook"})
WHILE_LOST = frozenset({"answer", "vow", "try", "block", "fall", "low"})
"""Slots of a story in which what was lost is not found yet."""
SHOTS_A_LOOK = 5
"""Of so many shots one may be a look; and of so many each other action may come once."""


@dataclass(frozen=True)
class Act:
    """One act as it is seen."""

    sentence: str
    verb: str
    action: Action
    roles: tuple[str, ...]
    """Roles in the order in which they are named, the actor first."""
    props: tuple[Phrase, ...]
    """Things of the act's own, which no role of the story is."""
    target: str
    """The role, or the noun of the prop, that the act is done to; or ""."""
    key: tuple[Action, str]


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


@dataclass
class Played:
    """What the shots of one film have shown so far."""

    most: int
    """Shots that one action may have."""
    own: dict[str, list[str]] = field(default_factory=dict)
    """The idea's own acts, by slot."""
    lost: bool = False
    """The story's thing is lost, and in nobody's hand before it is found again."""
    keys: set[tuple[Action, str]] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    counts: Counter[Action] = field(default_factory=Counter)
    last: Action | None = None
    props: dict[str, Phrase] = field(default_factory=dict)

    def note(self, act: Act) -> None:
        """Remember that this was shown."""
        self.keys.add(act.key)
        self.sentences.append(act.sentence)
        self.counts[act.action] += 1
        self.last = act.action
        self.props |= {_called(p): p for p in act.props}


def _called(prop: Phrase) -> str:
    return f"{prop.noun}{prop.tail}"


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
            if played.lost and slot in WHILE_LOST and not own:
                pool = [p for p in pool if "{thing}" not in p]
            ordered = list(pool) if own else rng.sample(list(pool), len(pool))
            acts = [a for p in ordered if (a := _act(p, parts, teller, stage, played, own)) is not None]
            good = [a for a in acts if _fits(a, played, strictness)]
            if good:
                act = (
                    good[0]
                    if own
                    else min(good, key=lambda a: (played.counts[a.action], a.action is played.last))
                )
                played.note(act)
                return act
    return None


_A_WHILE = 12
"""Shots after which a very long film may show an act again."""


def _fits(act: Act, played: Played, strictness: int) -> bool:
    """Whether the act is new to the film: quite (2), to whom it is done (1), or for a while (0)."""
    if act.action is Action.look and played.counts[Action.look] >= played.most:
        return False
    if strictness == 0:
        return act.sentence not in played.sentences[-_A_WHILE:]
    crowded = strictness == 2 and played.counts[act.action] >= played.most
    return act.key not in played.keys and not crowded and act.sentence not in played.sentences


def _pools(slot: str, parts: Parts, played: Played) -> Iterable[list[str]]:
    acts = bank("acts")
    name = "more" if slot.startswith("more") else slot
    hero = parts.roles["hero"]
    body = body_of(hero)
    if slot in played.own:
        yield played.own[slot]
    working = name == "habit" or (name == "lack" and parts.shape in _AT_WORK)
    if body == "hand" and (working or (name == "deed" and _trade(hero) in _ON_STAGE)):
        yield _trade_acts(hero)
    if name in acts["shapes"][parts.shape]:
        yield acts["shapes"][parts.shape][name]
    yield acts["shared"][body].get(name, [])
    yield acts["shared"][body]["more"]
    yield from acts["shared"][body].values()


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


def _trade_acts(hero: Phrase) -> list[str]:
    trades: Mapping[str, list[str]] = bank("acts")["trades"]
    return list(trades.get(_trade(hero), []))


def _act(pattern: str, parts: Parts, teller: Teller, stage: Stage, played: Played, own: bool) -> Act | None:
    """The act that a pattern means in this story, or None where it cannot be seen here."""
    tag = found[1] if (found := _TAG.search(pattern)) else ""
    plain = _TAG.sub("", pattern)
    made = _PATTERN.match(plain)
    if made is None:
        return None
    named = [m[1] for m in _ROLE.finditer(plain)]
    roles = parts.roles
    if any(r not in roles for r in named):
        return None
    who = roles[_ROLE.findall(made["who"])[0]]
    body = body_of(who)
    if body != "hand":
        if (
            made["verb"] in _MANUAL
            or "ladder" in plain
            or (body == "still" and (made["verb"] in _MOBILE or _PROP.search(plain)))
        ):
            return None
        plain = plain.replace("<hug>", "<nuzzle>")
        made = _PATTERN.match(plain) or made
    action = action_of(made["verb"], made["rest"])
    if action is Action.give and body_of(who) != "hand" and made["verb"] not in _BY_MOUTH:
        return None
    if action is None or action in _UNSEEN or not (own or can_do(who, action)):
        return None
    if not (
        _with_other(plain, action, parts, tag) and place_lets(tag, stage.spot.kind, who, action, stage.rough)
    ):
        return None
    props = tuple(_prop(words, played) for words in _PROP.findall(plain))
    if not all(_prop_fits(p, parts, stage) for p in props) or not _things_fit(
        made, action, who, parts, stage, own
    ):
        return None
    if any(is_handling(action, "") and body_of(who) != "hand" and not can_carry(who, p) for p in props):
        return None
    shown = _PROP.sub(lambda m: _mention(_prop(m[1], played), played), plain)
    fork = teller.fork()
    fork.texts["in"] = stage.spot.where
    try:
        sentence, verb, _ = fork.show(shown)
    except Missing:
        return None
    phrasal = _phrasal(made["verb"], made["rest"], action)
    target = _target(made["rest"], props, action)
    aim = target if target in roles or not target else f"({target})"
    rest = re.sub(r"\{in\}|\W+", " ", _PROP.sub("", made["rest"])).strip()
    key = (action, f"{aim}" if aim else rest)
    return Act(sentence, phrasal or verb, action, tuple(dict.fromkeys(named)), props, target, key)


def action_of(verb: str, rest: str) -> Action | None:
    """The action that a verb means with what follows it in a pattern ("shake", "hands with {other}")."""
    after = re.split(r"[({]", rest)[0].strip()
    return lexicon.verb(f"{verb} {after}".strip()) or lexicon.verb(verb)


def _phrasal(verb: str, rest: str, action: Action) -> str:
    """The verb with the words after it that make it mean that action; "" where it means it alone."""
    if lexicon.verb(verb) is action:
        return ""
    words = re.split(r"[({]", rest)[0].split()
    tries = (" ".join((verb, *words[:n])) for n in range(1, len(words) + 1))
    return next((t for t in tries if lexicon.verb(t) is action), "")


def _with_other(plain: str, action: Action, parts: Parts, tag: str) -> bool:
    """Whether the other of the story can have the part in it that the act gives it."""
    other = parts.roles.get("other")
    if other is None or "{other}" not in plain:
        return tag not in {"beast", "people"}
    body = body_of(other)
    if (tag == "beast" and body == "hand") or (tag == "people" and body != "hand"):
        return False
    if plain.startswith("{other}"):
        hero = body_of(parts.roles["hero"])
        return not (_OF_HANDS.search(plain) and hero != "hand") and _near(hero, action)
    if body != "hand" and _OF_HANDS.search(plain):
        return False
    if "with {other}" in plain and not can_do(other, action):
        return False
    return _near(body, action)


def _near(body: str, action: Action) -> bool:
    return action in {"still": _NEAR_STILL, "fin": _NEAR_FIN}.get(body, frozenset(Action))


def _things_fit(
    made: re.Match[str], action: Action, who: Phrase, parts: Parts, stage: Stage, own: bool
) -> bool:
    """Whether the story's own things that the act names can be seen, and be handled like that."""
    for found in _ROLE.finditer(made["rest"]):
        role = found[1]
        if role in {"hero", "other"}:
            continue
        thing = parts.roles[role]
        if stays_put(thing) and not stage.home and not own:
            return False
        body = role in parts.figures
        entry = lexicon.look_up(thing.noun, "thing")
        if entry is None and not body:
            return False
        before = made["rest"][: found.start()].split()
        if (is_handling(action, before[-1] if before else "") or action in _SHOWN) and (
            body or not can_carry(who, thing)
        ):
            return False
        only = _ONLY.get(made["verb"])
        if only and not (set((entry.kind if entry else thing.head).split()) & set(only.split())):
            return False
        if made["verb"] == "bury" and not can_carry(who, thing):
            return False
        if entry and entry.attributes.get("stature") == "giant" and made["verb"] in _OF_SMALL:
            return False
    return True


_OF_SMALL = frozenset({"pull", "push", "wipe", "kick", "find", "examine", "burn", "search", "open", "water"})
"""Verbs that are not said of a tower or a ship."""
_SHOWN = frozenset({Action.point, Action.hide})


def _prop(words: str, played: Played) -> Phrase:
    made = phrase_of(words, "thing")
    return played.props.get(_called(made), made)


def _mention(prop: Phrase, played: Played) -> str:
    known = _called(prop) in played.props
    return f"the {_called(prop)}" if known else prop.first


def _prop_fits(prop: Phrase, parts: Parts, stage: Stage) -> bool:
    """Whether the act's own thing has a drawing, suits time and place, and is nothing of the story's."""
    entry = lexicon.look_up(prop.noun, "thing")
    if entry is None or (entry.kind in _MODERN and (stage.era or PAST.search(" ".join(parts.words)))):
        return False
    own = {p.noun for r, p in parts.roles.items() if r != "absent"} | {p.head for p in parts.roles.values()}
    kinds = {e.kind for n in own if (e := lexicon.look_up(n, "thing"))}
    if prop.noun in own or entry.kind in kinds:
        return False
    return not (
        stage.spot.kind in SPACE and entry.kind in {"fire", "candle", "flower"} and prop.noun != "flower"
    )


def _target(rest: str, props: tuple[Phrase, ...], action: Action) -> str:
    """What the act is done to: the thing that changes hands, else whoever or whatever is named first."""
    first = re.search(r"\{(hero|other|thing|tool|gift)\}|\(([^()]+)\)", rest)
    if first is None:
        return ""
    passes = action in {Action.give, Action.throw, Action.take, Action.hold}
    if props and (passes or first[2]):
        return _called(props[0])
    thing = re.search(r"\{(thing|tool|gift)\}", rest) if passes else None
    return thing[1] if thing else first[1] or _called(props[0])
