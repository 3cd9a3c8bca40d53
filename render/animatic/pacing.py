"""Pacing: those who go in a shot go together and arrive, and the camera goes with them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Move
from .blocking import TIGHT, Placed
from .files import comes_up, parts_from
from .intent import brought_to
from .meeting import Meeting
from .stage import Staging
from .threshold import halting
from .walking import drift_room, in_sight, kept_together, seen_off, shoved_off

_FILLING = 0.6
"""Of the frame's width: what is pushed and wider than this has the camera along."""


@dataclass(frozen=True)
class Paced:
    """A staging in which those who go do so in time."""

    staging: Staging
    paces: dict[str, float]
    """Figures -> how fast each performs; 1 is its own pace."""
    rolling: frozenset[str]
    """Things that go: by themselves, or with the hands that are on them."""
    brings: str | None
    """Who arrives with something at a thing; None for nobody."""


def paced(
    picture: Picture,
    staging: Staging,
    met: tuple[Meeting, ...],
    size: tuple[int, int],
    length: float,
    *,
    overturned: bool,
    lowered: bool,
) -> Paced:
    """Those who walk go together, arrive, or slow down rather than leave others behind.

    ``overturned``: something is knocked over; ``lowered``: it is about a tower that is lower than life.
    """
    room = 0.36 * size[0] / staging.pose.scale(0.0)
    figures = staging.figures
    if parts_from(picture) or comes_up(picture):  # the other hovers on the spot
        figures = tuple(replace(p, walks=0.0) if p.id == picture.target else p for p in figures)
    if overturned:
        figures = tuple(replace(p, walks=0.0) if p.id == picture.actor else p for p in figures)
    if lowered:  # at the foot of the tower at the end
        figures = tuple(replace(p, stops=length) if p.walks else p for p in figures)
    figures = halting(picture, figures, size[0] / staging.pose.scale(0.0), length)
    receives = [t for t in staging.things if t.id == brought_to(picture)]
    figures, paces = kept_together(figures, room, length, receives)
    if manner_of(Action.walk, picture.sentence) == "follow" and picture.action is Action.walk:
        figures = _a_step_ahead(figures)
    if picture.action is Action.push and any(m.kind == "nose" for m in met):
        figures = shoved_off(figures, picture.target, length)
    pose, wide = staging.pose, size[0]
    figures, paces, pose = in_sight(figures, paces, pose, wide, length, receives)
    if parts_from(picture) and picture.camera.size not in TIGHT:
        off = picture.actor or ""
        figures, paces, pose = seen_off(figures, paces, pose, size, length, off)
    riders = {p.rides: p for p in figures if p.rides}
    pushed = picture.action in (Action.push, Action.pull) and not overturned
    for t in staging.things if pushed else ():  # it goes with the hands that are on it
        pusher = next((p for p in figures if p.id == picture.actor), None)
        if pusher and t.id == picture.target and abs(t.x - pusher.x) < pusher.tall + t.extent.width:
            riders[t.id] = pusher
    rolling = frozenset(t.id for t in staging.things if t.id in riders or t.walks)
    things = tuple(
        replace(t, walks=riders[t.id].walks, stops=riders[t.id].stops) if t.id in riders else t
        for t in staging.things
    )
    laid = replace(staging, figures=figures, things=things, pose=pose)
    return Paced(laid, paces, rolling, picture.actor if receives else None)


def _a_step_ahead(figures: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """Those who go in file, the first ahead by a step of its own, so that nobody is in its hem or heels."""
    going = [p for p in figures if p.walks and p.stops is None and not (p.rides or p.shoulder)]
    if len(going) < 2 or len({p.walks > 0 for p in going}) > 1:
        return figures
    way = 1.0 if going[0].walks > 0 else -1.0
    first = max(going, key=lambda p: way * p.x)

    def edge(p: Placed, side: float) -> float:
        return way * p.x + max(side * way * p.extent.left, side * way * p.extent.right) * side

    gap = edge(first, -1.0) - max(edge(p, 1.0) for p in going if p is not first)
    more = min(_STEP_BEHIND * first.tall, max(0.0, _STEP_BEHIND * first.tall - gap))
    return tuple(replace(p, x=p.x + way * more) if p is first else p for p in figures)


_STEP_BEHIND = 0.24
"""Of the height of who goes first: what the foot behind and the hem take."""


def moved_about(picture: Picture, staging: Staging) -> float:
    """The depth about which the camera moves; a zoom on several is about the nearest of them."""
    if staging.subject is not None or picture.camera.move not in (Move.zoom_in, Move.zoom_out):
        return staging.subject.depth if staging.subject else 0.0
    seen = [p.depth for p in staging.figures if not p.shoulder] or [p.depth for p in staging.things]
    return min(seen, default=0.0)


def carried(
    picture: Picture, staging: Staging, size: tuple[int, int], length: float, rolling: frozenset[str]
) -> Callable[[float], float]:
    """How far the subject's own way carries the camera, so that it stays in the frame.

    ``rolling``: what is pushed, pulled or goes by itself, and is no vehicle with somebody in it.
    """
    subject = staging.subject
    walkers = [p for p in (*staging.figures, *staging.things) if p.walks]
    lead = next((p for p in walkers if subject and p.id == subject.id), walkers[0] if walkers else None)
    if lead is None or (parts_from(picture) and picture.camera.size not in TIGHT):
        return lambda seconds: 0.0
    if subject is None and any(p.id == picture.actor and not p.walks for p in staging.figures):
        return lambda seconds: 0.0  # whoever acts stays where it is, and so does the camera
    room = drift_room(staging.figures, lead, staging.pose, size[0])
    room = 0.0 if picture.camera.move is Move.follow else room
    tight = picture.camera.size in TIGHT
    tight = tight or staging.pose.scale(0) * lead.extent.height > 0.9 * size[1]
    if picture.action in (Action.push, Action.pull):  # a bus keeps its front in the frame
        most = _FILLING * size[0]
        wide = [t for t in staging.things if t.id in rolling]
        tight = tight or any(t.extent.width * staging.pose.scale(t.depth) > most for t in wide)
    total = abs(lead.walks) * length
    share = 1.0 if tight or total <= 0 else max(0.0, 1 - room / total)
    if lead.stops is not None and not tight:
        return lambda seconds: 0.0
    return lambda seconds: (lead.walked(seconds, length) - lead.x) * share
