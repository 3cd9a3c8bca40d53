"""Wholly: what is done with the legs, or by several at once, is framed so that all of it is seen. Pure."""

from __future__ import annotations

import re

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, ShotSize, Stature, View

_LEGS = frozenset(
    {
        Action.float, Action.run, Action.walk, Action.sneak, Action.dance, Action.kneel, Action.lie,
        Action.ride, Action.jump, Action.climb, Action.dive, Action.fall, Action.dig, Action.fly, Action.sit,
    }
)  # fmt: skip
"""Done with the whole body: of whoever is cut off at the hips nobody can tell it."""
_ABOVE = frozenset({Action.laugh, Action.hug})
"""Done by two with their faces or their arms."""
_BUST = frozenset({Action.stand, Action.look, Action.listen, Action.talk, Action.think, Action.sing})
"""Done with the face: of several who do it one may stand for all."""

_ONE_OF = re.compile(r"\b(eldest|middle|youngest|oldest|first|second|third|last|other)\b", re.IGNORECASE)
"""How one of several who are called alike is told from the rest."""


def joined(picture: Picture) -> tuple[str, ...]:
    """The ids of those who do what the actor does, or are meant with whom it does it to: two, or more.

    Empty where one does it, or does it to one. "The children" are all of them, also where one acts first.
    """
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None:
        return ()
    alike: list[str] = []
    if not _ONE_OF.search(picture.sentence):
        for f in picture.figures:
            if f.id in (picture.actor, picture.target) or f is _met(picture):
                alike += [g.id for g in picture.figures if _called(g) == _called(f)]
    doing = [f.id for f in picture.figures if f.action is picture.action]
    bust = picture.action in _BUST
    several = [*([] if bust or len(doing) < 2 else doing), *(alike if len(set(alike)) > 2 else ())]
    return tuple(dict.fromkeys(several))


def _met(picture: Picture) -> FigureIn | None:
    """Whom the actor looks at, where a thing is what its event is about."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    return next((f for f in picture.figures if actor and f.id == actor.gaze), None)


def _called(figure: FigureIn) -> str:
    return figure.noun.lower().split()[-1] if figure.noun.strip() else figure.id


def walks_to_the_knees(picture: Picture, actor: FigureIn) -> bool:
    """Whether somebody walks or turns away in a medium full shot, where it is seen down to the knees."""
    others = [f for f in picture.figures if f.id in (actor.id, picture.target)]
    upright = all(f.look.being is Being.person and f.look.stature is not Stature.tiny for f in others)
    goes = actor.action in (Action.walk, Action.stand)
    return upright and goes and picture.camera.size is ShotSize.medium_full


def whole_size(picture: Picture, actor: FigureIn) -> ShotSize | None:
    """The closest framing that shows the legs of the actor, or all who act; None where any framing does."""
    camera, several = picture.camera, joined(picture)
    beasts = {f.id for f in picture.figures if f.look.being is Being.quadruped}
    if actor.id not in beasts and beasts.issuperset({*several} - {actor.id}):
        several = ()  # of a herd to which something is done, one stands for all
    if camera.view not in (View.objective, View.profile):
        return None
    if camera.focus not in (None, actor.id, picture.target, *several):
        return None
    met = next((f for f in picture.figures if f.id == picture.target), None)
    people = met is not None and met.look.being is Being.person
    if actor.action is Action.hug and actor.id in beasts and people:
        return ShotSize.full  # who goes down on a knee to it, and the beast down to its feet
    legs = actor.action in _LEGS and not actor.speaks and not walks_to_the_knees(picture, actor)
    both = several and picture.target is not None and picture.action not in _ABOVE
    if legs and len(several) < 3 and actor.action is Action.walk and actor.holds and actor.id not in beasts:
        return ShotSize.medium_full  # what is carried is seen by the hands
    if legs or len(several) > 2 or both:
        return ShotSize.full
    return ShotSize.two_shot if several else None
