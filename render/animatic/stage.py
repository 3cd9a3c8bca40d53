"""The stage: a ``Picture`` laid out in metres, and the camera put where its framing asks.

Depth 0 is the line of the figures; the ground is 0 up; x runs right. Nothing here draws.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import (
    Action,
    Age,
    Angle,
    Being,
    Distance,
    Facing,
    ShotSize,
    Side,
    View,
)
from .apart import (
    beasts_free,
    heads_free,
    herd_free,
    in_a_row,
    in_stroke,
    muzzles_free,
    run_after,
    strung_out,
    with_spades,
)
from .blocking import BOARD_METRES, SMALL_METRES, THIRDS, VESSELS, Extent, Placed
from .camera import Pose
from .canopies import canopied
from .changing import in_its_stead
from .direction import HANDLED, business
from .everyday import HEAVENLY
from .figures.species import SPECIES
from .files import pursuer
from .fitting import rows
from .framing import framed, not_looming, shoulder_side
from .games import KEYED
from .kin import herd_of
from .lairs import put_behind
from .landmarks import beside_landmark, in_front, landmark, without_walls
from .meeting import TRIPS, meetings
from .mounts import led_beside
from .partners import brought
from .places.recipes import Recipe
from .props import Standing, deepest, set_down, stood_off
from .reach import turned
from .saddled import on_things
from .seating import clear_of_sitters, under_them
from .small import on_the_piano, perched
from .tripping import is_fast
from .uneven import brought_near, pair_of
from .vehicles import Course, cab_of
from .wading import clear_of_boat, in_company, overhead, stowed, swims, tailed

_SQUASHED = {Angle.high: 0.94, Angle.overhead: 0.8, Angle.low: 1.05, Angle.ground: 1.08}
"""Vertical scale of figures seen from above or below."""
_SWIMMERS = frozenset({Being.fish, Being.whale, Being.octopus})


MOST_APART = 9
"""More figures than this stand in rows, as a crowd does."""
_APART = 5.2
"""Heights of the tallest across which small ones are spread at most."""
_KERB = 1.4
"""Metres behind the figures at which a vehicle stands at most: farther off it would look like a toy."""
_CAR = 4.5
"""Metres: what is longer is no car."""
_SHOVED = 1.4
"""Of somebody's height: what is longer is pushed where it stands."""
_DRAGGED = 2.4
"""The same of what is pulled by a rope."""
_ROW = 1.1
"""Metres between the rows of a crowd."""


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
    span = _span(picture, figures, size)
    placed = [
        _figure(picture, recipe, f, figures[f.id], f.id in floats, speeds.get(f.id, 0.0), span) for f in shown
    ]
    crowd = len(placed) > MOST_APART
    placed = _crowd(placed, picture) if crowd else _apart(placed)
    if recipe.footing == "boat":
        placed = in_stroke(placed, [f.id for f in picture.figures if rows(f)], picture.actor)
    if picture.action is Action.dig and not crowd:
        digs = [f.id for f in picture.figures if f.action is Action.dig and f.look.being is Being.person]
        placed = with_spades(placed, digs, picture.actor)
    met = meetings(picture)
    if picture.action is Action.dance and not crowd and not met:
        dances = [f.id for f in picture.figures if f.action is Action.dance and f.look.being is Being.person]
        placed = in_a_row(placed, dances)
    if not crowd and not met:
        placed = _off_the_table(picture, placed)
    placed = clear_of_boat(placed, recipe, floats)
    placed = placed if crowd or met else _beside_whom_it_reaches(picture, placed)
    placed = brought(picture, placed, met, saddles or {})
    hovering = frozenset(
        f.id for f in picture.figures if "wings" in SPECIES.get(f.look.species, {}) and f.action not in _RESTS
    )
    hides = {f.id for f in picture.figures if f.action is Action.hide}  # its cover stands on the ground
    lifted = perched(placed, met, floats | hovering)
    placed = [old if old.id in hides else new for old, new in zip(placed, lifted, strict=True)]
    placed = placed if crowd else heads_free(placed, met)
    if not crowd and picture.action is not Action.dig:  # who digs is a spade ahead, and no muzzle
        placed = muzzles_free(placed, met)
    if not crowd:
        placed = beasts_free(placed, met, [f.id for f in picture.figures if f.look.being is Being.quadruped])
    lying = [f.id for f in picture.figures if f.action in (Action.lie, Action.sleep, Action.sit)]
    grazing = [f.id for f in picture.figures if f.action is Action.eat and f.id != picture.actor]
    placed = placed if crowd else herd_free(placed, met, herd_of(picture.figures), lying, grazing)
    placed = brought_near(picture, led_beside(picture, placed))
    placed = placed if met else clear_of_boat(placed, recipe, floats)  # of which some have moved apart
    if hunting := [f.id for f in picture.figures if pursuer(picture, f)]:
        placed = strung_out(placed, hunting)
    laid = [_thing(t, things[t.id], span, placed, recipe) for t in picture.things if not t.held]
    kinds = {t.id: t.look.kind for t in picture.things}
    laid = [set_down(p, kinds[p.id], (stands or {}).get(p.id, Standing()), recipe) for p in laid]
    laid = stowed(placed, overhead(picture, laid, placed, kinds, recipe), recipe, floats)
    small = next((p.extent.height for p in placed if p.id == picture.actor), math.inf)
    if landmark(picture, small, 1.0):
        laid = beside_landmark(picture, placed, laid)
    laid = without_walls(picture, placed, laid)
    placed, laid = in_front(picture, placed, laid)
    placed, laid = on_things(placed, laid, met, saddles or {})
    placed = in_its_stead(picture, placed)
    laid = clear_of_sitters(picture, placed, under_them(picture, placed, laid))
    laid = put_behind(picture, placed, run_after(picture, placed, laid))
    placed, laid = _on_the_way(placed, laid, courses or {})
    going = _travelling(laid, placed, courses or {})
    reached = _within_reach(picture, placed, laid)
    if reached[0] != placed:
        reached = stood_off(reached[0], picture.actor, picture.target, reached[1]), reached[1]
    placed, laid = reached
    placed = on_the_piano(picture, placed, laid)
    subject = going or _subject(picture, placed, laid)
    wanted = _inserted(picture, subject, hands)
    before = [p for p in placed if p.depth < _ROW] if crowd else placed
    before = [p for p in before if going is None or p.rides != going.id]
    before = canopied(picture, before, met)
    wanted = canopied(picture, [wanted], met)[0] if wanted is not None else None
    pose, middle = framed(picture, recipe, before, not_looming(picture, placed, laid), wanted, size)
    if picture.camera.view is View.over_shoulder and subject is not None:
        placed = _shouldered(picture, placed, subject, pose, size)
    placed = _within(picture, placed, subject, pose, size)
    placed = [_eyed(p, picture, placed, laid) for p in placed]
    subject = next((p for p in [*placed, *laid] if subject and p.id == subject.id), subject)
    laid = [p for p in laid if not _stray(picture, p, kinds[p.id], placed)]
    return Staging(tuple(placed), tuple(laid), pose, subject, middle, squash)


_RESTS = frozenset({Action.sit, Action.sleep, Action.lie})
"""What a winged one does with its feet on something."""
_DRIVEN = 2.6
"""Metres a second at which a vehicle passes in which nobody is seen."""


def _stray(picture: Picture, laid: Placed, kind: str, placed: list[Placed]) -> bool:
    """Whether a close framing would cut a thing in two of which its sentence does not speak."""
    if picture.camera.size not in _CUTTING:
        return False
    if laid.id in (picture.actor, picture.target, picture.camera.focus) or laid.extent.height > _STANDS_OUT:
        return False
    if any(laid.id in (p.rides, f.gaze) for p, f in product(placed, picture.figures)):
        return False
    told = picture.sentence[:2000].lower()
    return not any(re.search(rf"\b{re.escape(word)}", told) for word in kind.lower().split())


_CUTTING = frozenset(
    {ShotSize.medium_full, ShotSize.medium, ShotSize.medium_close, ShotSize.close, ShotSize.extreme_close}
)
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
    high = max([going.up + going.extent.top, *(p.up + p.extent.top for p in placed if p.rides == going.id)])
    return replace(going, extent=replace(going.extent, top=high - going.up + rise))


def _within_reach(
    picture: Picture, placed: list[Placed], laid: list[Placed]
) -> tuple[list[Placed], list[Placed]]:
    """What the actor has its hands on stands at arm's length before it; to what cannot be moved it goes."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    thing = next((p for p in laid if p.id == picture.target), None)
    if actor is None or thing is None or actor.rides or actor.sunk:
        return placed, laid
    trips = picture.action is Action.fall and TRIPS.search(picture.sentence.lower()) is not None
    at_it = (*HANDLED, Action.hug)
    if not trips and not any(f.id == actor.id and f.action in at_it for f in picture.figures):
        return placed, [_clear_of(actor, p) if p is thing and picture.action in _SWUNG else p for p in laid]
    way = {Facing.left: -1.0, Facing.right: 1.0}.get(actor.facing, 1.0 if thing.x >= actor.x else -1.0)
    apart = 0.32 * actor.tall + 0.5 * thing.extent.width
    if thing.extent.width > 1.2 * actor.tall:  # under a large thing hands take hold, they do not reach it
        apart = 0.12 * actor.tall + 0.5 * thing.extent.width
    beast = any(f.id == actor.id and f.look.being is Being.quadruped for f in picture.figures)
    if trips:  # at the foot, and before it
        apart = 0.1 * actor.tall + 0.4 * thing.extent.width
        if beast:  # under its forefeet, and behind them: it goes down on its nose
            apart = 0.24 * actor.extent.width + 0.2 * thing.extent.width
    if picture.action is Action.paint:  # the brush is on it
        apart = 0.14 * actor.tall + 0.5 * thing.extent.width
        if thing.extent.width > 1.2 * actor.tall:  # before its near end, or a bow would be out of reach
            apart = 0.42 * thing.extent.width - 0.1 * actor.tall
    if picture.action is Action.pull and thing.extent.width > 1.2 * actor.tall:  # a rope is between
        apart = 0.42 * actor.tall + 0.5 * thing.extent.width
    if picture.action is Action.hug:  # the breast is at it
        apart = 0.1 * actor.tall + 0.26 * thing.extent.width
        if _trunked(picture, thing.id):
            apart = 0.08 * actor.tall + 0.06 * thing.extent.width
    if picture.action is Action.dig:  # under the rose of a can
        apart = 0.56 * actor.tall
    if picture.action is Action.play and thing.extent.width > 0.6 * actor.tall:  # before its keys
        apart = 0.12 * actor.tall + 0.36 * thing.extent.width
    keyed = picture.action is Action.play and any(
        t.id == thing.id and behaves_as(t.look.kind) in KEYED for t in picture.things
    )
    if keyed:  # on a stool at its keyboard
        apart = 0.13 * actor.tall + 0.5 * thing.extent.width
    facing = Facing.right if way > 0 else Facing.left
    played = picture.action is Action.play  # on keys, wherever the piano was put
    kinds = {t.id: t.look.kind for t in picture.things}
    # A car is at the kerb, wherever it was put; a plane would fill the frame there.
    wheeled = cab_of(kinds[thing.id]) is not None and thing.extent.width < _CAR
    built = picture.action is Action.work and behaves_as(kinds[thing.id]) in VESSELS  # ashore
    built = built and thing.extent.width < 3.0 * actor.tall
    most = _DRAGGED if picture.action is Action.pull else _SHOVED
    shoved = picture.action in (Action.push, Action.pull) and thing.extent.width < most * actor.tall
    if (played or wheeled or shoved or built or abs(thing.depth - actor.depth) < 1.6) and not thing.up:
        behind = -0.04 if trips and not beast and not is_fast(kinds[thing.id]) else 0.04
        if picture.action is Action.push and behaves_as(kinds[thing.id]) in _FORWARD:
            thing = replace(thing, facing=facing)
            saddle = behaves_as(kinds[thing.id]) in _SADDLED
            apart = 0.34 * actor.tall + 0.28 * thing.extent.width if saddle else apart
        if keyed:
            thing = replace(thing, facing=facing)
        moved = replace(thing, x=actor.x + way * apart, depth=actor.depth + behind)
        seen = _at_it(actor, facing)
    else:
        moved = thing
        seen = replace(_at_it(actor, facing), x=thing.x - way * apart)
        if picture.action is Action.paint and not thing.up:
            seen = replace(seen, depth=max(actor.depth, thing.depth - 0.1))  # before it, at the wall
        elif picture.action is Action.hug and not thing.up:  # and does not hold the air before it
            seen = replace(seen, depth=thing.depth - 0.04)
        elif picture.action in (Action.push, Action.pull) and not thing.up:  # else a bus is chest-high
            room = 0.2 * actor.tall if picture.action is Action.push else 0.0
            seen = replace(seen, x=seen.x - way * room, depth=max(actor.depth, thing.depth - 0.04))
    placed = _off_what_is_built(placed, seen, moved) if built else placed
    return [seen if p.id == seen.id else p for p in placed], [moved if p.id == thing.id else p for p in laid]


_SWUNG = frozenset({Action.kneel, Action.dance})
"""Actions whose head or arms swing out, and would lie over what is bowed to or danced about."""


def _clear_of(actor: Placed, thing: Placed) -> Placed:
    """What stands upright beside somebody, moved outwards until no head or hand lies over it."""
    off = thing.depth - actor.depth
    if thing.up or thing.extent.top < 0.5 * actor.tall or not -1.6 < off < 5.0:
        return thing
    side = 1.0 if thing.x >= actor.x else -1.0
    reach = max(side * actor.extent.left, side * actor.extent.right) + 0.5 * thing.extent.width
    reach *= 1.0 + 0.12 * max(0.0, off - 0.4)  # what is farther off is seen nearer to the middle
    return replace(thing, x=actor.x + side * max(abs(thing.x - actor.x), reach + 0.06))


def _off_what_is_built(placed: list[Placed], actor: Placed, thing: Placed) -> list[Placed]:
    """Those who would stand before what is built, in a row behind whoever builds it, who look on."""
    way, found = (1.0 if thing.x > actor.x else -1.0), []
    row = actor.x - way * 0.1 * actor.tall
    for p in placed:
        if p.id != actor.id and -0.6 < way * (p.x - actor.x) < 1.1 * thing.extent.width:
            row -= way * 0.4 * p.tall
            facing = Facing.right if way > 0 else Facing.left
            p = replace(turned(p, facing), x=row, depth=actor.depth + 0.06, gaze=None)
        found.append(p)
    return found


def _trunked(picture: Picture, thing: str) -> bool:
    """Whether that thing is a tree: its trunk is much narrower than its crown."""
    return any(t.id == thing and behaves_as(t.look.kind) == "tree" for t in picture.things)


_FORWARD = frozenset({"bicycle", "motorcycle", "scooter", "tricycle", "wheelbarrow", "pram", "sled", "cart"})
"""What is pushed with its front ahead."""
_SADDLED = frozenset({"bicycle", "motorcycle"})
"""What is pushed with the hands on its saddle."""


def _at_it(actor: Placed, facing: Facing) -> Placed:
    """Turned to what it works at: whoever faced the lens was measured at work to the right."""
    sideways = actor.facing in (Facing.left, Facing.right)
    return turned(actor if sideways else replace(actor, facing=Facing.right), facing)


def _is_seen(picture: Picture, figure: FigureIn) -> bool:
    """From somebody's point of view that somebody is not seen."""
    return not (
        picture.camera.view is View.point_of_view
        and figure.id == picture.actor
        and picture.camera.focus != figure.id
    )


def _span(picture: Picture, figures: dict[str, Extent], size: tuple[int, int]) -> float:
    """Metres across which the sides are spread, so that people stand together as people do."""
    widths = [figures[f.id].width for f in picture.figures]
    tallest = max([figures[f.id].height for f in picture.figures], default=1.7)
    people = max(min(3.4, _APART * tallest), 1.9 * tallest) if len(widths) > 1 else max(2.6, tallest * 1.5)
    shape = size[0] / size[1]
    closer = min(1.0, 0.5 + 0.3 * shape) if shape >= 1 else 0.8 * (0.2 + 0.8 * shape)
    return max(people * closer, (0.9 if shape >= 1 else 0.7) * sum(widths))


def _figure(
    picture: Picture,
    recipe: Recipe,
    figure: FigureIn,
    extent: Extent,
    floats: bool,
    speed: float,
    span: float,
) -> Placed:
    depth = {Distance.near: -0.5, Distance.middle: 0.0, Distance.far: 3.0}[figure.distance]
    depth *= min(1.0, span / 4) if depth < 0 else 1.0
    depth = min(depth, deepest(recipe))
    up, sunk = 0.0, 0.0
    if recipe.footing == "boat" and not floats and not swims(figure, recipe, picture):
        depth *= 0.1
        up = BOARD_METRES
    if floats:
        if figure.look.being in _SWIMMERS and recipe.water:
            depth = max(depth, recipe.water[0] + 1.2 + extent.width * 0.12)
            line = min(0.3 * extent.height, 0.42 * extent.eyes)
            if figure.look.being is Being.whale and "whale" in figure.look.species:  # its mouth is above it
                line = min(line, (0.05 if recipe.footing == "ground" else 0.18) * extent.eyes)
            sunk = line / extent.height if recipe.footing != "seabed" else 0.0
            up = -extent.height * sunk
        elif recipe.footing == "seabed":
            up = 0.5 + extent.height * 0.2
        elif figure.look.being is Being.whale and recipe.footing == "ground" and recipe.sky != "water":
            up = max(0.0, -extent.bottom)  # heavy: out of the water it lies where it is
        elif figure.look.being in _SWIMMERS:
            up = 0.5
        else:
            up = {Being.ghost: 0.12, Being.dragon: 0.8}.get(figure.look.being, 0.9)
            if figure.look.being is Being.ghost and figure.action is Action.sit:
                up = 0.0
    elif figure.action is Action.fly and figure.look.being is not Being.person:
        up = 0.45 * extent.height
    elif swims(figure, recipe, picture):
        assert recipe.water is not None
        line = _waterline(figure, extent, in_company(figure, picture))
        sunk = line / extent.height
        up = -line
        depth = max(depth, recipe.water[0] + 0.6)
    elif extent.bottom < 0 and figure.look.being is not Being.person:  # a skirt may hang below the ground
        up = min(-extent.bottom, 0.06 * extent.height)  # a tail hangs lower than any foot
    facing = figure.facing
    if picture.camera.view is View.profile and facing in (Facing.camera, Facing.away):
        facing = Facing.left if figure.side in (Side.right, Side.far_right) else Facing.right
    if figure.action is Action.climb and facing is not Facing.left:
        facing = Facing.right
    walks = {Facing.left: -speed, Facing.right: speed}.get(facing, 0.0)
    x = THIRDS[figure.side] * span * (1 + depth / 12)
    return Placed(figure.id, x, depth, up, extent, facing, sunk=sunk, walks=walks)


def _waterline(figure: FigureIn, extent: Extent, met: bool = False) -> float:
    """Metres up a body, in the pose it takes, that the water comes to: below the face, or a diver's hips.

    Who is ``met`` there by somebody else is seen with shoulders and chest, not as a head on the water.
    """
    if figure.look.being is Being.octopus:
        dives = figure.action is Action.dive  # else below the mouth, however wide it is open
        return (0.66 if dives else 0.5) * extent.eyes
    if figure.action is Action.dive:
        return 0.28 * extent.top
    if figure.action is Action.jump:
        return 0.1 * extent.top
    if figure.look.being is Being.quadruped:
        return 0.6 * extent.top
    if figure.look.being is Being.whale:  # a seal's head and chest
        return 0.42 * extent.top
    if tailed(figure) and extent.width < extent.top:
        return 0.46 * extent.top
    upright = min(0.74 * extent.top, 0.8 * extent.eyes)  # below the chin, whatever hand is raised
    upright = min(upright, 0.64 * extent.eyes) if met else upright  # over belt and bag
    prone = figure.action is Action.swim and figure.look.being is Being.person and not tailed(figure)
    grown = figure.look.age is not Age.child  # a large head hides what little is over the water
    if prone and grown:  # the back is under water, and the chin over it
        return max(0.185 * extent.width, extent.eyes - _CHIN * extent.face)
    if figure.look.being is Being.person and figure.action not in (Action.swim, Action.float):
        upright = min(upright, extent.eyes - _SHOULDERS * extent.face)
    return 0.185 * extent.width if prone or extent.width > 1.2 * extent.top else upright


_CHIN, _SHOULDERS = 1.2, 2.0
"""How far under the eyes a swimmer's chin is, and the shoulders of who is upright in the water; in distances
from the eyes to the crown."""


def _crowd(placed: list[Placed], picture: Picture) -> list[Placed]:
    """So many that they stand in rows, those that the shot is about in the middle of the first."""
    leads = [picture.actor, picture.target, picture.camera.focus]
    ranked = sorted(placed, key=lambda p: (leads.index(p.id) if p.id in leads else len(leads), p.x))
    columns = math.ceil(math.sqrt(2.2 * len(placed)))
    gap = 1.05 * sorted(p.extent.width for p in placed)[len(placed) // 2]
    seats = sorted(range(columns), key=lambda c: abs(c - (columns - 1) / 2))
    found = {}
    for number, figure in enumerate(ranked):
        row, seat = divmod(number, columns)
        across = (seats[seat] - (columns - 1) / 2 + 0.5 * (row % 2)) * gap
        found[figure.id] = replace(figure, x=across, depth=row * _ROW)
    return [found[p.id] for p in placed]


def _apart(placed: list[Placed]) -> list[Placed]:
    """Push those who would stand in one another aside, keeping their order."""
    ordered = sorted(placed, key=lambda p: (p.x, p.depth))
    for _ in range(4):
        for i in range(len(ordered) - 1):
            a, b = ordered[i], ordered[i + 1]
            if abs(a.depth - b.depth) > 2.5 and abs(a.depth - b.depth) > 0.6 * max(
                a.extent.width, b.extent.width
            ):
                continue
            lap = (a.x + a.extent.right * 0.9) - (b.x + b.extent.left * 0.9)
            if lap > 0:
                ordered[i] = replace(a, x=a.x - lap / 2)
                ordered[i + 1] = replace(b, x=b.x + lap / 2)
    by_id = {p.id: p for p in ordered}
    return [by_id[p.id] for p in placed]


def _thing(thing: ThingIn, extent: Extent, span: float, figures: list[Placed], recipe: Recipe) -> Placed:
    depth = {Distance.near: -0.35, Distance.middle: 0.35, Distance.far: 3.5}[thing.distance]
    if extent.width > 1.5 or extent.height > 2.5:
        depth = max(depth, 1.2)
    if cab_of(thing.look.kind) is not None:
        depth = min(depth, max(_KERB, 0.36 * extent.width))
    if behaves_as(thing.look.kind) in VESSELS and recipe.water:
        depth = max(depth, recipe.water[0] + 0.9)
    x = THIRDS[thing.side] * span * 1.15
    for figure in figures:
        if abs(figure.depth - depth) > 1.5:
            continue
        half = (figure.extent.width * 0.7 + extent.width) / 2
        if abs(figure.x - x) < half:
            x = figure.x + math.copysign(half, x - figure.x or (1.0 if figure.x <= 0 else -1.0))
    shines = thing.look.kind in HEAVENLY and thing.distance is Distance.far and not recipe.interior
    return Placed(thing.id, x, depth, _SKY_HIGH if shines else 0.0, extent, Facing.camera)


_SKY_HIGH = 2.6
"""Metres over the ground at which a star is drawn that somebody looks up to."""


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


def _shouldered(
    picture: Picture, placed: list[Placed], subject: Placed, pose: Pose, size: tuple[int, int]
) -> list[Placed]:
    """Bring the other one before the lens, back turned, large at the edge of the frame."""
    others = [p for p in placed if p.id != subject.id]
    if not others or any(p.extent.small for p in placed):
        return placed  # the back of a mouse hides nobody, and that of a giant everything
    other = next((p for p in others if p.id == picture.actor), others[0])
    tall = other.extent.height
    seen = 0.62 if pair_of(picture) else 0.42  # a back before a giant is that of somebody small
    scale = 0.8 * size[1] / max(0.2, min(tall, 1.9) * seen)
    scale = max(scale, 1.1 * pose.scale(min(0.0, subject.depth)))  # nearer than whoever is looked at
    depth = pose.focal / scale - pose.distance
    side = shoulder_side(picture, subject)
    x = pose.x + (side * 0.41 * size[0]) / pose.scale(depth)
    top_y = 0.26 * size[1]
    up = pose.height - (top_y - pose.horizon) / pose.scale(depth) - other.extent.top
    back = replace(other, x=x, depth=depth, up=up, facing=Facing.away, walks=0.0, shoulder=True, sunk=0.0)
    return [p for p in placed if p.id != other.id] + [back]


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
