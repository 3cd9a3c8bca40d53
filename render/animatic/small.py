"""Small: the place and the company of those who are no larger than a hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import skia

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, ShotSize, Stature
from .blocking import SMALL_METRES, Placed
from .figures.species import SPECIES
from .ink import Ink
from .meeting import Meeting
from .places.recipes import Layer, Recipe

_AWAY = {ShotSize.extreme_wide: 0.75, ShotSize.wide: 0.8}
_DOOR = 15.0
"""Metres behind at which doors of two metres stand in streets."""
_SOFT = {ShotSize.extreme_wide: 2.0, ShotSize.wide: 2.5, ShotSize.full: 2.5}
_COMPANY = 0.21
"""Beside somebody large, at least this share of that one's height."""
_AMONG_BEASTS, _BEASTS = 0.34, 1.1
"""The same beside whoever is lower than so many metres, such as a dog."""
_LARGER = 2.4
"""Whoever is this much taller is large."""
_MOST = 1.9
"""A small one is not drawn larger than life by more."""
_PERCH = 0.43
"""Height of what a small one is set on, as a share of the large one's."""
_BESIDE = 0.1
"""Metres between a small one and the large one it is with, body from body, as a share of that height."""


_CLOSE_BY, _WALL, _FARTHEST = 0.8, 0.85, 6.0
"""Metres: a frame lower than the first shows somebody small close by; as much is seen of the house behind,
which stands no farther off than the last."""
_STREET = frozenset({"street", "houses", "lamps", "stalls"})
"""Pieces that stand in streets."""


def away(shot: ShotSize, height: float) -> float:
    """Metres that the camera stays from who is small, so that a door behind is no smaller than that one."""
    door = _DOOR * height / (2.0 - min(1.5, height))
    return max(_AWAY.get(shot, 0.85), door)


def softened(shot: ShotSize) -> float:
    """How far what is behind somebody small is out of focus (see ``framing.blurred``)."""
    return _SOFT.get(shot, 3.5)


def in_company(height: float, others: Sequence[float]) -> float:
    """Scale at which somebody of that height (metres) can be seen beside the others."""
    tallest = max(others, default=0.0)
    if height >= SMALL_METRES or tallest < _LARGER * height:
        return 1.0
    share = _COMPANY if tallest > _BEASTS else _AMONG_BEASTS
    return max(1.0, min(_MOST, share * min(tallest, 2.0) / height))


def perched(placed: Sequence[Placed], met: Sequence[Meeting], floats: frozenset[str]) -> list[Placed]:
    """Small ones beside somebody large: lifted to where both are seen, and near that one.

    On the ground stays who walks, swims, rides or is touched. ``floats`` are those who fly.
    """
    touched = {i for m in met for i in (m.one, m.other)}
    sits = {i for m in met for i in (m.one, m.other) if m.kind == "side"}
    found: list[Placed] = []
    beside: dict[tuple[str, float], float] = {}
    for p in sorted(placed, key=lambda p: p.id not in touched):
        large = [q for q in placed if q.id != p.id and q.extent.height > _LARGER * p.extent.height]
        large = [q for q in large if not q.sunk and not q.rides and not q.extent.small]
        if not large or not p.extent.small or p.sunk or p.rides:
            found.append(p)
            continue
        near = min(large, key=lambda q: abs(q.x - p.x))
        side = 1.0 if p.x >= near.x else -1.0
        tall = min(near.extent.height, 2.2)
        reach = near.extent.right if side > 0 else -near.extent.left
        half = p.extent.width / 2
        if p.id in touched:  # off the feet of who sits there; the next one's perch stands beyond it
            by = p if p.walks or p.id not in sits else replace(p, x=p.x + 1.4 * side * half)
            beside[near.id, side] = max(0.0, abs(by.x - near.x) + 1.8 * half - reach - _BESIDE * tall)
            found.append(by)
            continue
        taken = beside.get((near.id, side), 0.0)
        x = near.x + side * (reach + half + _BESIDE * tall + taken)
        if not p.walks:
            beside[near.id, side] = taken + 1.05 * p.extent.width
        if p.id in floats:
            found.append(replace(p, x=x, up=near.up + 0.62 * tall, depth=min(p.depth, near.depth)))
        elif p.walks:
            if p.walks * near.walks > 0:  # who goes along is not under the feet
                x = near.x + side * (1.1 * reach + half + _BESIDE * tall + taken)
                beside[near.id, side] = taken + 1.15 * p.extent.width
            else:
                x = p.x
            found.append(replace(p, x=x, depth=min(p.depth, near.depth - 0.25)))
        else:
            high = _PERCH * tall
            found.append(replace(p, x=x, up=high, depth=near.depth, perch=high))
    moved = {p.id: p for p in found}
    return [moved[p.id] for p in placed]


_PITCH = 0.9
"""Widths of a small one from one to the next on a piano."""


def on_the_piano(picture: Picture, placed: list[Placed], laid: Sequence[Placed]) -> list[Placed]:
    """Small ones who listen to a piano sit on top of it in a row, and not before its keys."""
    piano = next((t for t in laid if t.id == picture.target and picture.action is Action.play), None)
    perching = [p for p in placed if p.perch and p.id != picture.actor]
    room = sum(_PITCH * p.extent.width for p in perching)
    if piano is None or not perching or room > piano.extent.width:
        return placed
    player = next((p.x for p in placed if p.id == picture.actor), piano.x)
    left, right = piano.x + piano.extent.left, piano.x + piano.extent.right
    over = 0.4 * max(p.extent.width for p in perching)
    x, moved = right + over - room if player < piano.x else left - over, {}  # clear of the head of who plays
    for p in sorted(perching, key=lambda p: p.x):
        x += 0.5 * _PITCH * p.extent.width
        up = piano.up + piano.extent.top
        moved[p.id] = replace(p, x=x, up=up, depth=piano.depth - 0.02, perch=0.0)
        x += 0.5 * _PITCH * p.extent.width
    return [moved.get(p.id, p) for p in placed]


def shrunk(
    recipe: Recipe,
    up: float,
    free: tuple[float, float] = (0.0, 0.0),
    seen: tuple[float, float] = (9.0, 9.0),
    past: tuple[float, float, float] | None = None,
) -> Recipe:
    """The place as it is about somebody small, ``up`` metres above its ground: what is near is large.

    ``free`` is the middle and half the width of who stands there, in metres, whom nothing grows out of;
    ``seen`` the height of the frame there and how far off the lens is; ``past`` from where to where it flies,
    and how high. Close by, a street is the foot of one of its houses.
    """
    if recipe.footing not in ("ground", "deck") or recipe.ground.get("aloft"):
        return recipe
    tall, lens = seen
    if before_a_house(recipe, up, tall):
        ground = {k: v for k, v in recipe.ground.items() if k not in ("walk", "path")}
        back = min(_FARTHEST, max(0.6, lens * (_WALL / tall - 1.0)))
        foot = Layer(back, "house_foot", {"free": (free[0], free[1] * (lens + back) / lens)})
        return replace(recipe, layers=(foot,), front=(), ground={**ground, "texture": "setts"})
    texture = str(recipe.ground.get("texture", "none"))
    grown = bool(recipe.ground.get("grows")) and texture != "furrows"
    added: list[Layer] = []
    front: tuple[Layer, ...] = ()
    if grown:
        added = [
            Layer(0.75, "blades", {"tall": 0.34, "step": 0.07}),
            Layer(0.3, "blades", {"tall": 0.2, "step": 0.13, "share": 0.7}),
            Layer(0.12, "litter", {"step": 0.8}),
        ]
        front = (Layer(-0.5, "blades", {"tall": 0.5, "step": 0.16, "share": 0.45}),)
        options = {"tall": up + 0.42, "step": 0.4, "share": 0.55, "past": past}
        added.insert(0, Layer(0.9, "stalks", options))
    elif texture in ("sand", "craters", "snow"):
        added = [Layer(0.6, "pebbles", {"tall": 0.09}), Layer(0.15, "pebbles", {"tall": 0.04, "share": 0.4})]
    elif recipe.interior or recipe.footing == "deck":
        added = [
            Layer(0.6, "litter", {"step": 0.42, "dry": True}),
            Layer(0.14, "litter", {"step": 0.7, "dry": True}),
        ]
    else:
        walk = bool(recipe.ground.get("walk"))  # the kerb goes down from those who are on the pavement
        added = [
            *((Layer(1.02, "pavement", {}),) if _in_a_street(recipe) and not walk else ()),
            *(() if walk else (Layer(1.0, "kerb", {}),)),
            Layer(0.94, "blades", {"tall": 0.16, "step": 0.3, "share": 0.5}),
            Layer(0.4, "pebbles", {"tall": 0.04, "share": 0.5}),
            Layer(0.14, "litter", {"step": 0.8}),
        ]
    added = [replace(la, options={**la.options, "free": free}) for la in added]
    kept = tuple(la for la in recipe.layers if la.depth > 1.4 or la.piece in ("room", "cave_wall", "window"))
    return replace(recipe, layers=(*kept, *added), front=front)


def before_a_house(recipe: Recipe, up: float, tall: float) -> bool:
    """Whether a frame ``tall`` metres high about somebody small, ``up`` metres up, is so close in a street
    that all that is seen behind is the foot of a house."""
    return tall < _CLOSE_BY and up < 0.5 * tall and not recipe.interior and _in_a_street(recipe)


def _in_a_street(recipe: Recipe) -> bool:
    """Whether houses or street lamps stand near and no water does."""
    near = {la.piece for la in recipe.layers if la.depth < 14}
    return bool(near & _STREET) and recipe.water is None and "sea_band" not in near


def perch(canvas: skia.Canvas, ink: Ink, width: float, high: float, recipe: Recipe) -> None:
    """What a small one is set on: a stool in a room, a tree stump on grass, a barrel where there are houses
    or a deck, a chimney on a roof, a block by a parapet, and elsewhere a rock.

    ``width`` of who sits there and ``high`` in metres; the origin is its middle on the ground, y down.
    """
    half = max(0.14, 0.36 * width)
    if recipe.ground.get("texture") == "rooftiles":
        _stack(canvas, ink, half, high)
        return
    if not recipe.interior and any(layer.piece == "parapet" for layer in recipe.layers):
        _block(canvas, ink, half, high)
        return
    if not recipe.interior and not recipe.ground.get("grows"):
        housed = recipe.footing == "deck" or any(layer.piece in _STREET for layer in recipe.layers)
        (_barrel if housed else _rock)(canvas, ink, half, high)
        return
    if recipe.interior:
        for x in (-half * 0.78, half * 0.78 - 0.04):
            _box(canvas, ink, x, -high, x + 0.04, 0.0, "#7a5638")
        _box(canvas, ink, -half * 0.7, -0.42 * high, half * 0.7, -0.42 * high + 0.03, "#7a5638")
        _box(canvas, ink, -half, -high, half, -high + 0.06, "#9a7048")
        return
    path = skia.Path()
    path.moveTo(-half, -high)
    path.lineTo(half, -high)
    path.quadTo(half * 0.95, -0.2 * high, half * 1.25, 0.02)
    path.lineTo(-half * 1.25, 0.02)
    path.quadTo(-half * 0.95, -0.2 * high, -half, -high)
    path.close()
    ink.piece(canvas, path, "#7a5a40")
    for x in (-0.45, 0.1, 0.5):
        bark = skia.Path()
        bark.moveTo(x * half, -0.85 * high)
        bark.lineTo(x * 1.08 * half, -0.3 * high)
        ink.mark(canvas, bark, "#5f4430", 0.014)
    top = skia.Path()
    top.addOval(skia.Rect.MakeLTRB(-half, -high - 0.16 * half, half, -high + 0.16 * half))
    ink.piece(canvas, top, "#c9a578")


def _block(canvas: skia.Canvas, ink: Ink, half: float, high: float) -> None:
    """Dressed stones, one on the other under a slab, as a parapet is built."""
    _box(canvas, ink, -half, -high + 0.04, half, 0.01, "#a5a6a8")
    _courses(canvas, ink, half, high, (0.36, 0.7), (-0.25 * half, 0.3 * half), ("#83858a", 0.012))
    _box(canvas, ink, -half * 1.12, -high, half * 1.12, -high + 0.07, "#b9babb")


def _stack(canvas: skia.Canvas, ink: Ink, half: float, high: float) -> None:
    """A low chimney of brick under its slab."""
    wide, rows = half * 0.86, max(3, round(high / 0.11))
    _box(canvas, ink, -wide, -high + 0.04, wide, 0.01, "#a4553d")
    levels = tuple(k / rows for k in range(1, rows))
    _courses(canvas, ink, wide, high, levels, (0.3 * half, -0.3 * half), ("#87442f", 0.01))
    _box(canvas, ink, -half, -high, half, -high + 0.09, "#b96a4d")


def _courses(
    canvas: skia.Canvas, ink: Ink, half: float, high: float, levels: Sequence[float],
    joints: tuple[float, float], pen: tuple[str, float],
) -> None:  # fmt: skip
    """The joints of a wall from ``-half`` to ``half`` and ``high``, with a ``pen`` of a colour and a width.

    One goes along each of the ``levels`` (shares of the height, from below), and one up from it, in turn
    at either place of ``joints``.
    """
    for k, (low, top) in enumerate(pairwise((*levels, 1.0))):
        joint = skia.Path()
        joint.moveTo(-half, -high * low)
        joint.lineTo(half, -high * low)
        joint.moveTo(joints[k % 2], -high * low)
        joint.lineTo(joints[k % 2], -high * top)
        ink.mark(canvas, joint, *pen)


def _rock(canvas: skia.Canvas, ink: Ink, half: float, high: float) -> None:
    corners = ((-1.3, 0.0), (-1.22, 0.42), (-1.0, 0.96), (-0.5, 1.0), (0.6, 1.0), (1.04, 0.9), (1.3, 0.4))
    path = skia.Path()
    path.addPoly([skia.Point(x * half, -y * high) for x, y in (*corners, (1.36, 0.0))], True)
    ink.piece(canvas, path, "#8f8a86")
    face = skia.Path()
    face.addPoly([skia.Point(x * half, -y * high) for x, y in _LIT], True)
    ink.piece(canvas, face, "#a6a19b")
    for crack in (((-0.6, 0.62), (-0.35, 0.4), (-0.5, 0.14)), ((0.55, 0.7), (0.72, 0.42))):
        path = skia.Path()
        path.addPoly([skia.Point(x * half, -y * high) for x, y in crack], False)
        ink.mark(canvas, path, "#6d6966", 0.012)


_LIT = ((-0.98, 0.95), (-0.5, 1.0), (0.6, 1.0), (1.02, 0.9), (0.5, 0.82), (-0.62, 0.8))
"""The upper face of a rock, in halves of its width and its height."""


def _barrel(canvas: skia.Canvas, ink: Ink, half: float, high: float) -> None:
    path = skia.Path()
    path.moveTo(-half, -high)
    path.lineTo(half, -high)
    path.quadTo(half * 1.32, -high / 2, half, 0.01)
    path.lineTo(-half, 0.01)
    path.quadTo(-half * 1.32, -high / 2, -half, -high)
    path.close()
    ink.piece(canvas, path, "#9a7448")
    for share, wide in ((0.18, 1.1), (0.5, 1.17), (0.82, 1.1)):
        _box(canvas, ink, -half * wide, -high * share - 0.02, half * wide, -high * share + 0.02, "#55504c")
    for x in (-0.5, 0.0, 0.5):
        stave = skia.Path()
        stave.moveTo(x * half, -high)
        stave.quadTo(x * half * 1.3, -high / 2, x * half, 0.0)
        ink.mark(canvas, stave, "#7a5936", 0.01)


def _box(
    canvas: skia.Canvas, ink: Ink, left: float, top: float, right: float, bottom: float, colour: str
) -> None:
    path = skia.Path()
    path.addRect(skia.Rect.MakeLTRB(left, top, right, bottom))
    ink.piece(canvas, path, colour)


def company(heights: Mapping[str, float]) -> dict[str, float]:
    """By id the scale at which each is drawn, for all who are in a picture."""
    return {i: in_company(tall, [t for o, t in heights.items() if o != i]) for i, tall in heights.items()}


def beside_people(picture: Picture, heights: Mapping[str, float]) -> dict[str, float]:
    """By id the scale of those beasts that would make dolls of the people they are with."""
    people = [heights[f.id] for f in picture.figures if f.look.being is Being.person]
    if not people:
        return {}
    most = _BEAST * max(*people, _ADULT)
    return {
        f.id: most / heights[f.id]
        for f in picture.figures
        if heights[f.id] > most and _on_hoofs(f) and f.look.stature is not Stature.giant
    }


def _on_hoofs(figure: FigureIn) -> bool:
    kind = figure.look.species
    own = SPECIES.get(kind, {}).get("hoof") or kind == "camel"
    return bool(own) and kind != "giraffe" and figure.look.being is Being.quadruped


_BEAST = 1.28
"""Heights of who is with it that a horse, a cow or a camel has at most, its head up."""
_ADULT = 1.45
"""Metres that a person is taken to have at least, beside such a beast."""
