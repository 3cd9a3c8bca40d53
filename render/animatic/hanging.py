"""What hangs on a wall or from a ceiling, clear of heads and of all else that hangs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .camera import Pose
from .headroom import NOWHERE, Head, behind, nearest
from .places.recipes import Layer

LAMP = 0.3
"""Half the metres that a lamp takes."""
_FLUES = {"stove": 0.12, "oven": 0.42, "fireplace": 0.6}
"""What has a pipe or a chimney up to the ceiling -> half its width."""
_Box = tuple[float, float, float, float]
"""Left, right, top and bottom in pixels, or as metres left, right, down and up."""


def hung_on_it(layer: Layer, pose: Pose, flip: int) -> list[_Box]:
    """What a sheet has hanging on a wall, as it is framed."""
    o = layer.options
    x, y = float(o.get("x", 0.0)), float(o.get("y", 0.0))
    boxes: list[_Box] = []
    if layer.piece == "window":
        wide, y = float(o.get("wide", 1.3)), y or 1.1
        tall = wide if o.get("round") else float(o.get("tall", 1.5))
        half = wide / 2 + (0.24 if o.get("curtain") else 0.12)
        boxes = [(x - half, x + half, y - 0.1, y + tall + 0.2)]
    elif layer.piece == "frame":
        half, y = float(o.get("wide", 0.7)) / 2 + 0.06, y or 1.5
        boxes = [(x - half, x + half, y - 0.06, y + float(o.get("tall", 0.55)) + 0.06)]
    elif layer.piece == "board":
        half = float(o.get("wide", 2.8)) / 2 + 0.07
        boxes = [(x - half, x + half, 1.0, 2.34)]
    elif layer.piece == "pans":
        boxes = [(x - 0.95, x + 0.95, (y or 2.3) - 0.7, (y or 2.3) + 0.05)]
    elif layer.piece in _FLUES:
        x, half = x + (0.2 if layer.piece == "stove" else 0.0), _FLUES[layer.piece]
        boxes = [(x - half, x + half, 0.9, 9.0)]
    elif layer.piece == "clocks":
        gone = o.get("avoid", ())
        boxes = [
            (cx - 1.5 * r, cx + 1.5 * r, cy - 1.3 * r, cy + 2.1 * r)
            for cx, cy, r in o.get("at", ())
            if not any(abs(cx - middle) < half for middle, half in gone)
        ]
    return [_framed(box, layer.depth, pose, flip) for box in boxes]


def _framed(box: _Box, depth: float, pose: Pose, flip: int) -> _Box:
    """Left, right, top and bottom in pixels of what spans so many metres at a depth."""
    left, right = sorted(pose.at(flip * x, 0.0, depth)[0] for x in box[:2])
    bottom, top = (pose.at(0.0, y, depth)[1] for y in box[2:])
    return left, right, top, bottom


def before_none(layer: Layer, hung: Sequence[_Box], seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """A lamp that hangs down: moved to where it is before no window, picture or clock, if there is room."""
    if layer.piece == "ward":
        return _sign_free(layer, hung, seen, pose, flip)
    if layer.piece != "lamp" or layer.options.get("stands") or not hung:
        return layer
    wide = 2 * pose.centre
    at, y = float(layer.options.get("x", 0.4)), float(layer.options.get("y", 2.35))
    heads_at = [behind(head, layer.depth, pose, LAMP) for head in seen]

    def free(x: float) -> bool:
        if any(abs(flip * x - middle) < half for middle, half in heads_at):
            return False
        left, right, top, bottom = _framed((x - 0.34, x + 0.34, y - 0.12, y + 0.28), layer.depth, pose, flip)
        if not 0.05 * wide < left < right < 0.95 * wide:
            return False
        return not any(left < its[1] and its[0] < right and top < its[3] and its[2] < bottom for its in hung)

    return replace(layer, options={**layer.options, "x": nearest(at, 0.15, 16, free, NOWHERE)})


def _sign_free(layer: Layer, hung: Sequence[_Box], seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """The sign on a ward's wall where no head is before it, clear of all else that hangs; or left out."""
    o = layer.options
    at, y, drip = float(o.get("x", 0.9)), float(o.get("y", 1.75)), float(o.get("drip", 1.7))
    taken = [_framed((h.x - h.half, h.x + h.half, h.low, h.high), h.depth, pose, 1) for h in seen]

    def free(x: float, boxes: Sequence[_Box]) -> bool:
        left, right, top, bottom = _framed((x - 0.45, x + 0.45, y - 0.45, y + 0.45), layer.depth, pose, flip)
        return not any(left < b[1] and b[0] < right and top < b[3] and b[2] < bottom for b in boxes)

    beds = (drip, drip + 0.2, drip - 0.2, drip + 0.4, drip - 0.4)
    before = [behind(h, layer.depth, pose, _DRIP) for h in seen]
    drip = next((x for x in beds if all(abs(flip * x - middle) >= half for middle, half in before)), NOWHERE)
    o = {**o, "drip": drip}
    if free(at, taken):
        return replace(layer, options=o)
    stand = _framed((drip - 0.26, drip + 0.1, 0.0, 1.9), layer.depth, pose, flip)
    x = nearest(at, 0.15, 24, lambda x: free(x, [*taken, *hung, stand]), NOWHERE)
    return replace(layer, options={**o, "x": x})


_DRIP = 0.35
"""Half the metres that a drip takes on its stand."""
