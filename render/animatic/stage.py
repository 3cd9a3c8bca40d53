"""The stage: a ``Picture`` laid out in metres, and the camera put where its framing asks.

Depth 0 is the line of the figures; the ground is 0 up; x runs right. Nothing here draws.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import (
    Action,
    Angle,
    Being,
    Facing,
    ShotSize,
    View,
)
from .apart import (
    beasts_free,
    heads_free,
    herd_free,
    in_a_row,
    in_falling,
    in_stroke,
    muzzles_free,
    run_after,
    strung_out,
    with_spades,
)
from .armslength import within_reach
from .blocking import SMALL_METRES, Extent, Placed
from .camera import Pose
from .canopies import canopied, under_it
from .changing import in_its_stead
from .cropping import off_the_edge
from .direction import business
from .figures.species import SPECIES
from .files import pursuer
from .fitting import rows
from .framing import framed, not_looming, shoulder_side
from .kin import herd_of
from .lairs import put_behind
from .landmarks import beside_landmark, in_front, landmark, without_walls
from .meeting import Meeting, meetings
from .mounts import led_beside
from .mouthful import brought_by_mouth
from .partners import brought
from .places.recipes import Recipe
from .props import Standing, set_down, stood_off
from .saddled import on_things
from .seating import across, clear_of_sitters, under_them
from .shoulders import BESIDE, TOP, over_taller
from .small import on_the_piano, perched
from .spacing import ROW, in_rows, placed_figure, placed_thing, side_by_side, spread
from .uneven import bark, brought_near, pair_of, past
from .vehicles import Course
from .wading import clear_of_boat, overhead, stowed

_SQUASHED = {Angle.high: 0.94, Angle.overhead: 0.8, Angle.low: 1.05, Angle.ground: 1.08}
"""Vertical scale of figures seen from above or below."""
MOST_APART = 9
"""More figures than this stand in rows, as a crowd does."""


@dataclass(frozen=True)
class Staging:
    """A picture laid out."""

    figures: tuple[Placed, ...]
    things: tuple[Placed, ...]
    pose: Pose
    subject: Placed | None
    middle: float
    """Metres up that the framing centres on."""
    squash: float
    """Vertical scale of figures seen from above or below."""


def staged(
    picture: Picture,
    recipe: Recipe,
    figures: dict[str, Extent],
    things: dict[str, Extent],
    floats: frozenset[str],
    speeds: dict[str, float],
    size: tuple[int, int],
    hands: dict[str, tuple[float, float]],
    saddles: dict[str, tuple[float, float]] | None = None,
    stands: dict[str, Standing] | None = None,
    courses: Mapping[str, Course] | None = None,
) -> Staging:
    """Lay out a picture for a frame of ``size`` pixels.

    ``figures`` and ``things`` hold the measured extents by id, ``floats`` the ids of those that swim
    or fly, ``speeds`` metres a second, ``hands`` where hands are that hold something, ``saddles`` by
    rider where it sits on what it rides (see ``partners.brought``), ``stands`` by thing how it stands
    (see ``props.py``), ``courses`` how vehicles under way go. Pure.
    """
    squash = _SQUASHED.get(picture.camera.angle, 1.0)
    figures = {i: replace(e, top=e.top * squash, eyes=e.eyes * squash) for i, e in figures.items()}
    shown = [f for f in picture.figures if _is_seen(picture, f)]
    span, crowd, met = spread(picture, figures, size), len(shown) > MOST_APART, meetings(picture)
    placed = [
        placed_figure(picture, recipe, f, figures[f.id], f.id in floats, speeds.get(f.id, 0.0), span)
        for f in shown
    ]
    placed = in_rows(placed, picture) if crowd else side_by_side(placed)
    placed = _at_one_work(picture, recipe, placed, met, crowd)
    placed = clear_of_boat(placed, recipe, floats)
    placed = placed if crowd or met else _beside_whom_it_reaches(picture, placed)
    placed = brought(picture, placed, met, saddles or {})
    placed = _seen_apart(picture, _perched(picture, placed, met, floats), met, crowd)
    placed = brought_near(picture, led_beside(picture, placed))
    placed = placed if met else clear_of_boat(placed, recipe, floats)  # of which some have moved apart
    if hunting := [f.id for f in picture.figures if pursuer(picture, f)]:
        placed = strung_out(placed, hunting)
    laid = [placed_thing(t, things[t.id], span, placed, recipe) for t in picture.things if not t.held]
    placed, laid = _set_about(picture, recipe, placed, laid, floats, stands or {})
    placed, laid = on_things(placed, laid, met, saddles or {})
    placed = in_its_stead(picture, placed)
    placed, laid = across(picture, placed, laid)
    laid = clear_of_sitters(picture, placed, under_them(picture, placed, laid))
    laid = put_behind(picture, placed, run_after(picture, placed, laid))
    placed, laid = _on_the_way(placed, laid, courses or {})
    going = _travelling(laid, placed, courses or {})
    placed, laid = _at_hand(picture, placed, laid)
    subject = going or _subject(picture, placed, laid)
    framing = [p for p in placed if p.depth < ROW] if crowd else placed
    framing = [p for p in framing if going is None or p.rides != going.id]
    wanted = _inserted(picture, subject, hands)
    framing = canopied(picture, framing, met)
    wanted = canopied(picture, [wanted], met)[0] if wanted is not None else None
    pose, middle = framed(picture, recipe, framing, not_looming(picture, placed, laid), wanted, size)
    if picture.camera.view is View.over_shoulder and subject is not None:
        placed = _shouldered(picture, placed, subject, pose, size)
    placed = _within(picture, placed, subject, pose, size)
    placed = placed if met else off_the_edge(placed, subject, pose, size[0])
    placed = [_eyed(p, picture, placed, laid) for p in placed]
    subject = next((p for p in [*placed, *laid] if subject and p.id == subject.id), subject)
    kinds = {t.id: t.look.kind for t in picture.things}
    laid = [p for p in laid if not _stray(picture, p, kinds[p.id], placed)]
    return Staging(tuple(placed), tuple(laid), pose, subject, middle, squash)


def _at_one_work(
    picture: Picture, recipe: Recipe, placed: list[Placed], met: Sequence[Meeting], crowd: bool
) -> list[Placed]:
    """Those who row, dig or dance together with room for it, and nobody in what the actor has in use."""
    if recipe.footing == "boat":
        placed = in_stroke(placed, [f.id for f in picture.figures if rows(f)], picture.actor)
    people = [f for f in picture.figures if f.look.being is Being.person and f.action is picture.action]
    if picture.action is Action.dig and not crowd:
        placed = with_spades(placed, [f.id for f in people], picture.actor)
    if crowd or met:
        return placed
    if picture.action is Action.dance:
        placed = in_a_row(placed, [f.id for f in people])
    if picture.action is Action.fall:
        placed = in_falling(placed, [f.id for f in people])
    return _off_the_table(picture, placed)


def _perched(
    picture: Picture, placed: list[Placed], met: Sequence[Meeting], floats: frozenset[str]
) -> list[Placed]:
    """The small lifted to whom they meet; not who hides, whose cover stands on the ground."""
    hovering = frozenset(
        f.id for f in picture.figures if "wings" in SPECIES.get(f.look.species, {}) and f.action not in _RESTS
    )
    hides = {f.id for f in picture.figures if f.action is Action.hide}
    lifted = perched(placed, met, floats | hovering)
    return [old if old.id in hides else new for old, new in zip(placed, lifted, strict=True)]


def _seen_apart(picture: Picture, placed: list[Placed], met: Sequence[Meeting], crowd: bool) -> list[Placed]:
    """Heads, muzzles and beasts beside each other instead of before each other; a crowd as it is."""
    if crowd:
        return placed
    placed = heads_free(placed, met)
    if picture.action is not Action.dig:  # who digs is a spade ahead, and no muzzle
        placed = muzzles_free(placed, met)
    placed = beasts_free(placed, met, [f.id for f in picture.figures if f.look.being is Being.quadruped])
    placed = under_it(picture, brought_by_mouth(picture, placed))
    lying = [f.id for f in picture.figures if f.action in (Action.lie, Action.sleep, Action.sit)]
    grazing = [f.id for f in picture.figures if f.action is Action.eat and f.id != picture.actor]
    return herd_free(placed, met, herd_of(picture.figures), lying, grazing)


def _set_about(
    picture: Picture,
    recipe: Recipe,
    placed: list[Placed],
    laid: list[Placed],
    floats: frozenset[str],
    stands: Mapping[str, Standing],
) -> tuple[list[Placed], list[Placed]]:
    """The things where such things stand: on the ground, a table or a deck, by a landmark, off the walls."""
    kinds = {t.id: t.look.kind for t in picture.things}
    laid = [set_down(p, kinds[p.id], stands.get(p.id, Standing()), recipe) for p in laid]
    laid = stowed(placed, overhead(picture, laid, placed, kinds, recipe), recipe, floats)
    small = next((p.extent.height for p in placed if p.id == picture.actor), math.inf)
    if landmark(picture, small, 1.0):
        laid = beside_landmark(picture, placed, laid)
    return in_front(picture, placed, without_walls(picture, placed, laid))


def _at_hand(picture: Picture, placed: list[Placed], laid: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """What is handled before whoever handles it, and whoever went to it clear of the rest."""
    reached, things = within_reach(picture, placed, laid)
    if reached != placed:
        reached = stood_off(reached, picture.actor, picture.target, things)
    return on_the_piano(picture, reached, things), things


_LONG, _ABOUT = 2.2, 1.3
"""Heights of a vehicle that is too long to be seen whole with two in it, and of what is seen of it then."""
_RESTS = frozenset({Action.sit, Action.sleep, Action.lie})
"""What a winged one does with its feet on something."""
_DRIVEN = 2.6
"""Metres a second at which a vehicle passes in which nobody is seen."""


def _stray(picture: Picture, laid: Placed, kind: str, placed: list[Placed]) -> bool:
    """Whether a close framing would cut a thing in two of which its sentence does not speak, or those who dig
    would have it behind their spades."""
    tangled = sum(f.action is Action.dig for f in picture.figures) > 1  # with spades
    if picture.camera.size not in _CUTTING and not tangled:
        return False
    if laid.id in (picture.actor, picture.target, picture.camera.focus):
        return False
    if laid.extent.height > _STANDS_OUT and not tangled:
        return False
    if any(laid.id in (p.rides, f.gaze) for p, f in product(placed, picture.figures)):
        return False
    told = picture.sentence[:2000].lower()
    return not any(re.search(rf"\b{re.escape(word)}", told) for word in kind.lower().split())


_CUTTING = frozenset(
    {
        ShotSize.medium_full, ShotSize.medium, ShotSize.two_shot, ShotSize.medium_close, ShotSize.close,
        ShotSize.extreme_close,
    }
)  # fmt: skip
"""Framings whose lower edge goes through what lies on the ground."""
_STANDS_OUT = 1.2
"""Metres over which a thing is scenery."""


def _off_the_table(picture: Picture, placed: list[Placed]) -> list[Placed]:
    """Nobody has the head jammed against what the actor has in use before it: a table, a stove, a book."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    figure = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or figure is None:
        return placed
    if picture.action is not Action.read and not business(picture, figure, figure.action):
        return placed
    way = -1.0 if actor.facing is Facing.left else 1.0
    edge = way * actor.x + (actor.extent.right if way > 0 else -actor.extent.left) + _ELBOW * actor.tall
    moved = {p.id: p for p in placed}
    for p in sorted(placed, key=lambda p: way * p.x):  # the next one stands behind the first
        left, right = p.extent.left, p.extent.right
        near, far = (way * p.x + e for e in ((left, right) if way > 0 else (-right, -left)))
        if p is actor or way * (p.x - actor.x) <= 0 or abs(p.depth - actor.depth) > 1:
            continue
        if near < edge:
            moved[p.id] = replace(p, x=p.x + way * (edge - near))
            edge += far - near
    return [moved[p.id] for p in placed]


def _beside_whom_it_reaches(picture: Picture, placed: list[Placed]) -> list[Placed]:
    """Nobody stands between who reaches for somebody and that one: it would be touched in passing."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    other = next((p for p in placed if p.id == picture.target), None)
    if picture.action is not Action.reach or actor is None or other is None or actor is other:
        return placed
    way = 1.0 if other.x >= actor.x else -1.0
    between = [p for p in placed if way * actor.x < way * p.x < way * other.x and p.rides == actor.rides]
    if not between:
        return placed
    last = max(between, key=lambda p: way * p.x)
    moved = {actor.id: replace(actor, x=last.x), last.id: replace(last, x=actor.x)}
    return [moved.get(p.id, p) for p in placed]


_ELBOW = 0.1
"""Heights of who uses a table that are between it and who stands at its end."""


def _on_the_way(
    placed: list[Placed], laid: list[Placed], courses: Mapping[str, Course]
) -> tuple[list[Placed], list[Placed]]:
    """A vehicle that goes by itself set going, and whoever is not aboard out of the way of what is driven."""
    going = next((t for t in laid if t.id in courses), None)
    if going is None:
        return placed, laid
    if not any(p.rides == going.id for p in placed):
        speed = 0.0 if courses[going.id].way in ("up", "land", "off") else _DRIVEN
        moving = replace(going, facing=Facing.right, walks=speed)
        return placed, [moving if t is going else t for t in laid]
    found, half = [], 0.5 * going.extent.width
    for p in placed:
        if p.rides or abs(p.x - going.x) > half + 0.5 * p.extent.width or abs(p.depth - going.depth) > 2:
            found.append(p)
            continue
        side = 1.0 if p.x >= going.x else -1.0
        found.append(replace(p, x=going.x + side * (half + 0.7 * p.extent.width)))
    return found, laid


def _travelling(laid: list[Placed], placed: list[Placed], courses: Mapping[str, Course]) -> Placed | None:
    """The vehicle under way, with who sits on it and the air between it and the ground: what is framed."""
    going = next((t for t in laid if t.id in courses), None)
    if going is None:
        return None
    rise = max(0.0, courses[going.id].rise)
    aboard = [p for p in placed if p.rides == going.id]
    high = max([going.up + going.extent.top, *(p.up + p.extent.top for p in aboard)])
    extent = replace(going.extent, top=high - going.up + rise)
    if len(aboard) > 1 and extent.width > _LONG * extent.height:  # those in it, and not all of a bus
        left, right = (end([p.x - going.x for p in aboard]) for end in (min, max))
        half = 0.5 * max(_ABOUT * extent.height, right - left + extent.height)
        middle = 0.5 * (left + right)
        left, right = max(extent.left, middle - half), min(extent.right, middle + half)
        extent = replace(extent, left=left, right=right)
    return replace(going, extent=extent)


def _is_seen(picture: Picture, figure: FigureIn) -> bool:
    """From somebody's point of view that somebody is not seen."""
    return not (
        picture.camera.view is View.point_of_view
        and figure.id == picture.actor
        and picture.camera.focus != figure.id
    )


def _subject(picture: Picture, figures: list[Placed], things: list[Placed]) -> Placed | None:
    """Who or what is framed; None frames the whole staging."""
    by_id = {p.id: p for p in [*figures, *things]}
    holder = next((f.id for f in picture.figures if picture.camera.focus in f.holds), None)
    for wish in (picture.camera.focus, holder):
        if wish in by_id:
            return by_id[wish]
    if picture.camera.view is View.point_of_view:
        others = [picture.target, *(f.id for f in figures), *(t.id for t in things)]
        return next((by_id[o] for o in others if o in by_id), None)
    whole = (ShotSize.wide, ShotSize.extreme_wide, ShotSize.full, ShotSize.two_shot)
    if picture.camera.size in whole and len(by_id) > 1:
        return None
    if picture.camera.size is ShotSize.insert and things:
        return things[0]
    if picture.actor in by_id:
        return by_id[picture.actor]
    return figures[0] if figures else (things[0] if things else None)


def _inserted(
    picture: Picture, subject: Placed | None, hands: dict[str, tuple[float, float]]
) -> Placed | None:
    """In an insert of somebody, the hands and what they hold are framed."""
    if subject is None or picture.camera.size is not ShotSize.insert:
        return subject
    figure = next((f for f in picture.figures if f.id == subject.id), None)
    if figure is None:
        return subject
    tall = subject.extent.height
    across, up = hands.get(subject.id, (0.0, 0.42 * tall))
    reach = 0.17 * tall
    if subject.extent.width > 1.25 * tall:
        across, up = (subject.extent.left + subject.extent.right) / 2, 0.5 * tall
    reach = max(reach, 0.12)
    box = Extent(across - reach, across + reach, up + reach * 0.8, up - reach * 0.8, up)
    return replace(subject, extent=box)


_LOWER = 0.36
"""How far down the frame the head over whose shoulder is looked comes that is lower than the other one's, by
its share of that height."""
_CHIN, _BACK = 1.17, 0.17
"""How far a chin is under the eyes, in distances from the eyes to the crown; how much of a body is seen below
it of whose shoulder is looked over."""


def _shouldered(
    picture: Picture, placed: list[Placed], subject: Placed, pose: Pose, size: tuple[int, int]
) -> list[Placed]:
    """Bring the other one before the lens, back turned, large at the edge of the frame."""
    others = [p for p in placed if p.id != subject.id]
    if not others or any(p.extent.small for p in placed):
        return placed  # the back of a mouse hides nobody, and that of a giant everything
    other = next((p for p in others if p.id == picture.actor), others[0])
    tall = other.extent.height
    side = shoulder_side(picture, subject)
    if bark(picture) == other.id:
        return [p for p in placed if p.id != other.id] + [past(other, subject, pose, size, side)]
    seen = 0.62 if pair_of(picture) else 0.42  # a back before a giant is that of somebody small
    lower = max(0.0, 1.0 - other.extent.top / max(0.1, subject.extent.top))
    top_y = (0.26 + _LOWER * min(1.0, lower)) * size[1]
    scale = 0.8 * size[1] / max(0.2, min(tall, 1.9) * seen)
    if other.extent.face:  # a head that is large for its body is seen with its shoulders
        chin = other.extent.top - other.extent.eyes + _CHIN * other.extent.face
        scale = min(scale, (size[1] - top_y) / (chin + _BACK * tall))
    scale = max(scale, 1.1 * pose.scale(min(0.0, subject.depth)))  # nearer than whoever is looked at
    if over_taller(picture, placed, subject):
        top_y, scale = TOP * size[1], BESIDE * pose.scale(min(0.0, subject.depth))
    depth = pose.focal / scale - pose.distance
    half = (other.extent.right if side > 0 else -other.extent.left) * pose.scale(depth) / size[0]
    aside = max(_BACK_LEAST, min(_BACK_ASIDE, 0.5 - _BACK_CLEAR - half))
    x = pose.x + (side * aside * size[0]) / pose.scale(depth)
    up = pose.height - (top_y - pose.horizon) / pose.scale(depth) - other.extent.top
    back = replace(other, x=x, depth=depth, up=up, facing=Facing.away, walks=0.0, shoulder=True, sunk=0.0)
    return [p for p in placed if p.id != other.id] + [back]


_BACK_ASIDE, _BACK_LEAST, _BACK_CLEAR = 0.41, 0.34, 0.05
"""Shares of the frame's width from its middle to a back before the lens, and from there to its edge."""


def _within(
    picture: Picture, placed: list[Placed], subject: Placed | None, pose: Pose, size: tuple[int, int]
) -> list[Placed]:
    """Leave out those of whom only a sliver would be seen at an edge, or a body without its head."""
    if subject is None or picture.camera.size in (ShotSize.extreme_wide, ShotSize.wide, ShotSize.two_shot):
        return placed
    width, height = size
    kept = []
    for figure in placed:
        left, top = pose.at(figure.x + figure.extent.left, figure.up + figure.extent.top, figure.depth)
        right, _ = pose.at(figure.x + figure.extent.right, 0, figure.depth)
        seen = (min(right, width) - max(left, 0)) / max(1.0, right - left)
        most = 0.66
        whole = -0.03 * height < top < 0.72 * height or figure.depth > subject.depth + 2
        giant = figure.id == picture.target and figure.extent.width > 1.6 * subject.extent.height
        face, _ = pose.at(figure.x + figure.extent.face_x, 0, figure.depth)
        beside = giant and 0 < face < width  # with its face beside whoever acts
        little = figure.extent.small or figure.extent.height < SMALL_METRES
        tiny = figure.id == picture.target and little and not subject.extent.small
        beside = beside or (tiny and seen > most and top < 0.92 * height)
        if figure.id == subject.id or figure.shoulder or figure.rides or beside or (seen > most and whole):
            kept.append(figure)
    return kept


def _eyed(figure: Placed, picture: Picture, figures: list[Placed], things: list[Placed]) -> Placed:
    """Turn the eyes to what is looked at."""
    wish = next((f.gaze for f in picture.figures if f.id == figure.id), None)
    target = next((p for p in [*figures, *things] if p.id == wish and p.id != figure.id), None)
    if target is None:
        return figure
    dx = target.x - figure.x
    dy = -(target.up + target.extent.eyes) + (figure.up + figure.extent.eyes)
    far = math.hypot(dx, dy) or 1.0
    return replace(figure, gaze=(dx / far, dy / far))
