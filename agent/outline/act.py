"""One act as it is seen, the pattern that tells it, and what the acts of one film have been so far.

A pattern is "{hero} <give> {thing} to {other} @land": who acts, the verb, and the rest, in which braces hold
roles and brackets the things of the act itself; a tag says where it can be done, and "!" before it that it
always can.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action
from .likely import Picture
from .phrase import Phrase

TAG = re.compile(r"\s*@(\w+)$")
PATTERN = re.compile(r"(?P<who>(?:\{\w+\}(?: and )?)+) <(?P<verb>[\w-]+)>\s*(?P<rest>.*)$")
PROP = re.compile(r"\(([^()]+)\)")
ROLE = re.compile(r"\{(hero|other|third|thing|tool|gift)\}")
HANDLED = frozenset({Action.give, Action.throw, Action.take, Action.hold})
"""Acts by which a thing comes into a hand or leaves it."""
WHILE_LOST = frozenset({"answer", "vow", "try", "block", "fall", "low"})
"""Slots of a story in which what was lost is not found yet."""
AT_LAST = frozenset({"deed", "after", "close"})
"""Slots of the end of a story, in which those are met who were far away."""
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
    """The hero has given or lent the story's thing away, and has not got it back."""
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
        if MUTUAL.search(act.sentence):
            self.together.add((act.action, frozenset(act.roles)))
        if act.roles:
            self.doing[act.roles[0]] = act.action
        told = " ".join((act.verb, *act.roles))
        self.gave = bool(_GIVEN.match(told)) or (self.gave and not _GIVEN_BACK.match(told))
        self.things += "thing" in act.roles
        self.props |= {called(p): p for p in act.props}


_GIVEN = re.compile(r"(?:give|hand|return|bring|lend) hero (?:thing other|other thing|thing third)")
_GIVEN_BACK = re.compile(r"(?:give|hand|return|bring) (?:other|third) (?:thing hero|hero thing)")
MUTUAL = re.compile(r"s with |s beside |^[Tt]he \w+ and ")
"""Words of a sentence that says the same if its two change places."""


def called(prop: Phrase) -> str:
    return f"{prop.noun}{prop.tail}"


_TURNING = frozenset({"turn", "change", "transform"})


def action_of(verb: str, rest: str) -> Action | None:
    """The action that a verb means with what follows it in a pattern ("shake", "hands with {other}")."""
    if verb in _TURNING and re.search(r"\} (?:back )?into \{", rest):
        return Action.perform
    after = re.split(r"[({]", rest)[0].strip()
    return lexicon.verb(f"{verb} {after}".strip()) or lexicon.verb(verb)


def aim_of(target: str, action: Action, named: Sequence[str], roles: Container[str]) -> str:
    """What the act is done to, as the keys of acts have it.

    A thing that another hands back to the hero, or holds for him, repeats nothing that he did with it.
    ``target`` is as ``target_of`` finds it, ``named`` the roles in the order of the pattern.
    """
    if target == "thing" and action in HANDLED and "hero" in named[1:]:
        return f"{named[0]}: thing"
    return target if target in roles or not target else f"({target})"


def phrasal(verb: str, rest: str, action: Action) -> str:
    """The verb with the words after it that make it mean that action; "" where it means it alone."""
    if lexicon.verb(verb) is action:
        return ""
    if verb in _TURNING and action is Action.perform:
        return f"{verb} into"
    words = re.split(r"[({]", rest)[0].split()
    tries = (" ".join((verb, *words[:n])) for n in range(1, len(words) + 1))
    return next((t for t in tries if lexicon.verb(t) is action), "")


def target_of(rest: str, props: tuple[Phrase, ...], action: Action) -> str:
    """What the act is done to: the thing that changes hands, else whoever or whatever is named first."""
    first = re.search(r"\{(hero|other|third|thing|tool|gift)\}|\(([^()]+)\)", rest)
    if first is None:
        return ""
    passes = action in HANDLED
    if props and (passes or first[2]):
        return called(props[0])
    thing = re.search(r"\{(thing|tool|gift)\}", rest) if passes else None
    return thing[1] if thing else first[1] or called(props[0])
