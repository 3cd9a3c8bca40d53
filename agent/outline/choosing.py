"""The ways to tell one slot that a story can have, and how many words it should have."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from ...storyboard.vocabulary import Being
from .act import AT_LAST, Played
from .bank import bank
from .roles import Parts
from .spots import SPACE
from .telling import Missing, Teller

TALKERS = {None, Being.person, Being.robot, Being.ghost}
_HUMAN = re.compile(
    r"\b(said|says|knock|knocked|clap|told|tells|asked|held|hold|read|laugh|hands?|sleeve|advice|argue|argued|swearing|"
    r"peeling|coat|closed the fingers|keys|"
    r"stories|story|quarrel|one word|sanded|remembered|blamed|hummed|repeated|lamp)\b"
)
"""What an animal does not do in these stories."""
_OF_OTHER = re.compile(r"\{(?:other|move2|help2|cry2)\}")
"""Parts of a telling in which somebody is there who waits at the end of the way."""
CLOSE_WORDS = 12


@dataclass
class Work:
    """What is known while composing."""

    parts: Parts
    teller: Teller
    rng: random.Random
    dialogue: bool
    words_left: float
    shots_left: int
    budget: float
    slack: float
    """Words that the whole may run over."""
    habits: list[str]
    used: set[str] = field(default_factory=set)
    said: int = 0
    burning: frozenset[str] = frozenset()
    """Kinds of place that burn until the story turns."""
    quiet: str = ""
    """The slot that is told by its picture alone."""
    era: str = ""
    """When the story is, in the idea's own words."""
    played: Played = field(default_factory=lambda: Played(2))


@dataclass(frozen=True)
class Option:
    """One way to tell a slot."""

    key: str
    narration: str
    teller: Teller

    @property
    def words(self) -> int:
        return len(self.narration.split())


def options_for(slot: str, work: Work, kind: str, shared: bool = False) -> list[Option]:
    """Tellings of a slot that this story can have, here."""
    shapes = bank("shapes")
    # What a place looks like is told of any hero; what is done there is not.
    unfit = None if slot == "world" else _unfit(work, kind)
    other = work.parts.roles.get("other")
    wild_other = other is not None and other.being not in TALKERS
    flagged = work.parts.roles["thing"].noun == "finish flag"
    unmet = "other" in work.played.far and slot not in AT_LAST
    name = "more" if slot.startswith("more") else slot
    events = (
        shapes["shared"][name] if shared else shapes[work.parts.shape].get(name) or shapes["shared"][name]
    )
    if slot == "spark" and work.teller.texts["met"] and not shared:
        events = [e for e in events if "{met}" in e[0]]
    found: list[Option] = []
    for _ in range(24):
        event = work.rng.choice(events)
        pattern = work.rng.choice(event)
        if flagged and any("{thing}" in words for words in event):
            continue
        if unmet and _OF_OTHER.search(pattern):
            continue
        if wild_other and "{other}" in pattern and _HUMAN.search(pattern):
            continue
        fork = work.teller.fork()
        try:
            narration = fork.tell(pattern)
        except Missing:
            continue
        if narration not in work.used and not (unfit and unfit.search(narration)):
            found.append(Option(pattern, narration, fork))
    return found


def _unfit(work: Work, kind: str) -> re.Pattern[str] | None:
    """Words that cannot be in this story: no hedges in space, no notebooks for a whale."""
    hero = work.parts.roles["hero"]
    words = bank("asides")["unfit"]
    kinds = {work.parts.spots[0].kind, kind}
    lists = (
        [words["space"]]
        if kinds & SPACE
        else [words["water"]]
        if kinds & {"underwater", "sea", "ship"}
        else []
    )
    if hero.sort == "creature" or hero.being not in {None, Being.person, Being.robot, Being.ghost}:
        lists.append(words["tame"])
        if hero.being in {
            Being.whale,
            Being.fish,
            Being.octopus,
            Being.bird,
            Being.insect,
            Being.plant,
            Being.snake,
        }:
            lists += [words["wild"], words["animal"]]
    return re.compile(rf"\b(?:{'|'.join(lists)})\b", re.IGNORECASE) if lists else None


def aim_of(slot: str, work: Work) -> float:
    """Words that this shot should have, so that the last ones still have theirs."""
    if work.shots_left <= 1:
        return max(0.0, work.words_left)
    fair = (work.words_left - CLOSE_WORDS) / (work.shots_left - 1)
    return max(0.0, fair) + (4 if slot == "world" else 0)


def miss(over: float) -> float:
    """How bad it is to be so many words over (or under) what a shot should have."""
    return over * 1.5 if over > 0 else -over
