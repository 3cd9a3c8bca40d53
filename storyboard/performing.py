"""Performing: what each body does and which face it makes, in answer to the one event of a shot."""

from __future__ import annotations

import itertools
import re

from .call_sheet import CallSheet
from .film import Event, Scene
from .lexicon import expression as face_of
from .lexicon import verb
from .looks import BodyLook
from .scene_stage import SceneStage
from .treatment import TreatedShot
from .vocabulary import (
    Action,
    Beat,
    Being,
    Expression,
    Mood,
    PlaceKind,
    Worn,
)

TRAVEL = frozenset(
    (
        Action.walk,
        Action.run,
        Action.sneak,
        Action.climb,
        Action.row,
        Action.drive,
        Action.ride,
        Action.fly,
        Action.swim,
        Action.float,
    )
)
BETWEEN = frozenset((Action.talk, Action.listen, Action.hug, Action.give, Action.fight, Action.dance))
"""Done by two with each other: whoever else is there looks at the one who acts."""
SWIMMERS = frozenset((Being.fish, Being.whale))
_FLYING_INSECTS = frozenset(("butterfly", "moth", "bee", "ladybird", "firefly", "dragonfly"))
PURSUIT = re.compile(
    r"\b(?:follow|chas|pursu|lead|led\b|guid|escort|accompan|race|track|hunt|\w+ after)", re.I
)
_ANSWERS = {
    Action.talk: Action.listen,
    Action.listen: Action.talk,
    Action.give: Action.reach,
    Action.take: Action.look,
    Action.hug: Action.hug,
    Action.fight: Action.fight,
    Action.wave: Action.wave,
    Action.dance: Action.dance,
    Action.sing: Action.listen,
    Action.play: Action.listen,
    Action.read: Action.listen,
    Action.laugh: Action.laugh,
    Action.sleep: Action.sit,
    Action.sit: Action.sit,
    Action.eat: Action.eat,
    Action.hide: Action.hide,
    Action.search: Action.search,
}
_FACES = {
    Action.cry: Expression.sad,
    Action.laugh: Expression.happy,
    Action.fight: Expression.determined,
    Action.hide: Expression.afraid,
    Action.search: Expression.curious,
    Action.hug: Expression.tender,
    Action.sing: Expression.happy,
    Action.dance: Expression.happy,
    Action.sleep: Expression.neutral,
    Action.wave: Expression.happy,
    Action.fall: Expression.surprised,
    Action.think: Expression.curious,
    Action.dig: Expression.determined,
    Action.push: Expression.determined,
    Action.pull: Expression.determined,
    Action.climb: Expression.determined,
}
_MOOD_FACES = {
    Mood.calm: Expression.neutral,
    Mood.hopeful: Expression.happy,
    Mood.joyful: Expression.happy,
    Mood.playful: Expression.happy,
    Mood.tender: Expression.tender,
    Mood.mysterious: Expression.curious,
    Mood.tense: Expression.afraid,
    Mood.sad: Expression.sad,
    Mood.eerie: Expression.afraid,
    Mood.triumphant: Expression.happy,
}


def event_of(treated: TreatedShot, calls: CallSheet, looks: dict[str, BodyLook], place: PlaceKind) -> Event:
    """The shot's one event in closed values; ``known`` is False where the verb is in no lexicon."""
    action = _phrasal(treated) or verb(treated.verb)
    if action is None and not treated.verb.strip() and not treated.actor:
        action = Action.stand
    elif action is None and not treated.verb.strip():
        after = treated.sentence.split(treated.actor or "\0", 1)[-1].split()
        action = next((a for word in after if (a := verb(word))), None)
    actor = calls.character(treated.actor) or calls.prop(treated.actor)
    target = calls.anything(treated.target)
    drawn = bodily(action or Action.perform, looks.get(actor or ""), place)
    return Event(
        sentence=treated.sentence,
        actor=actor,
        action=drawn,
        verb=treated.verb,
        target=target if target != actor else None,
        manner=treated.manner,
        known=action is not None or not treated.verb.strip(),
    )


def _phrasal(treated: TreatedShot) -> Action | None:
    """The action of the verb with the word after it, where the two mean something of their own.

    To "shake hands" is not to shake. None where the lexicon has no such pair.
    """
    if not treated.verb.strip() or " " in treated.verb.strip():
        return None
    stem = treated.verb.strip().lower()
    if stem in ("slip", "slips", "stumble", "stumbles") and _LOST_FEET.search(treated.sentence.lower()):
        return Action.fall
    words = re.findall(r"[a-z]+", treated.sentence.lower())
    for word, after in itertools.pairwise(words):
        if word.startswith(stem[: max(3, len(stem) - 1)]) and (stem, after) in _PAIRS:
            return verb(f"{stem} {after}")
    return None


_LOST_FEET = re.compile(
    r"\bslips?(?= (?:and|on (?:the|a|an|some|wet|icy|ice|mud)|in the (?:mud|snow|rain)|over)\b|[.,;!]|$)"
    r"|\bstumbles?\b(?! (?:through|into|along|towards?|to|home|homeward|across|upon|out|back|after|away)\b)"
)
"""Somebody loses the ground under the feet; who slips past a guard or stumbles home does not."""
_PAIRS = frozenset(
    {
        ("shake", "hands"),
        ("take", "off"),
        ("put", "on"),
        ("clap", "hands"),
        ("fall", "asleep"),
        ("curl", "up"),
    }
)


def bodily(action: Action, look: BodyLook | None, place: PlaceKind) -> Action:
    """The action as this body does it here: a whale swims where others walk."""
    if look is None:
        return action
    moves = action in (Action.walk, Action.run, Action.sneak)
    if look.being in SWIMMERS or place is PlaceKind.underwater:
        if moves:
            return Action.swim
        if action is Action.stand:
            return Action.swim if look.being in SWIMMERS else Action.float
    if look.being is Being.ghost and moves:
        return Action.float
    if action is Action.work and look.being in (Being.quadruped, Being.dragon):
        return Action.push  # paws against what is built
    if look.species in _FLYING_INSECTS and (moves or action is Action.stand):
        return Action.fly
    if place is PlaceKind.space and (moves or action is Action.stand) and look.being is not Being.dragon:
        return Action.float
    return action


def _flies(look: BodyLook) -> bool:
    """Whether this body gets away through the air from one that flies."""
    winged = look.being in (Being.bird, Being.insect, Being.ghost, Being.dragon)
    return winged or Worn.wings in look.worn or look.species in _FLYING_INSECTS


def jointly(event: Event, one: str | None = None) -> bool:
    """Whether actor and ``one`` (the target where None) do it side by side, as "The hare and the owl dig."

    It does so where the sentence names that one after "and" and before the verb.
    """
    mate = one or event.target
    if not mate or not event.verb.strip():
        return False
    stem = re.escape(event.verb.strip()[:3].lower())
    named = re.escape(mate.removeprefix("the-").replace("-", " "))
    told = rf"\band (?:the |an? )?{named} (?:\w+ )?{stem}\w*"
    return re.search(told, event.sentence.lower()) is not None


def answer_of(one: str, stage: SceneStage, event: Event) -> Action:
    """What somebody does while another acts."""
    if event.actor in stage.looks:
        if event.target == one and event.action not in TRAVEL and jointly(event):
            return bodily(event.action, stage.looks[one], stage.place.look.kind)
        if event.target == one and event.action in TRAVEL and not PURSUIT.search(event.verb):
            return bodily(Action.stand, stage.looks[one], stage.place.look.kind)
        if event.action is Action.fly and event.target == one and not _flies(stage.looks[one]):
            return bodily(Action.run, stage.looks[one], stage.place.look.kind)
        if event.action is Action.float and stage.looks[event.actor].being is Being.ghost:
            return bodily(Action.walk, stage.looks[one], stage.place.look.kind)  # who goes with it has feet
        if event.action in TRAVEL:
            return bodily(event.action, stage.looks[one], stage.place.look.kind)
        answer = _ANSWERS.get(event.action, Action.look)
        if event.action is Action.listen and jointly(event, one):
            answer = Action.listen  # two noses, or two pairs of ears
        if event.action is Action.give and event.verb == "shake" and event.target == one:
            answer = Action.give  # hands are shaken by both
        if answer is Action.wave and event.target == one and stage.looks[one].being in SWIMMERS:
            return Action.swim
        return bodily(answer, stage.looks[one], stage.place.look.kind)
    return bodily(Action.look, stage.looks[one], stage.place.look.kind)


def face_for(action: Action, event: Event, scene: Scene, acts: bool) -> Expression:
    if acts and (named := face_of(event.manner) or face_of(event.sentence)):
        return named
    if action in _FACES:
        return _FACES[action]
    if scene.beat is Beat.climax and scene.mood is not Mood.sad:
        return Expression.determined
    if scene.beat is Beat.spark and scene.mood in (Mood.calm, Mood.hopeful):
        return Expression.curious
    return _MOOD_FACES[scene.mood]
