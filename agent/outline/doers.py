"""Who of the story does an act: both of two who set out together; a plain animal only what animals do."""

from __future__ import annotations

import re

from ...storyboard.vocabulary import Action
from .able import body_of
from .phrase import Phrase
from .roles import Parts

_ROLE = re.compile(r"\{(hero|other|third|thing|tool|gift)\}")
PAIR = "{hero} and {other}"
"""How two are named who are the subject of the idea together."""
APART = frozenset({"meet", "find", "ask", "teach", "lead"})
"""What one does with somebody who was not there before: not two who set out together."""
_JOINT = frozenset(
    {"walk", "run", "climb", "creep", "trot", "search", "pull", "push", "hide", "dig", "sleep", "sit", "curl",
     "row", "swim", "cross", "sing", "dance", "eat", "drink", "jump", "listen", "carry", "lift", "knock",
     "shout", "kneel", "lie", "sniff", "share", "tell", "wave", "work", "pack", "laugh", "build", "roll",
     "paint", "hammer", "saw", "measure", "draw", "water", "rake", "stir", "open", "chase", "practise",
     "bow", "slip"}
)  # fmt: skip
"""What two do side by side."""


def both(made: re.Match[str], plain: str, parts: Parts) -> str:
    """The pattern with both of a pair as those who act, where it is what two do."""
    alone = "{other}" in plain or "{his}" in plain or made["who"] != "{hero}"
    together = parts.subject == PAIR or (parts.subject.startswith("the two") and parts.shape != "rivalry")
    if not together or alone or made["verb"] not in _JOINT or "alone" in plain:
        return plain
    return plain.replace("{hero}", PAIR, 1)


_TOLD_OF_PEOPLE = frozenset(
    {Action.talk, Action.sing, Action.laugh, Action.dance, Action.wave, Action.cry, Action.think}
)
_VOICES = frozenset({"howl", "whimper", "neigh", "bark", "growl", "roar", "bleat", "meow", "croak", "peck"})
"""How animals are heard; said of them, it is no talk."""
_DOGS = frozenset({"dog", "puppy", "wolf", "fox", "coyote", "jackal", "hyena"})
_OWN_VOICES = {"howl": _DOGS, "bark": _DOGS | {"seal"}, "whimper": _DOGS | {"bear", "cat", "lion", "tiger"}}
"""Voices that only some have."""


def acts_as_people(who: Phrase, parts: Parts) -> bool:
    """Whether somebody talks, laughs and dances: people and spirits, animals with a trade or a name, and
    those of whom the idea says that they talk or sing or are clever."""
    if body_of(who) in {"hand", "still"} or who.proper or " " in who.head:
        return True
    told = {w.lower() for w in who.adjectives} & {"talking", "talkative", "singing", "dancing", "clever"}
    return bool(told) or (who == parts.roles["hero"] and parts.heard)


def unlike_animals(made: re.Match[str], action: Action, plain: str, parts: Parts) -> bool:
    """Whether a plain animal would do what people do."""
    verb = made["verb"]
    doers = [parts.roles[r] for r in _ROLE.findall(made["who"])]
    if verb in _OWN_VOICES:
        doers += [parts.roles["other"]] if "with {other}" in plain and "other" in parts.roles else []
        return any(d.kind not in _OWN_VOICES[verb] for d in doers)
    if action not in _TOLD_OF_PEOPLE or verb in _VOICES:
        return False
    if "with {" in plain:
        doers += [parts.roles[r] for r in _ROLE.findall(made["rest"]) if r in {"hero", "other", "third"}]
    if action is Action.sing:
        doers = [d for d in doers if body_of(d) not in {"wing"}]
    return any(not acts_as_people(d, parts) for d in doers)
