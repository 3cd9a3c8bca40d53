"""Exhibited: somebody with a painting on its easel, as it is seen by what is done. Pure.

Who hugs it has taken it down and holds it to the breast, who feels something beside it is seen from near and
who dances about it from above: an easel in the middle of a room is else the same picture each time.
"""

from __future__ import annotations

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Angle, Being, Facing, ShotSize, View
from .figures import Acting
from .figures.acting import Laid
from .grip import AT_ITS_SIDES, by_its_sides, size_in_hand
from .players import Player
from .recast import with_figure

PAINTINGS = frozenset({"painting", "picture", "portrait", "picture frame"})
"""What stands on an easel, and is carried under an arm however large it hangs on its wall."""
_WHOLE = frozenset({ShotSize.wide, ShotSize.full, ShotSize.medium_full})
_FELT = frozenset({Action.cry, Action.laugh, Action.think, Action.sing})


def held_to_the_breast(picture: Picture) -> Picture:
    """The picture in which a painting that a person hugs is held in both arms, seen to the thighs."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.action is not Action.hug or not _at_a_painting(picture):
        return picture
    if actor.look.being is not Being.person or actor.holds:
        return picture
    holds = actor.model_copy(update={"action": Action.hold, "facing": Facing.camera})
    near = {"size": ShotSize.medium_full, "focus": actor.id}
    camera = picture.camera.model_copy(update=near if picture.camera.view is View.objective else {})
    return with_figure(picture, actor, holds).model_copy(update={"action": Action.hold, "camera": camera})


def beside_it(picture: Picture) -> Picture:
    """The picture of somebody who feels something beside a painting or dances about it, both from there."""
    camera, alone = picture.camera, len(picture.figures) == 1
    free = camera.view is View.objective and camera.focus in (None, picture.actor, picture.target)
    if not (alone and free and camera.size in _WHOLE and _at_a_painting(picture)):
        return picture
    seen: dict[str, object] = {}
    if picture.action in _FELT:
        seen = {"size": ShotSize.two_shot, "focus": None}
    elif picture.action is Action.dance and camera.angle is Angle.eye:
        seen = {"angle": Angle.high}
    return picture.model_copy(update={"camera": camera.model_copy(update=seen)})


def _at_a_painting(picture: Picture) -> bool:
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    return thing is not None and behaves_as(thing.look.kind) in PAINTINGS


def at_its_sides(player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
    """Where the hands are of who holds a picture to the breast: low at its sides. Pure."""
    joints = player.body.joints(acting, seconds)
    if not joints or not player.held or not by_its_sides(player.held[0], acting):
        return ()
    thing, tall = player.held[0], player.body.height
    size, (x, neck) = size_in_hand(thing, tall), joints["neck"]
    half, down = 0.5 * thing.width * size, _UNDER_CHIN * tall + (1.0 - AT_ITS_SIDES) * thing.height * size
    own = "r-shoulder" if player.body.side(acting, seconds) > 0 else "l-shoulder"
    first = 1.0 if joints[own][0] > x else -1.0
    return ((x + first * half, neck + down, 1.0), (x - first * half, neck + down, 1.0))


_UNDER_CHIN = 0.02
"""Heights below the neck of its holder to which a picture reaches."""
