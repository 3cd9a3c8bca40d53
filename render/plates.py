"""A shot with a plate: footage of a person's own opens it or is it, or a take is drawn over again by words.

Footage is conformed first, so that no renderer meets another size or rate than its own. What is shown of a
person's own clip is never drawn again: it goes into the film's form once, and what the renderer makes
after it is joined to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from ..storyboard.errors import BadInput
from ..storyboard.film import Film
from ..storyboard.picture import unnamed
from ..storyboard.plate import Plate
from ..storyboard.rate import Rate
from .nodes import Node
from .registry import makers_of
from .requests import Conform, Input, Join, Piece, Raster, Refine, expectation
from .shot_finish import SPARSER, slower
from .shot_requests import CONFORMER, Filmed, Part, Using, at_rate, raster_of, rendered_frames
from .shot_ways import ShotWays

Drawn = Callable[[Filmed | None, Filmed | None], Filmed]
"""A shot as its renderer draws it, going on from the first, with the second in front of it."""


@dataclass(frozen=True)
class OwnTail(Filmed):
    """The end of a person's own clip, for what goes on from it. ``shown`` is the tail, conformed."""

    def tail(self, film: Film) -> Input:
        """All of it."""
        return Input(key=self.shown.key, part="tail", frame=self.parts[0].frames)

    def last_node(self, film: Film) -> Node:
        """The node that ``tail`` reads."""
        return self.shown


class Plates(ShotWays):
    """One shot, with what a person brings to it."""

    _own: Plate | None = None
    """Footage on whose last frame the first drawn clip may begin."""
    _began: bool = False
    """Whether it does."""

    def _plated(self, plate: Plate, previous: Filmed | None, drawn: Drawn) -> Filmed:
        """The shot's nodes. Raises ``BadInput`` for what this renderer cannot make of the plate."""
        if plate.use == "modify":
            return self._modified(plate)
        if plate.use == "shot":
            return self._all_footage(plate)
        if not plate.is_still:
            return self._opened(plate, drawn)
        self._need_a_first(plate)
        self._own = plate
        return drawn(None, previous)

    def _footage(
        self, plate: Plate, what: str, frames: int, rate: Rate, raster: Raster, why: str, start: int = 0
    ) -> Node:
        """``frames`` frames of the footage from its frame ``start`` on, in that form."""
        take = Input(key=plate.source) if plate.kind == "take" else Input(key=plate.source, part="source")
        request = Conform(
            take=take, start=start, frames=frames, rate=rate, raster=raster, framing=plate.framing
        )
        return self._add(what, "", request, CONFORMER, why, [])

    # -- footage that is the shot ---------------------------------------------------------

    def _all_footage(self, plate: Plate) -> Filmed:
        """The footage is the whole shot; a still, and a clip that is too short, is held."""
        rate = self._film.settings.rate
        frames, own = rendered_frames(self._shot, rate, rate), _length(plate, rate)
        if not plate.is_still:
            frames = max(self._shot.frames, min(frames, own))
        held = ", its last frame held" if own < self._shot.frames else ""
        why = f"{_named(plate)} is the shot{held}; nothing is drawn"
        node = self._footage(plate, "plate", frames, rate, raster_of(self._film), why)
        return Filmed(self._shot, tuple(self._made), node, (Part(node, 0, frames),), rate)

    # -- footage that opens a shot --------------------------------------------------------

    def _opened(self, plate: Plate, drawn: Drawn) -> Filmed:
        """The clip, and what the renderer makes after it."""
        whole, rate, raster = self._shot, self._film.settings.rate, raster_of(self._film)
        own = _length(plate, rate)
        if own >= whole.frames:
            return self._all_footage(plate)
        if whole.settings.get("transition", "none") != "none":
            raise BadInput(
                f"Shot {whole.id} opens on a clip of one's own, into which no transition is drawn. Take one "
                "of them out."
            )
        if not self._extends:
            self._need_a_first(plate)
        opening = self._footage(plate, "plate", own, rate, raster, f"opens on {_named(plate)}, as it is")
        self._own = plate
        # One frame more than is wanted: a clip that begins on the footage's last frame doubles that one.
        self._shot = whole.model_copy(update={"frames": whole.frames - own + 1})
        self._wanted = self._full_wanted = rendered_frames(self._shot, rate, self._rate)
        after = drawn(self._own_tail(plate) if self._extends else None, None)
        skip = int(self._began)
        made = expectation(after.shown.request)[2] or 1
        later = max(whole.frames - own, min(made - skip, rendered_frames(whole, rate, rate) - own))
        pieces = (
            Piece(take=Input(key=opening.key), stop=own),
            Piece(take=Input(key=after.shown.key), start=skip, stop=skip + later),
        )
        request = Join(pieces=pieces, frames=own + later, rate=rate, raster=raster)
        why = f"{_named(plate)}, and what goes on from it"
        shown = self._add("whole", "", request, CONFORMER, why, [opening, after.shown])
        shown_after = at_rate(whole.frames - own + skip, rate, after.rate)
        ahead = at_rate(whole.frames, rate, after.rate) - shown_after
        parts = tuple(replace(part, start=part.start + ahead) for part in after.parts)
        return Filmed(whole, tuple(self._made), shown, parts, after.rate)

    def _own_tail(self, plate: Plate) -> OwnTail:
        """The last frames of the clip in the renderer's size and rate, as many as it reads."""
        rate = slower(self._rate, SPARSER) if self._cascades else self._rate
        step = Fraction(plate.rate.fps) / rate.fps
        frames = self._tail_length
        while frames > 1 and _shown_at(frames - 1, step) >= plate.frames:
            frames -= 1
        start = max(0, plate.frames - 1 - _shown_at(frames - 1, step))
        why = f"the last frames of {_named(plate)}, as {self._name} goes on from them"
        node = self._footage(plate, "tail", frames, rate, self._raster, why, start)
        return OwnTail(self._shot, (node,), node, (Part(node, 0, frames),), rate)

    def _need_a_first(self, plate: Plate) -> None:
        """Raises ``BadInput`` where the renderer neither goes on from a tail nor begins on a frame."""
        if "between" in self._can.requests and "first" in self._can.inputs:
            return
        raise BadInput(
            f"Shot {self._shot.id} is to open on {_named(plate)}, and {self._name} can neither begin a clip "
            "on a frame nor go on from a tail. Let the footage be the whole shot (--as-shot), or choose "
            "another renderer for it."
        )

    def _first(self) -> Node | None:
        return super()._first() if self._own is None else self._keyframe(0)

    def _keyframe(self, moment: int, like: Node | None = None) -> Node:
        if self._own is None or moment:
            return super()._keyframe(moment, like)
        self._began = True
        known = next((node for node in self._made if node.id == f"first-{self._shot.id}"), None)
        last = "" if self._own.is_still else "the last frame of "
        why = f"{last}{_named(self._own)}, as the first frame: nothing is drawn for it"
        # At the footage's own rate, so that a frame is that frame.
        return known or self._footage(
            self._own, "first", 1, self._own.rate, raster_of(self._film), why, self._own.frames - 1
        )

    def _whole(self, goes_on: Filmed | None) -> str:
        if isinstance(goes_on, OwnTail):
            return f"goes on from the end of the footage: {self._name} extends from a tail"
        return super()._whole(goes_on) if self._own is None else "one clip from the footage's frame"

    # -- footage that is drawn over again -------------------------------------------------

    def _modified(self, plate: Plate) -> Filmed:
        """The footage, drawn over again by words and conformed to the film."""
        name, can = self._refiner(plate)
        film_rate = self._film.settings.rate
        rate = self._full_rate = can.native_rate or film_rate
        raster = self._fitted(can, self._values.get("quality") == "draft")
        frames = rendered_frames(self._shot, film_rate, rate)
        if not plate.is_still:
            frames = min(frames, _length(plate, rate))
        reads: list[Node] = []
        take = Input(key=plate.source)
        has = plate.rate, plate.width, plate.height
        if plate.kind != "take" or has != (rate, raster.width, raster.height):
            why = f"{_named(plate)} in the size and rate of {name}"
            reads.append(self._footage(plate, "plate", frames, rate, raster, why))
            take = Input(key=reads[-1].key)
        keep = None
        if plate.keep is not None:
            source = Input(key=plate.keep, part="source")
            mask = Conform(take=source, frames=1, rate=Rate(), raster=raster, framing=plate.framing)
            reads.append(self._add("keep", "", mask, CONFORMER, "the mask of what stays as it is", []))
            keep = Input(key=reads[-1].key, part="frame", frame=0)
        seen, left = self._seen(can, can.references, shown=True)
        request = Refine(
            **seen, raster=raster, take=take, frames=frames, rate=rate, strength=plate.strength, keep=keep,
            words=unnamed(self._film, plate.words), settings=self._settings(can),
        )  # fmt: skip
        why = f"{_named(plate)} changed by {plate.strength} %: {plate.words.strip()[:80]}{left}"
        node = self._add("shot", "", request, name, why, reads)
        enlarger = self._finisher("upscale")
        made = node if enlarger is None else self._enlarged(node, frames, enlarger)
        in_film = expectation(made.request)[0] == raster_of(self._film) and rate == film_rate
        if not in_film or frames < self._shot.frames:
            why = "to the film's size, rate and length"
            made = self._conformed(made, self._film_frames(frames, rate), why)
        return Filmed(self._shot, tuple(self._made), made, (Part(node, 0, frames),), rate)

    def _refiner(self, plate: Plate) -> Using:
        """Who draws it over again. Raises ``BadInput`` naming those that can, where this one cannot."""
        name, can = (self._name, self._can) if plate.renderer is None else self._find(plate.renderer)
        lacking = [] if "words" in can.inputs else ["words of their own"]
        lacking += ["a mask of what stays"] if plate.keep is not None and "keep" not in can.inputs else []
        if "refine" in can.requests and not lacking:
            return name, can
        able = ", ".join(makers_of("refine")) or "none that is installed"
        cannot = f"takes no {' and no '.join(lacking)}" if "refine" in can.requests else "cannot"
        raise BadInput(
            f"Shot {self._shot.id}: footage is changed by a renderer that draws takes over again, and {name} "
            f"{cannot}. Those that draw over again: {able}. Name one with --renderer."
        )


def _length(plate: Plate, rate: Rate) -> int:
    """Frames at ``rate`` that the footage lasts, rounded down; at least 1."""
    return max(1, int(Fraction(plate.frames) / plate.rate.fps * rate.fps)) if not plate.is_still else 1


def _shown_at(index: int, step: Fraction) -> int:
    """Which frame of footage ``Conform`` shows as its frame ``index``, from 0; see ``cut/conform.py``."""
    return int((index + Fraction(1, 2)) * step)


def _named(plate: Plate) -> str:
    """What a person is told it is."""
    if plate.kind == "take":
        return f"the take {plate.source[:8]}"
    if plate.kind == "still":
        return f"a still of one's own ({plate.source[:8]})"
    seconds = float(Fraction(plate.frames) / plate.rate.fps)
    return f"a clip of one's own of {seconds:.1f} s ({plate.source[:8]})"
