"""Clearing: what stands upright in a place steps aside from behind the heads of those who act.

As a camera man moves a foot to the side until no lamp post grows out of a hat.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Pose
from .hanging import LAMP, before_none, hung_on_it
from .headroom import NOWHERE, Head, behind, between_two, nearest
from .passing import Moment, passed, rail_aside
from .places.recipes import Layer, Recipe

_SCATTERED = {"trees": 0.6, "trunks": 0.45, "lamps": 0.3, "columns": 0.6, "cactus": 0.4, "reeds": 0.1,
              "poles": 0.45, "tram_wires": 0.2, "oil_lamps": 0.35, "clocks": 0.42, "props": 0.3,
              "stacks": 0.75, "bare_trees": 1.5, "berry_bushes": 0.7, "desk_lamps": 0.4,
              "bedsides": 0.3, "machines": 0.2, "dials": 0.2, "consoles": 0.75, "crystals": 1.6,
              "rail_fence": 0.15}  # fmt: skip
"""Pieces that repeat -> half the metres that one of them takes at the height of a head."""
_LOW = {"beds": 0.2, "street": 0.12}
"""Pieces with something near the ground, clear of the heads that are as low -> half the metres of it."""
_POSTS = ("poles", "tram_wires", "lamps", "bare_trees", "oil_lamps")
"""Pieces on whose top the cloud of a thought would be a sign."""
_LOW_DOWN = 1.2
"""Metres up to which a head is low."""
_PAN = 0.1
"""Half the metres of a pan on its hook, of which none hangs at a face."""
_FREE_NEAR, _FREE_STEP = 20.0, 5.0
"""Metres: trees nearer than the first, one every so many or more, stand free."""
_SINGLE = {
    "lamp": LAMP,
    "lighthouse": 1.6,
    "stove": 0.45,
    "windmill": 1.2,
    "cabin": 1.3,
    "altar": 0.95,
    "well": 1.15,
    "pear_tree": 1.9,
    "fountain": 0.6,
    "plants": 0.4,
    "helm": 0.85,
    "iron_gate": 1.3,
    "nets": 1.6,
    "glassware": 0.7,
    "glass_dome": 2.4,
}
"""Pieces that stand at their option ``x``."""
_WIDE = frozenset({"well", "glass_dome", "pear_tree"})
"""Those that are beside all heads, or left out."""
_MOUTHS, _ARCH = frozenset({"way_out", "cave_wall"}), 1.9
"""Pieces with the opening of a cave, and half the metres that its arch takes."""
_ALWAYS = frozenset({"lamp", "earth", "clocks"})
"""Pieces that are clear of heads at all moments, where they can be."""
_PARTS = {"garden_tools": {"x": 0.5, "barrow": 0.75}, "big_top": {"x": 1.45, "left": 1.0, "right": 1.0}}
"""Pieces of several things -> the option where each stands, and half the metres that it takes."""
_TOWERS = frozenset({"lighthouse", "windmill"})
_BUILDINGS = {"barn": ("wide", 6.0, 0.56), "windmill": ("tall", 8.0, 0.45), "lit_home": ("wide", 6.0, 0.6)}
"""Buildings that stand free -> the option of their size, the usual one, half their width in shares of it."""
_WAY_OFF = 11.0
"""Metres beyond which a building is scenery, and not where somebody goes."""
_BACK = 0.2
"""Metres that shoulders and arms reach beyond a head."""
_TALL = 1.1
"""Metres from which on a thing reaches up to where lamps hang."""
_FARTHEST = 40.0
"""Metres behind the figures beyond which uprights are too small to grow out of a head."""
_CORNER, _HIGH = 0.44, 0.38
"""Shares of the frame's width and height that a bough hangs into, half a head added."""
_BOUGHS = 5
"""Of so many shots with somebody in them, one is seen under a bough."""


def _towers(thing: Head, pose: Pose) -> bool:
    """Whether a thing, as ``tops`` gives it, is slim and half as high as the frame."""
    scale, wide = pose.scale(thing.depth), 2 * pose.centre
    return 2 * (thing.high - thing.low) * scale > 0.27 * wide and 2 * thing.half * scale < 0.35 * wide


def cleared(
    recipe: Recipe, seen: Sequence[Head], pose: Pose, flip: int, things: Sequence[Head] = (),
    also: Sequence[Pose] = (), thoughts: Sequence[Head] = (), herd: Sequence[Head] = (),
    along: Sequence[Pose] = (), later: Sequence[Moment] = (),
) -> Recipe:  # fmt: skip
    """The recipe with its uprights clear of the heads as seen from ``pose``; ``flip`` mirrors rooms. Pure.

    Lamps that hang, round windows and clocks are clear of tall ``things`` too, trees of what is tall in the
    frame, trunks also as seen from other poses, poles and lamps of the clouds of ``thoughts``, trees
    that stand free of a ``herd``, bushes of low heads that go with the lens, as from all poses ``along``,
    lamps that hang of the heads of ``later`` moments.
    """
    near = [head for head in seen if not (head.giant or head.body)]
    under = [*near, *(t for t in things if t.high > _TALL)]
    trees = [*near, *(t for t in things if _towers(t, pose))]
    before = {"window": under, "clocks": under, "trees": trees, "pear_tree": trees}
    before |= {"lamp": [*under, *thoughts], "courtyard": [*near, *thoughts]}
    before["plants"] = [*near, *(head for head in seen if head.body)]
    before |= {piece: [*near, *thoughts] for piece in _POSTS}
    before["rail_fence"] = [*(head for head in near if head.raised), *thoughts]  # no hand grasps it

    def before_it(layer: Layer) -> list[Head]:
        there = [*before.get(layer.piece, near), *(herd if _stands_free(layer) else ())]
        if layer.piece == "crystals" or layer.piece in _MOUTHS:  # whose glow would come out of a body
            there = [*there, *(head for head in seen if head.body)]
            return there + passed(later, layer.depth, pose, bodies=True)
        return there + (passed(later, layer.depth, pose) if layer.piece in _ALWAYS else [])

    layers = tuple(
        _aside(layer, before_it(layer), pose, flip, also) if under else layer for layer in recipe.layers
    )
    broad = [head for head in seen if head.body]
    layers = tuple(
        _wholly_beside(layer, [*broad, *passed(later, layer.depth, pose, bodies=True)], pose, flip)
        for layer in layers
    )
    layers = tuple(rail_aside(layer, near, pose, flip) for layer in layers)
    layers = tuple(_off_low_heads(layer, near, [pose, *along], flip) for layer in layers)
    layers = tuple(_beside_giants(layer, seen, pose) for layer in layers)
    layers = tuple(
        _no_door_behind(layer, [t for t in things if t.high > _TALL], pose, flip) for layer in layers
    )
    if pose.height < _ON_THE_GROUND:
        layers = tuple(_none_at_the_feet(layer) for layer in layers if layer.piece != "way_out")
    hung = [box for layer in layers for box in hung_on_it(layer, pose, flip)]
    over = [[*under, *(passed(later, la.depth, pose) if la.piece == "lamp" else ())] for la in layers]
    found = (before_none(la, hung, seen, pose, flip) for la, seen in zip(layers, over, strict=True))
    plain = (_with_nothing_hung(layer) if thoughts else layer for layer in found)
    return replace(recipe, layers=tuple(plain))


def _with_nothing_hung(layer: Layer) -> Layer:
    """The layer without a hanging lamp or banners, over which the cloud of a thought would lie."""
    if layer.piece == "lamp" and not layer.options.get("stands"):
        return replace(layer, options={**layer.options, "x": NOWHERE})
    if layer.piece == "courtyard":
        return replace(layer, options={**layer.options, "banners": (NOWHERE,)})
    return layer


def _wholly_beside(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """What is broad beside all of everybody, an open umbrella and a beast's back too, at all moments, if the
    frame has room for all of it there, or for half if a head comes before it; else where it is."""
    at = flip * float(layer.options.get("x", NOWHERE))
    if layer.piece not in _WIDE or not layer.depth > 0 or abs(at) >= NOWHERE:
        return layer
    half, front, wide = _SINGLE[layer.piece], pose.scale(0.0), 2 * pose.centre
    spread = [replace(h, half=h.half + _BACK * front / pose.scale(h.depth)) for h in seen]
    faces = [behind(head, layer.depth, pose, half) for head in seen if not head.body]
    met = any(abs(at - middle) < far for middle, far in faces)
    for heads, out in ((spread, half), (seen, 0.0)) if met else ((spread, half),):
        x = _beside(at, layer.depth, half, heads, pose)
        left, right = (pose.at(x + side * out, 0.0, layer.depth)[0] for side in (-1, 1))
        edge = 0.0 if out else 0.04 * wide
        if edge < left and right < wide - edge:
            return replace(layer, options={**layer.options, "x": flip * x})
    return layer


def _off_low_heads(layer: Layer, seen: Sequence[Head], poses: Sequence[Pose], flip: int) -> Layer:
    """Bushes, but none behind a head that is as low as they are, all the way that it goes with the lens."""
    if layer.piece != "bushes" or layer.depth <= 0:
        return layer
    tall, pose, avoided = float(layer.options.get("tall", 0.8)), poses[0], []
    leaves = pose.at(0.0, _LEAVES * tall, layer.depth)[1]
    for head in seen:
        if pose.at(0.0, head.low, head.depth)[1] <= leaves:
            continue
        gone = [replace(head, x=head.x + one.x - pose.x) for one in poses]
        spans = [behind(h, layer.depth, o, _LEAVES * tall) for h, o in zip(gone, poses, strict=True)]
        left, right = min(x - half for x, half in spans), max(x + half for x, half in spans)
        avoided.append((flip * (left + right) / 2, (right - left) / 2))
    return replace(layer, options={**layer.options, "avoid": tuple(avoided)})


_LEAVES = 1.3
"""Of the size that bushes are told to be, how high one is, and half as broad as it is."""


def _no_door_behind(layer: Layer, tall: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """The layer, but no door behind an easel or the like, over which it would be a second board."""
    if layer.piece != "door":
        return layer
    x = flip * float(layer.options.get("x", 0.0))
    spans = (behind(thing, layer.depth, pose, _DOOR) for thing in tall)
    if not any(abs(x - middle) < half for middle, half in spans):
        return layer
    return replace(layer, options={**layer.options, "x": NOWHERE})


_DOOR = 0.4
"""Half the metres that a door takes."""


def no_loaves_behind(recipe: Recipe, seen: Sequence[Head], pose: Pose, flip: int) -> Recipe:
    """The recipe with no loaves on the shelf behind those who have one in their hands. Pure."""
    layers = []
    for layer in recipe.layers:
        if layer.piece == "loaves":
            spans = (behind(head, layer.depth, pose, _HELD_OUT) for head in seen if not head.body)
            avoid = tuple((flip * x, half) for x, half in spans)
            layer = replace(layer, options={**layer.options, "avoid": avoid})
        layers.append(layer)
    return replace(recipe, layers=tuple(layers))


_HELD_OUT = 0.75
"""Metres beside a head within which a loaf is held."""


def _none_at_the_feet(layer: Layer) -> Layer:
    """Of a mine seen from the ground, no cart: far off and low, it would be a toy beside the feet."""
    return replace(layer, options={**layer.options, "x": NOWHERE}) if layer.piece == "props" else layer


_ON_THE_GROUND = 0.15
"""Metres up to which a camera lies on the ground."""


def stepped_aside(
    things: Sequence[Placed], seen: Sequence[Head], pose: Pose, spare: Container[str] = ()
) -> tuple[Placed, ...]:
    """The things with a mast or a post far behind a head beside it, where the frame has room. Pure.

    Those that nobody speaks of, the ``spare``, are clear of them with all of their breadth, and none is there
    where it has no room.
    """
    near = [head for head in seen if not (head.raised or head.giant or head.body)]
    return tuple(_off_the_heads(t, near, pose, t.id in spare) for t in things)


def _off_the_heads(thing: Placed, seen: Sequence[Head], pose: Pose, spare: bool) -> Placed:
    high = thing.up + thing.extent.top
    heads = [
        h
        for h in seen
        if thing.depth > h.depth + _FAR_OFF
        and pose.at(0.0, high, thing.depth)[1] < pose.at(0.0, h.low, h.depth)[1]
    ]
    if not heads or thing.walks or thing.extent.width > _BROAD:
        return thing
    middle = (thing.extent.left + thing.extent.right) / 2
    half, wide = 0.5 * thing.extent.width, 2 * pose.centre
    edge = half if spare else 0.0  # it is all in the frame, or would be a corner of something
    half = half if spare else min(half, _MAST)
    taken = [behind(head, thing.depth, pose, half) for head in heads]

    def free(x: float) -> bool:
        ends = [pose.at(x + middle + side * edge, 0.0, thing.depth)[0] for side in (-1.0, 1.0)]
        least = 0.02 if spare else 0.08
        inside = least * wide < ends[0] and ends[1] < (1.0 - least) * wide
        return inside and all(abs(x + middle - at) > room for at, room in taken)

    if all(abs(thing.x + middle - at) > room for at, room in taken):
        return thing
    return replace(thing, x=nearest(thing.x, 0.15, 24, free, NOWHERE if spare else thing.x))


_FAR_OFF, _MAST, _BROAD = 1.2, 0.3, 3.6
"""Metres behind a head from which on a thing is far off; half a mast or a post; wider is a building."""


def _beside_giants(layer: Layer, seen: Sequence[Head], pose: Pose) -> Layer:
    """A tower far off that would stand on a giant's back: beside it, or nowhere if there is no room."""
    if layer.piece not in _TOWERS or not any(head.giant for head in seen):
        return layer
    at, wide = float(layer.options.get("x", 0.0)), 2 * pose.centre
    room = _SINGLE[layer.piece]
    for near in (1.5, 0.8):
        taken = [
            behind(head, layer.depth, pose, (0.5 if head.giant else near) * room)
            for head in seen
            if not head.body
        ]

        def free(x: float, taken: Sequence[tuple[float, float]] = tuple(taken)) -> bool:
            inside = 0.04 * wide < pose.at(x, 0.0, layer.depth)[0] < 0.96 * wide
            return inside and all(abs(x - middle) > half for middle, half in taken)

        if (x := nearest(at, 0.5, 120, free, NOWHERE)) != NOWHERE:
            break
    return replace(layer, options={**layer.options, "x": x})


def beside_towers(recipe: Recipe, pose: Pose, at: float, seen: Sequence[float] = ()) -> float:
    """Where across the frame (0 to 1) sun or moon stand: ``at``, or beside a tower or a head there. Pure.

    ``seen``: where heads are, across the frame.
    """
    wide = 2 * pose.centre
    towers = [pose.at(float(la.options.get("x", 0.0)), 0.0, la.depth)[0] / wide
              for la in recipe.layers if la.piece in _TOWERS]  # fmt: skip
    tried = (at, at + 0.13, at - 0.13, at + 0.2, at - 0.2)
    free = [x for x in tried if 0.06 < x < 0.94 and all(abs(x - tower) > 0.11 for tower in towers)]
    clear = [x for x in (*free, at + 0.3, at - 0.3) if all(abs(x - head) > _HAT for head in seen)]
    clear = [x for x in clear if 0.06 < x < 0.94 and all(abs(x - tower) > 0.11 for tower in towers)]
    return (clear or free or [at])[0]


_HAT = 0.085
"""Share of the frame's width that the sun keeps from a head, so that it sticks out of no hat."""


def _aside(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int, also: Sequence[Pose] = ()) -> Layer:
    if layer.piece == "scarp":  # its path would be a horn of whoever stands before it
        at = [behind(head, layer.depth, pose, 0.0)[0] for head in seen]
        return replace(layer, options={**layer.options, "side": 1 if sum(at) < 0 else -1})
    if layer.piece == "earth":
        worlds = tuple(behind(head, layer.depth, pose, 0.0) for head in seen)
        return replace(layer, options={**layer.options, "avoid": worlds})
    if layer.piece in _MOUTHS:
        mouths = [behind(head, layer.depth, pose, _ARCH) for head in seen]
        return replace(layer, options={**layer.options, "avoid": [(flip * x, half) for x, half in mouths]})
    if not 0 < layer.depth <= _FARTHEST:
        return layer
    if is_round(layer):
        return no_halo(layer, seen, pose, flip)
    if layer.piece in _BUILDINGS and layer.depth > _WAY_OFF:
        return _off_the_backs(layer, seen, pose, flip)
    if layer.piece in _SCATTERED:
        before = [*seen, *between_two(seen)] if layer.piece == "clocks" else seen
        poses = (pose, *also) if layer.piece in ("trunks", "clocks", *_POSTS) else (pose,)
        taken = [behind(head, layer.depth, one, _half(layer)) for one in poses for head in before]
        avoided = tuple((flip * x, half) for x, half in _joined(taken))
        return replace(layer, options={**layer.options, "avoid": avoided})
    if layer.piece in _LOW:
        low = [behind(h, layer.depth, pose, _LOW[layer.piece]) for h in seen if h.high < _LOW_DOWN]
        return replace(layer, options={**layer.options, "avoid": tuple((flip * x, half) for x, half in low)})
    if layer.piece == "pans":
        hands = [behind(h, layer.depth, pose, 0.95) for h in seen if h.raised]
        faces = [behind(h, layer.depth, pose, _PAN) for h in seen if h.high > _LOW_DOWN]
        kept = {"avoid": hands, "off": faces}
        mirrored = {o: tuple((flip * x, half) for x, half in spans) for o, spans in kept.items()}
        return replace(layer, options={**layer.options, **mirrored})
    if layer.piece in _PARTS:
        parts = {name: _beside(flip * float(layer.options.get(name, NOWHERE)), layer.depth, half, seen, pose)
                 for name, half in _PARTS[layer.piece].items()}  # fmt: skip
        return replace(layer, options={**layer.options, **{name: flip * x for name, x in parts.items()}})
    if layer.piece == "courtyard":
        return _gate_aside(layer, seen, pose, flip)
    if layer.piece not in _SINGLE or "x" not in layer.options:
        return layer
    x = flip * float(layer.options["x"])
    scale = pose.scale(layer.depth)
    for head in seen:
        middle, half = behind(head, layer.depth, pose, _SINGLE[layer.piece])
        if layer.piece == "lamp" and not layer.options.get("stands"):
            bottom = pose.horizon - (float(layer.options.get("y", 2.35)) - pose.height) * scale
            crown = pose.horizon - (head.high - pose.height) * pose.scale(head.depth)
            if bottom < crown - 0.1 * scale:
                continue
        if abs(x - middle) < half:
            x = middle + (half if x >= middle else -half)
    if layer.piece == "stove":
        gaps = (behind(gap, layer.depth, pose, 0.0) for gap in between_two(seen))
        if any(abs(x - middle) < half for middle, half in gaps):
            x = NOWHERE  # its pipe would rise between their heads
    if layer.piece in _WIDE:  # between two heads there may be no room for it
        x = _beside(x, layer.depth, _SINGLE[layer.piece], seen, pose)
    return replace(layer, options={**layer.options, "x": flip * x})


def _gate_aside(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """A castle's dark gate beside the heads that it would swallow, between the towers, if there is room; its
    banners behind nobody and between no two, or left out."""
    at = flip * float(layer.options.get("x", 0.2))
    taken = [behind(head, layer.depth, pose, _GATE) for head in seen if not head.raised]
    x = nearest(at, 0.2, 15, lambda x: all(abs(x - middle) >= half for middle, half in taken), at)
    cloth = [behind(head, layer.depth, pose, _BANNER) for head in (*seen, *between_two(seen))]
    cloth.append((x, _GATE + _BANNER))
    hung = []
    for hook in _HOOKS:
        hook *= flip
        free = nearest(hook, 0.2, 7, lambda x: all(abs(x - mid) >= half for mid, half in cloth), NOWHERE)
        hung.append(flip * free)
    return replace(layer, options={**layer.options, "x": flip * x, "banners": tuple(hung)})


_BANNER, _HOOKS = 0.75, (-3.2, 3.0)
"""Half the metres that a banner of a castle takes, and where the two of them hang."""
_GATE = 1.3
"""Half the metres that a castle's gate takes."""


def _joined(taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Middles and halves of what is taken, as one where they overlap, so that nothing steps into the next."""
    spans: list[tuple[float, float]] = []
    for low, high in sorted((middle - half, middle + half) for middle, half in taken):
        if spans and low < spans[-1][1]:
            spans[-1] = spans[-1][0], max(high, spans[-1][1])
        else:
            spans.append((low, high))
    return [((low + high) / 2, (high - low) / 2) for low, high in spans]


def _half(layer: Layer) -> float:
    """Half the metres that one of what is scattered takes: all of its crown, for trees that stand free.

    A crown that peeps out from behind hair reads as more of it; in woods only the trunks keep aside.
    """
    o, usual = layer.options, _SCATTERED[layer.piece]
    if layer.piece != "trees" or layer.depth > _FREE_NEAR or float(o.get("step", 3.0)) < _FREE_STEP:
        return usual
    return max(usual, (0.34 if o.get("sort") == "pine" else 0.54) * float(o.get("tall", 6.0)))


def _stands_free(layer: Layer) -> bool:
    """Whether a layer is of trees near by, one here and one there."""
    return layer.piece == "trees" and _half(layer) > _SCATTERED["trees"]


def _beside(at: float, depth: float, half: float, seen: Sequence[Head], pose: Pose) -> float:
    """The place nearest to ``at`` where what takes ``half`` metres to each side is behind nobody."""
    taken = [behind(head, depth, pose, half) for head in seen]
    return nearest(at, 0.2, 20, lambda x: all(abs(x - middle) >= wide for middle, wide in taken), NOWHERE)


def _off_the_backs(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """A building beside whoever is there, so that nobody has it on the back; in the frame, if it can be."""
    told, usual, share = _BUILDINGS[layer.piece]
    room, wide = share * float(layer.options.get(told, usual)), 2 * pose.centre
    at = flip * float(layer.options.get("x", 0.0))
    taken = []
    for head in seen:
        middle, half = behind(head, layer.depth, pose, room)
        taken.append((middle, half + _BACK * pose.scale(head.depth) / pose.scale(layer.depth)))

    def rank(x: float) -> tuple[bool, float]:
        left, right = (pose.at(x + side * room, 0.0, layer.depth)[0] for side in (-1, 1))
        return left < 0.0 or right > wide, abs(x - at)

    tried = (at + 0.5 * k for k in range(-80, 81))
    free = [x for x in tried if all(abs(x - middle) >= half for middle, half in taken)]
    x = min(free, key=rank, default=NOWHERE)
    return replace(layer, options={**layer.options, "x": flip * x})


def is_round(layer: Layer) -> bool:
    """Whether it is a round window, which would be a halo of whose head it is behind."""
    return layer.piece == "cabin" or (layer.piece == "window" and bool(layer.options.get("round")))


def no_halo(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """A round window clear of heads, of which it would be a halo, and of an easel, where there is room."""
    at, room = float(layer.options.get("x", 0.4)), 0.5 * float(layer.options.get("wide", 2.2)) + 0.1
    taken = [behind(head, layer.depth, pose, room) for head in seen]
    wide = 2 * pose.centre

    def free(x: float) -> bool:
        inside = 0.1 * wide < pose.at(flip * x, 0.0, layer.depth)[0] < 0.9 * wide
        return inside and all(abs(flip * x - middle) >= half for middle, half in taken)

    x = nearest(at, 0.15, 20, free, at)
    avoid = tuple((flip * middle, half - room + 0.4) for middle, half in taken)
    return replace(layer, options={**layer.options, "x": x, "avoid": avoid})


def framed_over(recipe: Recipe, crowns: Sequence[tuple[float, float]], seed: int = 0) -> Recipe:
    """The recipe whose bough hangs in from the corner where no head is, or not at all, and no crates are
    at the lower edge where somebody acts.

    ``crowns`` are the tops of heads, as shares of the frame's width and height; by ``seed`` a bough hangs
    over few of those shots that somebody is in. Pure.
    """
    high = [x for x, y in crowns if y < _HIGH]
    free = [side for side in (-1, 1) if not any(_in_corner(x, side) for x in high)]
    front = []
    for layer in recipe.front:
        if layer.piece == "crates" and crowns:  # a barrel would seem to stand on what is behind it
            continue
        if layer.piece == "overhang" and crowns and seed % _BOUGHS:
            continue
        if layer.piece != "overhang" or len(free) == 2:
            front.append(layer)
        elif free:
            front.append(replace(layer, options={**layer.options, "side": free[0]}))
    return replace(recipe, front=tuple(front))


def _in_corner(x: float, side: int) -> bool:
    return x < _CORNER if side < 0 else x > 1 - _CORNER


def roofed(recipe: Recipe, eye: float) -> Recipe:
    """The recipe whose rock ceilings hang over a camera ``eye`` metres up, so that they stay above heads."""
    layers = []
    for layer in recipe.layers:
        if layer.piece == "stalactites":
            over = eye + 1.0 + 0.25 * layer.depth
            ceiling = max(float(layer.options.get("ceiling", 3.6)), over)
            layer = replace(layer, options={**layer.options, "ceiling": ceiling})
        layers.append(layer)
    return replace(recipe, layers=tuple(layers))
