"""What a shot shows: one visible act, possible for that body in that place, and no other shot's."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action, Being
from .able import FLIGHTLESS, HOOFED, TAILED, body_of, can_carry, can_do, is_handling, place_lets
from .bank import bank, word_set
from .borne import beyond_babes, beyond_the_ill, is_borne
from .company import phrase_of
from .doers import APART, PAIR, both, unlike_animals
from .likely import Picture, beds_down_outside, beyond_insects, beyond_strength, picture_of
from .lore import trade_words
from .phrase import Phrase
from .roles import Parts
from .seeing import Stage, prop_fits, things_fit, with_other
from .spots import PAST, SPACE, indoors
from .telling import Missing, Teller
from .troubles import can_get_up, gets_up, has_soil, troubled
from .turning import by_whom_it_is

_TAG = re.compile(r"\s*@(\w+)$")
_PATTERN = re.compile(r"(?P<who>(?:\{\w+\}(?: and )?)+) <(?P<verb>[\w-]+)>\s*(?P<rest>.*)$")
_PROP = re.compile(r"\(([^()]+)\)")
_ROLE = re.compile(r"\{(hero|other|third|thing|tool|gift)\}")
_UNSEEN = frozenset({Action.think, Action.stand})
"""Actions that a picture cannot tell: an act of the outline is none of them."""
_TREES = frozenset({"tree", "tree being"})
"""Who has a face in its trunk: arms laid round that would hide it."""
_MANUAL = frozenset(
    {
        "bandage",
        "feed",
        "pet",
        "wrap",
        "wipe",
        "ring",
        "write",
        "draw",
        "put",
        "confess",
        "pour",
        "wave",
        "pack",
        "knock",
        "plant",
    }
)
"""Verbs of hands whose action others do in other ways."""
_MOBILE = frozenset({"jump", "ask", "trip", "dance", "sleep", "climb"})
"""Verbs of those who move, whose action a thing that stays could also have."""
_LEGLESS = frozenset({"snowman", "ghost", "spirit"})
"""Upright without legs: nothing is climbed."""
_BODIES = frozenset({"hero", "other", "third"})
_OF_LEGS = frozenset({"jump", "walk", "run", "climb", "dance", "kneel", "trip", "fall", "stumble", "slip"})
_BY_ONE = frozenset({"paint", "saw", "kick", "pick"})
"""Done to one thing by one, while the others of several would stand by."""
_OF_MIND = frozenset({"dream", "remember", "miss", "imagine"})
"""What is seen in a cloud beside the head."""
_OF_SNOUTS = re.compile(
    r"^\{\w+\} <(?:sniff|nuzzle|lick|howl|whimper|bark|growl|peck|trot|curl> up beside)>?"
)
"""What somebody with hands does not do."""
_BY_MOUTH = frozenset({"bring", "return", "fetch", "deliver"})
"""Ways to give that take no hands."""
HANDLED = frozenset({Action.give, Action.throw, Action.take, Action.hold})
"""Acts by which a thing comes into a hand or leaves it."""
WHILE_LOST = frozenset({"answer", "vow", "try", "block", "fall", "low"})
"""Slots of a story in which what was lost is not found yet."""
_FOR_HANDS = frozenset(
    {
        "a hammer",
        "a plank",
        "a shovel",
        "a broom",
        "a candle",
        "a lantern",
        "a lamp",
        "a cup of tea",
        "a cup of coffee",
        "a newspaper",
        "a glove",
        "an umbrella",
        "a photograph",
        "a notebook",
        "a suitcase",
        "a cup",
        "a book",
        "a hat",
        "a coat",
        "a map",
        "a cake",
    }
)
"""Things of people, which a plain animal neither uses nor is given."""
_OF_ROOMS = re.compile(
    r"\b(?:door|wall|gate|fence|window|last steps|stairs|slope|stream on stones)\b|<clutch>|<rise> to"
)
"""What a body without hands neither opens, climbs nor clutches."""
_DRY = re.compile(r"blanket|flute|candle|fire|cup of|cake|book|<(?:sweep|read|write|light|drink)>")
"""What nobody does below the water."""
_UNDER_WATER = frozenset({"a stone", "a ring", "a shell", "a bottle", "a net", "a rope"})
"""Things that a fish has to do with."""
AT_LAST = frozenset({"deed", "after", "close"})
"""Slots of the end of a story, in which those are met who were far away."""
DEED_MORE = 2
"""Shots more than others that the action of the idea's own verb may have."""
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
    picture: Picture
    """What a viewer would take for the same picture: the act, who is in it, and where."""


@dataclass
class Played:
    """What the shots of one film have shown so far."""

    most: int
    """Shots that one action may have."""
    own: dict[str, list[str]] = field(default_factory=dict)
    """The idea's own acts, by slot."""
    far: frozenset[str] = frozenset()
    """Roles of those who are met when the way is done, and seen by nobody before."""
    unmade: bool = False
    """The story's thing is made in the spark, and is nowhere before."""
    steps: dict[str, list[list[str]]] = field(default_factory=dict)
    """The steps of the deed, by slot: one pool for each kind of deed."""
    foe: bool = False
    """The other is the enemy: nobody hugs it."""
    still: bool = False
    """The other is a thing that is loved, and does nothing itself."""
    foreign: int = 0
    """Shots with a thing that neither the idea nor its deed asks for."""
    most_foreign: int = 3
    deed: Action | None = None
    """What the idea's verb is seen as: it may come in more shots than other actions."""
    awaited: bool = False
    """The story's thing is given to the hero late, and is nowhere before."""
    lost: bool = False
    """The story's thing is lost, and in nobody's hand before it is found again."""
    keys: set[tuple[Action, str]] = field(default_factory=set)
    pictures: set[Picture] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    counts: Counter[Action] = field(default_factory=Counter)
    last: Action | None = None
    unable: frozenset[tuple[str, Action]] = frozenset()
    """What a role cannot do before the end: "a clown who cannot laugh"."""
    vanished: bool = False
    """The other was made to disappear, and is seen by nobody before it is found again."""
    turning: str = ""
    """The kind of story in which somebody turns into another (see ``turning.py``); "" for any other."""
    gave: bool = False
    """The hero has given the story's thing away."""
    changed: dict[tuple[str, str], str] = field(default_factory=dict)
    """The state of a role in a slot, where the story changes somebody: tiny, or without a hat."""
    together: set[tuple[Action, frozenset[str]]] = field(default_factory=set)
    """What two were seen doing together."""
    doing: dict[str, Action] = field(default_factory=dict)
    """What each role was last seen doing itself."""
    things: int = 0
    """Shots in which the story's thing was handled."""
    props: dict[str, Phrase] = field(default_factory=dict)

    def note(self, act: Act) -> None:
        """Remember that this was shown."""
        self.keys.add(act.key)
        self.pictures.add(act.picture)
        self.sentences.append(act.sentence)
        self.counts[act.action] += 1
        self.last = act.action
        if _MUTUAL.search(act.sentence):
            self.together.add((act.action, frozenset(act.roles)))
        if act.roles:
            self.doing[act.roles[0]] = act.action
        self.gave = self.gave or bool(_GIVEN.match(" ".join((act.verb, *act.roles))))
        self.things += "thing" in act.roles
        self.props |= {_called(p): p for p in act.props}


_GIVEN = re.compile(r"(?:give|hand|return|bring) hero (?:thing other|other thing|thing third)")
_MUTUAL = re.compile(r"s with |s beside |^[Tt]he \w+ and ")
"""Words of a sentence that says the same if its two change places."""


_ABOARD = frozenset({Action.sleep, Action.lie, Action.sit})
"""What can be done in a boat as on land, where the idea says it."""


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
            ours = own or any(pool is p for pools in played.steps.values() for p in pools)
            if not own:
                pool = troubled(pool, "sea" if stage.spot.boat else stage.spot.kind)
            if not own and strictness:
                pool = [p for p in pool if not _misplaced(p, parts, played, strictness, ours)]
            elsewhere = played.awaited and slot in WHILE_LOST | {"habit", "lack", "spark"}
            if (elsewhere or (played.lost and slot in WHILE_LOST)) and not own:
                pool = [p for p in pool if "{thing}" not in p]
            pool = by_whom_it_is(pool, slot, played.turning, own)
            if played.vanished and slot in WHILE_LOST and not own:
                pool = [p for p in pool if "{other}" not in p or "for {other}" in p]
            if "third" in played.far and not own and slot in {"after", "close"}:
                pool = [p.replace("{other}", "{third}") for p in pool]
            if played.unmade:
                pool = [p for p in pool if "{thing}" not in p or slot not in {"habit", "lack"}]
                pool = [p for p in pool if "<practise>" not in p and "<break>" not in p]
            if played.far and slot not in AT_LAST and not own:
                pool = [p for p in pool if not any("{" + role + "}" in p for role in played.far)]
            ordered = list(pool) if own else rng.sample(list(pool), len(pool))
            acts = [a for p in ordered if (a := _act(p, parts, teller, stage, played, own)) is not None]
            good = [a for a in acts if _fits(a, played, 1 if own and strictness == 2 else strictness)]
            if not own and strictness:
                good = [a for a in good if a.picture not in played.pictures]
            if not own and strictness:
                good = [
                    a for a in good if (a.action, _aim(a.target, parts)) not in _reserved(slot, parts, played)
                ]
            if not ours and strictness and played.foreign >= played.most_foreign:
                good = [a for a in good if not _is_foreign(a, parts)]
            if slot == "close" and strictness and not own and _is_met(parts, played):
                good = [a for a in good if {"other", "third"} & set(a.roles)]
            if slot not in AT_LAST:
                good = [a for a in good if (a.roles[0], a.action) not in played.unable]
            if good:
                act = good[0] if own else min(good, key=lambda a: _rank(a, slot, parts, played))
                played.note(act)
                played.foreign += _is_foreign(act, parts) and not ours
                return act
    return None


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


def _aim(target: str, parts: Parts) -> str:
    return target if target in parts.roles or not target else f"({target})"


def _is_foreign(act: Act, parts: Parts) -> bool:
    """Whether a thing has to do with the act that the idea does not name."""
    return bool(act.props) or bool(
        {"thing", "gift", "tool"} & set(act.roles) - (set() if "thing" in parts.invented else {"thing"})
    )


def _reserved(slot: str, parts: Parts, played: Played) -> set[tuple[Action, str]]:
    """What the idea's own acts of other shots are seen as: left to them."""
    keys = set()
    for pattern in (p for where, pool in played.own.items() if where != slot for p in pool):
        made = _PATTERN.match(_TAG.sub("", pattern))
        action = action_of(made["verb"], made["rest"]) if made else None
        if made and action is not None and _ROLE.search(made["rest"]):
            props = tuple(phrase_of(w, "thing") for w in _PROP.findall(made["rest"]))
            keys.add((action, _aim(_target(made["rest"], props, action), parts)))
    return keys


def _misplaced(pattern: str, parts: Parts, played: Played, strictness: int, ours: bool) -> bool:
    """Whether an act of the bank's own has no reason in this story: kindness to an enemy, a lock in a story
    that tells of none."""
    if played.still and pattern.startswith("{other}"):
        return True
    if played.foe and "{other}" in pattern and _KIND.search(pattern):
        return True
    if ours:
        return False
    return bool(strictness and _LOCKS.search(pattern)) and not _OF_LOCKS & {w.lower() for w in parts.words}


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
    if _MUTUAL.search(act.sentence) and (act.action, frozenset(act.roles)) in played.together:
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
    yield from played.steps.get(
        {"habit": "lack", "answer": "try", "vow": "try", "fall": "block"}.get(name, name), ()
    )
    working = name == "habit" or (name == "lack" and parts.shape in _AT_WORK)
    if body == "hand" and (working or (name == "deed" and _trade(hero) in _ON_STAGE)):
        yield trade_acts(hero)
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


def trade_acts(hero: Phrase) -> list[str]:
    """Patterns of what somebody's trade is seen by, with "{hero}" as who does it."""
    trades: Mapping[str, list[str]] = bank("acts")["trades"]
    return list(trades.get(_trade(hero), []))


def trade_acts_of(word: str) -> list[str]:
    """The same for the trade that one word names; empty where it names none."""
    return trade_acts(Phrase(noun=word, head=word, determiner="a", sort="person"))


_HEAVENLY = frozenset(
    {
        "star",
        "stars",
        "moon",
        "sun",
        "comet",
        "planet",
        "rainbow",
        "constellation",
        "cloud",
        "clouds",
        "galaxy",
    }
)
_FROM_BELOW = frozenset(
    {"point", "gaze", "look", "sing", "wave", "talk", "whisper", "call", "photograph", "draw"}
)
_TO_HAND = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|steals?|catch(?:es)?|carr(?:y|ies)|brings?|takes?|pick(?:s|ed)?|polish(?:es)?"
    r"|hangs?|returns?|keeps?|sells?|buys?|eats?|swallows?|lights?|gives?|puts?|throws?|holds?|makes?|builds?"
    r"|sews?|paper|toy|gold(?:en)?|wooden|paints?|repairs?|lands?|crash(?:es)?)\b"
)
"""Words of a tale in which what is in the sky comes to hand."""


def out_of_reach(parts: Parts) -> bool:
    """Whether the story's thing is in the sky, and nothing of the idea brings it down."""
    heavenly = parts.roles["thing"].head.lower() in _HEAVENLY
    return heavenly and _TO_HAND.search(" ".join(parts.words).lower()) is None


def _act(pattern: str, parts: Parts, teller: Teller, stage: Stage, played: Played, own: bool) -> Act | None:
    """The act that a pattern means in this story, or None where it cannot be seen here."""
    tag = found[1] if (found := _TAG.search(pattern)) else ""
    plain = _TAG.sub("", pattern.removeprefix("!"))
    own = own or pattern.startswith("!")
    made = _PATTERN.match(plain)
    if made is None:
        return None
    if not own and played.gave and re.match(r"\{hero\} <(?!give)[\w-]+>.*\{thing\}", plain):
        return None  # it is somebody else's now
    if not own:
        if made["verb"] == "meet" and any("{other}" in p for own_ in played.own.values() for p in own_):
            return None  # the idea's own act shows them together
        if parts.subject == PAIR and (made["verb"] in APART or "their first" in plain):
            return None
        plain = both(made, plain, parts)
        made = _PATTERN.match(plain) or made
        riser = gets_up(plain)
        if riser and not can_get_up(played.doing.get(riser)):
            return None
        if riser in parts.roles and "> {" in plain and body_of(parts.roles[riser]) not in {"hand", "paw"}:
            return None  # nobody pulls a whale up
        if "crows" in plain and (stage.spot.kind in SPACE or indoors(stage.spot.kind)):
            return None
    if "{thing}" in plain and out_of_reach(parts):
        if made["verb"] not in _FROM_BELOW | {"find"}:
            return None
        plain = re.sub(r"<find>(?= \{thing\})", "<point> at", plain)
        made = _PATTERN.match(plain) or made
    roles = parts.roles
    hug = None if own else re.match(r"\{(\w+)\} <hug> \{(\w+)\}$", plain)
    if hug and hug[2] in roles and roles[hug[2]].kind in HOOFED:  # it comes to whoever would hug it
        plain = f"{{{hug[2]}}} <nuzzle> {{{hug[1]}}}"
        made = _PATTERN.match(plain) or made
    elif hug and hug[2] in ("hero", "other") and hug[2] in roles and roles[hug[2]].kind in _TREES:
        plain = f"{{{hug[1]}}} <bow> to {{{hug[2]}}}"
        made = _PATTERN.match(plain) or made
    elif hug and any(r in roles and roles[r].kind == "snowman" for r in hug.groups()):  # its arms are twigs
        plain = f"{{{hug[1]}}} <laugh> with {{{hug[2]}}}"
        made = _PATTERN.match(plain) or made
    named = [m[1] for m in _ROLE.finditer(plain)]
    if any(r not in roles for r in named) or beyond_babes(plain, parts):
        return None
    if not own and (
        beyond_the_ill(plain, parts) or beyond_strength(plain, parts) or beyond_insects(plain, parts)
    ):
        return None
    who = roles[_ROLE.findall(made["who"])[0]]
    body = body_of(who)
    if who.plural and not own and made["verb"] in _BY_ONE:
        return None
    if made["verb"] == "photograph" and (stage.era or PAST.search(" ".join(parts.words))):
        return None
    if who.kind in TAILED and made["verb"] in _OF_LEGS:
        return None
    if not own and any(roles[r].kind in _LEGLESS for r in named) and made["verb"] == "climb":
        return None
    off_ladders = any(roles[r].kind in _LEGLESS or body_of(roles[r]) != "hand" for r in named if r in _BODIES)
    if not own and off_ladders and "ladder" in plain:
        return None
    if body == "wing" and made["verb"] == "lick":
        return None
    if body != "hand" and not own and re.search(r"<hide> (?:\{(?:thing|tool)\}|\()", plain):
        return None  # it would stand beside it, held by nobody
    if made["verb"] == "raise" and "{thing}" in plain and "thing" in parts.invented and not own:
        return None
    if body != "hand" and made["verb"] == "pick" and not own and not made["rest"].startswith("up"):
        return None  # a flower
    if body != "hand" and re.search(r"by the hand|in both arms", plain):
        return None
    ghostly = any(parts.roles[r].being is Being.ghost for r in named if r in parts.roles)
    if ghostly and not own and re.search(r"by the hand|in both arms|<shake>", plain):
        return None  # of mist
    if body != "hand" and made["verb"] == "pull" and made["rest"].endswith("up"):
        return None
    below = body == "fin" or stage.spot.kind == "underwater"
    if below and not own and not (set(_PROP.findall(plain)) <= _UNDER_WATER and _DRY.search(plain) is None):
        return None
    if not own and (met := parts.roles.get("other")) is not None and met.being is Being.octopus:
        plain = plain.replace("<hug> {other}", "<touch> {other}")  # no arms reach around it
        made = _PATTERN.match(plain) or made
    if body != "hand":
        if (
            (made["verb"] in _MANUAL and not own)
            or (not own and _OF_ROOMS.search(plain))
            or "ladder" in plain
            or "blanket" in plain
            or "flute" in plain
            or (body == "fin" and made["verb"] in {"trip", "fall", "grab", "kneel"})
            or (body == "still" and (made["verb"] in _MOBILE or _PROP.search(plain)))
        ):
            return None
        plain = plain.replace("<hug>", "<nuzzle>").replace("<kiss>", "<nuzzle>")
        made = _PATTERN.match(plain) or made
    if body == "wing" and not own and who.kind not in FLIGHTLESS:
        plain = re.sub(r"<(?:walk|run|trot)>", "<fly>", plain).replace("<sit> down", "<perch>")
        made = _PATTERN.match(plain) or made
    if body == "hand" and _OF_SNOUTS.search(plain):
        return None
    action = action_of(made["verb"], made["rest"])
    if action is Action.give and body_of(who) != "hand" and made["verb"] not in _BY_MOUTH and not own:
        return None
    minded = own and made["verb"] in _OF_MIND
    if action is None or (action in _UNSEEN and not minded) or not (own or minded or can_do(who, action)):
        return None
    if action is Action.dig and not own and not has_soil(stage.spot.kind):
        return None
    if not own and beds_down_outside(plain, action, who, stage.spot.kind, stage.rough):
        return None
    handed = [roles[r] for r in dict.fromkeys(named) if r in {"hero", "other", "third"}]
    if not own and _FOR_HANDS & set(_PROP.findall(plain)) and any(body_of(p) != "hand" for p in handed):
        return None
    if not own and unlike_animals(made, action, plain, parts):
        return None
    aboard = own and stage.spot.boat and action in _ABOARD
    kind = "sea" if stage.spot.boat else stage.spot.kind
    if not with_other(plain, action, parts, tag, own):
        return None
    if not aboard and not place_lets(tag, kind, who, action, stage.rough):
        return None
    props = tuple(_prop(words, played) for words in _PROP.findall(plain))
    if not all(prop_fits(p, parts, stage) for p in props) or not things_fit(
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
    whose = "" if aim or named[0] == "hero" else f"{named[0]}: "
    key = (action, aim or f"{whose}{rest}")
    seen = picture_of(made["verb"], action, (*named, *(p.noun for p in props)), stage.spot.phrase.noun)
    return Act(sentence, phrasal or verb, action, tuple(dict.fromkeys(named)), props, target, key, seen)


_TURNING = frozenset({"turn", "change", "transform"})


def action_of(verb: str, rest: str) -> Action | None:
    """The action that a verb means with what follows it in a pattern ("shake", "hands with {other}")."""
    if verb in _TURNING and re.search(r"\} (?:back )?into \{", rest):
        return Action.perform
    after = re.split(r"[({]", rest)[0].strip()
    return lexicon.verb(f"{verb} {after}".strip()) or lexicon.verb(verb)


def _phrasal(verb: str, rest: str, action: Action) -> str:
    """The verb with the words after it that make it mean that action; "" where it means it alone."""
    if lexicon.verb(verb) is action:
        return ""
    if verb in _TURNING and action is Action.perform:
        return f"{verb} into"
    words = re.split(r"[({]", rest)[0].split()
    tries = (" ".join((verb, *words[:n])) for n in range(1, len(words) + 1))
    return next((t for t in tries if lexicon.verb(t) is action), "")


def _prop(words: str, played: Played) -> Phrase:
    made = phrase_of(words, "thing")
    return played.props.get(_called(made), made)


def _mention(prop: Phrase, played: Played) -> str:
    known = _called(prop) in played.props
    return f"the {_called(prop)}" if known else prop.first


def _target(rest: str, props: tuple[Phrase, ...], action: Action) -> str:
    """What the act is done to: the thing that changes hands, else whoever or whatever is named first."""
    first = re.search(r"\{(hero|other|third|thing|tool|gift)\}|\(([^()]+)\)", rest)
    if first is None:
        return ""
    passes = action in HANDLED
    if props and (passes or first[2]):
        return _called(props[0])
    thing = re.search(r"\{(thing|tool|gift)\}", rest) if passes else None
    return thing[1] if thing else first[1] or _called(props[0])
