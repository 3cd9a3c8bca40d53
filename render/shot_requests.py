"""The requests of one shot: what each renderer is given of it, and no more than it reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from ..storyboard.errors import BadInput
from ..storyboard.film import CastMember, Film, PropUse, Scalar, Shot
from ..storyboard.picture import FigureIn, Picture, PlaceIn, ThingIn, picture
from ..storyboard.rate import Rate
from .mouthing import mouthed
from .nodes import Node, node_id
from .protocol import Capabilities
from .requests import (
    AnyRequest,
    Beside,
    Between,
    Conform,
    Control,
    Extend,
    Guide,
    Input,
    Lora,
    Raster,
    SpokenIn,
    Still,
)

HANDLE_FRAMES = 18
"""Least frames rendered after a clip's end, for trims, retimes and dissolves."""
LENGTH_STEP = 12
"""Rendered lengths are rounded up to a multiple of this, so that small retimes render nothing."""
DRAFT = 4
"""A draft's clips have so many times fewer pixels."""
CONFORMER = "conform"
GUIDE_MAKER = "animatic"
GUIDES = ("none", "depth", "lines", "segments", "pose")
"""What the setting ``guide`` may be: the control that models are given of the animatic's staging."""
LORAS = ("keyframes", "clips", "both")
"""What the setting ``loras`` may be: who wears the LoRAs of a shot."""
OWN = frozenset(
    {
        "consistent", "guide", "keyframes", "license", "loras", "method", "pixels", "refine",
        "refine-strength", "transition", "transition-frames", "upscale",
    }
)  # fmt: skip
"""Settings that the planner reads: no renderer is given them."""
OF_MODELS = frozenset(
    {"guide", "method", "refine", "refine-strength", "transition", "transition-frames", "upscale"}
)  # fmt: skip
"""Those that a renderer without any settings, such as the animatic, is not laid out by: it shows the film
quickly as it stands, whatever was asked of models."""
Using = tuple[str, Capabilities]
"""A renderer by name, and what it can do."""
MakeNode = Callable[[str, str, AnyRequest, str, str, Sequence[Node]], Node]
"""(id, item, request, renderer, why, nodes it reads) -> node."""


@dataclass(frozen=True)
class Part:
    """Frames of a shot, at its renderer's rate, from ``start`` on: those of a node's take after ``skip``."""

    node: Node
    start: int
    frames: int
    skip: int = 0


@dataclass(frozen=True)
class Filmed:
    """What a shot became. ``parts`` are in order, without a gap."""

    shot: Shot
    nodes: tuple[Node, ...]
    shown: Node
    parts: tuple[Part, ...]
    rate: Rate

    def tail(self, film: Film) -> Input:
        """The tail at the end of the shot's clip, for a shot that goes on from it."""
        decided = film.decisions
        end = at_rate(self.shot.frames, film.settings.rate, self.rate)
        if self.shot.id in decided.pinned:
            chosen = decided.chosen.get(self.shot.id, self.shown.key)
            whole = self.shown is self.parts[0].node
            return Input(key=chosen, part="tail", frame=end if whole else self.shot.frames)
        part = next((p for p in self.parts if p.start < end <= p.start + p.frames), self.parts[-1])
        return Input(key=part.node.key, part="tail", frame=part.skip + min(end - part.start, part.frames))

    def last_node(self, film: Film) -> Node:
        """The node that ``tail`` reads."""
        end = at_rate(self.shot.frames, film.settings.rate, self.rate)
        return next((p for p in self.parts if p.start < end <= p.start + p.frames), self.parts[-1]).node


class ShotRequests:
    """Builds one shot's nodes. ``stills`` makes its keyframes, where anybody does; ``cut`` is the film as it
    is cut, where ``film`` has shots whole that are trimmed there."""

    def __init__(
        self,
        film: Film,
        shot: Shot,
        clips: Using,
        stills: Using | None,
        make: MakeNode,
        *,
        find: Callable[[str], Using] | None = None,
        beside: tuple[Beside, ...] = (),
        cut: Film | None = None,
    ) -> None:
        self._film, self._shot, self._make = film, shot, make
        self._cut = film if cut is None else cut
        self._find = find or _nobody
        self._beside = beside
        self._with_these: dict[str, Scalar] = {}
        """Settings that the way of making a clip adds to its requests."""
        self._name, self._can = clips
        self._stills = stills if stills is not None and "first" in self._can.inputs else None
        known = film.settings.values | shot.settings
        plain = self._can.settings is not None and not self._can.settings
        self._values: dict[str, Scalar] = {k: v for k, v in known.items() if not (plain and k in OF_MODELS)}
        self._picture = picture(film, shot)
        self._rate = self._can.native_rate or film.settings.rate
        self._wanted = rendered_frames(shot, film.settings.rate, self._rate)
        self._raster = self._fitted(self._can, self._values.get("quality") == "draft")
        self._made: list[Node] = []
        self._full_rate, self._full_wanted = self._rate, self._wanted

    def _keyframe(self, moment: int, like: Node | None = None) -> Node:
        """The keyframe at ``moment`` percent of the shot, drawn once."""
        assert self._stills is not None
        name, can = self._stills
        known = next((n for n in self._made if n.id == node_id("key", self._shot.id, str(moment))), None)
        if known is not None:
            return known
        why = {0: "keyframe as it opens", 100: "keyframe as it closes"}.get(moment, f"keyframe at {moment} %")
        return self._still(name, can, moment, like if "like" in can.inputs else None, why)

    def _first(self) -> Node | None:
        """What the shot's first clip begins on: the keyframe as it opens, where somebody draws any."""
        return self._keyframe(0) if self._stills is not None else None

    def as_identity(self) -> Beside:
        """The shot's opening as others of its scene are drawn beside it."""
        seen, _ = self._seen(self._can, self._can.references)
        return Beside(picture=seen["picture"], seed=seen["seed"], anchors=seen["anchors"])

    def _still(self, name: str, can: Capabilities, moment: int, like: Node | None, why: str) -> Node:
        seen, left = self._seen(can, can.references - (like is not None))
        control, guide = self._control(can, self._fitted(can), moment * (self._wanted - 1) // 100)
        request = Still(
            **seen, raster=self._fitted(can), moment=moment,
            like=None if like is None else Input(key=like.key, part="frame", frame=0),
            beside=self._beside if like is None else (), control=control,
            settings=self._settings(can, still=True),
        )  # fmt: skip
        return self._add("key", str(moment), request, name, why + left, [like, guide])

    def _between(
        self,
        which: str,
        frames: int,
        rate: Rate,
        why: str,
        first: Input | None,
        last: Input | None,
        reads: Sequence[Node | None],
        *,
        origin: Input | None = None,
        at: int = 0,
        start: int | None = 0,
        words: str = "",
    ) -> Node:
        """A clip. ``start``: the shot's frame that it begins with, for a guide; None: it follows none."""
        lacking = [
            n for n, end in (("first", first), ("last", last)) if end is None and n in self._can.required
        ]
        if lacking:
            raise BadInput(
                f"Shot {self._shot.id}: {self._name} wants a {' and a '.join(lacking)} frame, and nobody "
                "draws one. Name who draws keyframes (--keyframes diffusion:flux2-klein-4b), or choose "
                "another renderer."
            )
        seen, left = self._seen(self._can, self._can.references)
        control, guide = self._control(self._can, self._raster, None if rate != self._rate else start)
        request = Between(
            **seen, raster=self._raster, frames=frames, rate=rate, first=first, last=last,
            origin=origin, at=at, words=words, control=control, speech=self._speech(at),
            settings=self._settings(self._can) | self._with_these,
        )  # fmt: skip
        return self._add("shot", which, request, self._name, why + left, [*reads, guide])

    def _extend(
        self,
        which: str,
        tail: Input,
        frames: int,
        why: str,
        *,
        last: Node | None = None,
        goal: Node | None = None,
        colour: Node | None = None,
        at: int = 0,
        reads: Sequence[Node],
        rate: Rate | None = None,
    ) -> Node:
        seen, left = self._seen(self._can, self._can.references)
        given = {
            name: Input(key=node.key, part="frame", frame=0)
            for name, node in (("last", last), ("goal", goal), ("colour", colour))
            if node is not None and name in self._can.inputs
        }
        guided = None if rate is not None and rate != self._rate else at
        control, guide = self._control(self._can, self._raster, guided)
        request = Extend(
            **seen, raster=self._raster, frames=frames, rate=rate or self._rate, tail=tail, at=at,
            control=control, speech=self._speech(at), **given,
            settings=self._settings(self._can) | self._with_these,
        )  # fmt: skip
        used = [n for n, name in ((last, "last"), (goal, "goal"), (colour, "colour")) if name in given]
        return self._add("shot", which, request, self._name, why + left, [*reads, *used, guide])

    def _speech(self, at: int) -> tuple[SpokenIn, ...]:
        """Lines of those in the picture, in milliseconds from frame ``at`` of the shot on."""
        if "speech" not in self._can.inputs:
            return ()
        seen = {figure.id for figure in self._picture.figures}
        shot = self._shot if self._cut is self._film else self._cut.shot(self._shot.id)
        return mouthed(self._cut, shot, seen, round(1000 * Fraction(at) / self._rate.fps))

    def _control(
        self, can: Capabilities, raster: Raster, start: int | None
    ) -> tuple[Control | None, Node | None]:
        """The guide that a request follows from the shot's frame ``start`` on, and the node that draws it."""
        shows = self._values.get("guide", "none")
        if start is None or "control" not in can.inputs or shows not in can.guides:
            return None, None
        which = f"{shows}-{raster.width}x{raster.height}"
        name = node_id("guide", self._shot.id, which)
        guide = next((n for n in self._made if n.id == name), None)
        if guide is None:
            request = Guide(
                shows=str(shows), picture=_with_references(self._picture, frozenset()), raster=raster,
                frames=self._full_wanted, rate=self._full_rate, seed=self._shot.seed,
            )  # fmt: skip
            why = f"{shows} of the animatic's staging, which it follows"
            guide = self._add("guide", which, request, GUIDE_MAKER, why, [])
        return Control(take=Input(key=guide.key), start=start), guide

    def _add(
        self, what: str, which: str, request: AnyRequest, name: str, why: str, reads: Sequence[Node | None]
    ) -> Node:
        read = [node for node in reads if node is not None]
        node = self._make(node_id(what, self._shot.id, which), self._shot.id, request, name, why, read)
        self._made.append(node)
        return node

    def _conformed(self, node: Node, frames: int, why: str) -> Node:
        raster, rate = raster_of(self._film), self._film.settings.rate
        request = Conform(take=Input(key=node.key), frames=frames, rate=rate, raster=raster)
        return self._add("conform", "", request, CONFORMER, why, [node])

    # -- what requests hold ---------------------------------------------------------------

    def _seen(self, can: Capabilities, most: int, shown: bool = False) -> tuple[dict[str, Any], str]:
        """Picture, seed, anchors and LoRAs for a renderer, and what is said of those left out.

        ``shown``: what it is given shows already what references would.
        """
        bound = _references(self._picture)
        used = bound[: max(0, most)] if "references" in can.inputs else []
        if bound and not used and can.device != "cpu" and self._stills is None and not shown:
            raise BadInput(
                f"Shot {self._shot.id} is bound to {len(bound)} reference frames, and {self._name} takes "
                "none: they would be ignored. Set keyframes to a renderer that takes some, or choose another."
            )
        left = ""
        if len(used) < len(bound):
            by = "held by its keyframe" if self._stills else "it draws from the picture alone"
            by = "shown by the footage" if shown else by
            left = f"; {len(used)} of {len(bound)} references used" + ("" if used else f": {by}")
        loras = self._loras() if "lora" in can.inputs and self._wears(can) else ()
        return {
            "picture": self._picture if used == bound else _with_references(self._picture, frozenset(used)),
            "seed": self._shot.seed,
            "anchors": tuple(Input(key=key, part="anchor", frame=1) for key in used),
            "loras": loras,
        }, left

    def _wears(self, can: Capabilities) -> bool:
        """Whether LoRAs go to this renderer: they are made for one family, and by default draw keyframes."""
        keyframes = self._stills[1] if self._stills is not None else None
        if keyframes is None or "lora" not in keyframes.inputs or keyframes is self._can:
            return True
        asked = self._values.get("loras", "keyframes")
        return asked == "both" or (asked == "keyframes") == (can is keyframes)

    def _loras(self) -> tuple[Lora, ...]:
        uses: tuple[CastMember | PropUse, ...] = (*self._shot.cast, *self._shot.props)
        return tuple(
            Lora(entity=use.entity, weights=Input(key=key, part="lora")) for use in uses for key in use.loras
        )

    def _settings(self, can: Capabilities, still: bool = False) -> dict[str, Scalar]:
        """The settings that a renderer reads. A draft's keyframes are those of the final."""
        final = still or self._values.get("quality") != "draft"
        mine = {k: v for k, v in self._values.items() if k not in OWN and not (final and k == "quality")}
        return mine if can.settings is None else {k: v for k, v in mine.items() if k in can.settings}

    def _fitted(self, can: Capabilities, draft: bool = False, enlarged: bool = False) -> Raster:
        """The film's raster, or the largest of its shape that the renderer draws well.

        What is ``enlarged`` is not held to the setting ``pixels``, which is of what is drawn.
        """
        width, height = self._film.settings.width, self._film.settings.height
        most = can.most_pixels
        asked = None if enlarged else self._values.get("pixels")
        if isinstance(asked, int) and not isinstance(asked, bool) and asked > 0:
            most = min(asked, most or asked)
        if draft:
            most = min(most or width * height, width * height) // DRAFT
        if most is not None and width * height > most:
            width, height = isqrt(most * width // height), isqrt(most * height // width)
            step = can.size_multiple
            return Raster(width=max(64, width // step * step), height=max(64, height // step * step))
        step = can.size_multiple
        return Raster(width=-(-width // step) * step, height=-(-height // step) * step)


def _nobody(name: str) -> Using:
    raise BadInput(f"Nobody knows the renderer {name!r}.")


def end_of(node: Node | None) -> Input | None:
    """The frame of a still, as an input; None for none."""
    return None if node is None else Input(key=node.key, part="frame", frame=0)


def _references(seen: Picture) -> list[str]:
    """Anchors that the picture's entities are bound to: figures, then the place, then things."""
    entities: tuple[FigureIn | PlaceIn | ThingIn, ...] = (*seen.figures, seen.place, *seen.things)
    return list(dict.fromkeys(key for entity in entities for key in entity.references))


def _with_references(seen: Picture, used: frozenset[str]) -> Picture:
    """The picture with no other references than those used: what is not read is in no key."""

    def kept(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in used)

    return seen.model_copy(
        update={
            "figures": tuple(f.model_copy(update={"references": kept(f.references)}) for f in seen.figures),
            "things": tuple(t.model_copy(update={"references": kept(t.references)}) for t in seen.things),
            "place": seen.place.model_copy(update={"references": kept(seen.place.references)}),
        }
    )


def raster_of(film: Film) -> Raster:
    """The film's raster."""
    return Raster(width=film.settings.width, height=film.settings.height)


def at_rate(frames: int, rate: Rate, other: Rate) -> int:
    """So many frames at ``rate`` as frames at ``other``, rounded up."""
    exact = Fraction(frames) / rate.fps * other.fps
    return -(-exact.numerator // exact.denominator)


def rendered_frames(shot: Shot, rate: Rate, native: Rate) -> int:
    """Frames to render for a shot at the renderer's rate: its clip, a handle, rounded up."""
    whole = -(-(shot.frames + HANDLE_FRAMES) // LENGTH_STEP) * LENGTH_STEP
    return at_rate(whole, rate, native)
