"""What is done with a shot's clips: more frames, refined, enlarged, and joined in the film's form.

The *cascade* of VideoGen (arXiv 2309.00398, section 3) as a plan: still, clip at a low rate, frames
moved between those there are, refined by way of noise (SDEdit), enlarged. Each stage is a node with a key, so
that a change of a late one renders no early one again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..storyboard.errors import BadInput
from ..storyboard.rate import Rate
from .nodes import Node
from .requests import Conform, Input, Join, Piece, Raster, Refine, Upscale
from .shot_requests import CONFORMER, Filmed, Part, ShotRequests, Using, raster_of, rendered_frames
from .stills import NOBODY

SPARSER = 2
"""A cascade's clips have so many times fewer frames a second."""
STRENGTH = 30
"""How far a clip is noised to be refined, in percent, where the setting ``refine-strength`` says nothing."""


class ShotFinish(ShotRequests):
    """The last stages of one shot."""

    def _begin_cascade(self) -> None:
        """Let clips be laid out at a lower rate; ``_finished`` makes the frames between."""
        self._full_rate, self._full_wanted = self._rate, self._wanted
        self._rate = slower(self._rate, SPARSER)
        self._wanted = -(-(self._wanted - 1) // SPARSER) + 1

    @property
    def _cascades(self) -> bool:
        return self._values.get("method") == "cascade"

    def _finished(self, parts: Sequence[Part], opening: Sequence[Part] = ()) -> Filmed:
        """The shot in the film's one raster and rate. ``opening`` comes before the parts."""
        parts = [*opening, *_later(parts, sum(p.frames for p in opening))]
        refiner, enlarger = self._finisher("refine"), self._finisher("upscale")
        if self._values.get("quality") == "draft":
            enlarger = None  # a draft is small
        if self._cascades and refiner is None:
            refiner = self._own_refiner()
        if not (self._cascades or refiner or enlarger):
            return self._joined(parts)
        node, frames = self._whole_take(parts)
        if self._cascades:
            node, frames = self._more_frames(node, frames)
        if refiner is not None:
            node = self._refined(node, frames, refiner)
        if enlarger is not None:
            node = self._enlarged(node, frames, enlarger)
        shown = self._in_film(node, frames)
        return Filmed(self._shot, tuple(self._made), shown, tuple(parts), self._rate)

    def _joined(self, parts: Sequence[Part]) -> Filmed:
        """The shot in the film's one raster and rate, its clips as they are."""
        raster, rate = raster_of(self._film), self._film.settings.rate
        total = sum(part.frames for part in parts)
        whole = len(parts) == 1 and not parts[0].skip
        if whole and rate == self._rate and raster == self._raster:
            return Filmed(self._shot, tuple(self._made), parts[0].node, tuple(parts), self._rate)
        frames = self._film_frames(total, self._rate)
        if whole:
            shown = self._conformed(
                parts[0].node, frames, f"from {self._name}'s own size or rate to the film's"
            )
        else:
            shown = self._pieces(parts, frames, rate, raster, "join", "pieces end to end")
        return Filmed(self._shot, tuple(self._made), shown, tuple(parts), self._rate)

    def _film_frames(self, total: int, rate: Rate) -> int:
        """Frames of the film that ``total`` at ``rate`` are, with a handle and no more."""
        own = self._film.settings.rate
        wanted = min(int(Fraction(total) / rate.fps * own.fps), rendered_frames(self._shot, own, own))
        return max(self._shot.frames, wanted)

    def _pieces(
        self, parts: Sequence[Part], frames: int, rate: Rate, raster: Raster, what: str, why: str
    ) -> Node:
        pieces = tuple(Piece(take=Input(key=p.node.key), start=p.skip, stop=p.skip + p.frames) for p in parts)
        request = Join(pieces=pieces, frames=frames, rate=rate, raster=raster)
        nodes = [part.node for part in parts]
        return self._add(what, "", request, CONFORMER, f"{len(parts)} {why}", nodes)

    # -- the cascade ----------------------------------------------------------------------

    def _whole_take(self, parts: Sequence[Part]) -> tuple[Node, int]:
        """All clips as one take, in the renderer's own form, and its frames."""
        total = sum(part.frames for part in parts)
        if len(parts) == 1 and not parts[0].skip:
            return parts[0].node, total
        return self._pieces(parts, total, self._rate, self._raster, "pieces", "pieces end to end"), total

    def _more_frames(self, node: Node, frames: int) -> tuple[Node, int]:
        count = (frames - 1) * SPARSER + 1
        request = Conform(
            take=Input(key=node.key), frames=count, rate=self._full_rate, raster=self._raster, motion="flow"
        )
        why = f"{SPARSER} times the frames, moved between those there are"
        return self._add("flow", "", request, CONFORMER, why, [node]), count

    def _refined(self, node: Node, frames: int, refiner: Using) -> Node:
        name, can = refiner
        seen, left = self._seen(can, can.references)
        strength = self._strength()
        raster = self._fitted(can, self._values.get("quality") == "draft")
        smaller = raster.width * raster.height < self._raster.width * self._raster.height
        left += f"; at {raster.width}x{raster.height}, the most that {name} draws" if smaller else ""
        request = Refine(
            **seen, raster=raster, take=Input(key=node.key), frames=frames,
            rate=self._full_rate, strength=strength, settings=self._settings(can),
        )  # fmt: skip
        return self._add("refine", "", request, name, f"refined from {strength} % noise{left}", [node])

    def _enlarged(self, node: Node, frames: int, enlarger: Using) -> Node:
        name, can = enlarger
        seen, left = self._seen(can, can.references)
        raster = reached(
            self._fitted(can, enlarged=True), getattr(node.request, "raster", None), can.enlarges
        )
        request = Upscale(
            **seen, raster=raster, take=Input(key=node.key), frames=frames, rate=self._full_rate,
            settings=self._settings(can),
        )  # fmt: skip
        return self._add("upscale", "", request, name, "enlarged" + left, [node])

    def _in_film(self, node: Node, frames: int) -> Node:
        raster, rate = raster_of(self._film), self._film.settings.rate
        made = getattr(node.request, "raster", None)
        if made == raster and self._full_rate == rate:
            return node
        return self._conformed(
            node, self._film_frames(frames, self._full_rate), "to the film's size and rate"
        )

    def _finisher(self, name: str) -> Using | None:
        """The renderer that the setting names. Raises ``BadInput`` where it does not make such requests."""
        asked = self._values.get(name, NOBODY)
        if asked == NOBODY:
            return None
        found = self._find(str(asked))
        if name not in found[1].requests:
            raise BadInput(
                f"The setting {name} names {asked!r}, which does not {name}. Name another renderer, "
                f"or take the setting out with --unset {name}."
            )
        return found

    def _own_refiner(self) -> Using:
        if "refine" not in self._can.requests:
            raise BadInput(
                f"Shot {self._shot.id}: a cascade refines its clips, and {self._name} cannot. Name a "
                "renderer that can with --set refine=diffusion:wan-t2v-1.3b."
            )
        return self._name, self._can

    def _strength(self) -> int:
        asked = self._values.get("refine-strength", STRENGTH)
        if isinstance(asked, bool) or not isinstance(asked, int) or not 0 <= asked <= 100:
            raise BadInput(f"The setting refine-strength is {asked!r}; it must be a whole number, 0 to 100.")
        return asked


def _later(parts: Sequence[Part], frames: int) -> list[Part]:
    return [replace(part, start=part.start + frames) for part in parts]


def reached(wanted: Raster, take: Raster | None, times: int | None) -> Raster:
    """The raster wanted, or the take's so many times, from which the film's is conformed.

    Never one smaller than the take, which a renderer's multiple of sizes may make larger than the film.
    """
    if take is None:
        return wanted
    scale = max(wanted.width / take.width, wanted.height / take.height)
    if scale < 1:
        return take
    if times is None or scale <= times:
        return wanted
    return Raster(width=min(8192, take.width * times), height=min(8192, take.height * times))


def slower(rate: Rate, times: int) -> Rate:
    """A rate that many times lower; at least 1."""
    slow = rate.fps / times
    return Rate(num=slow.numerator, den=slow.denominator) if slow >= 1 else Rate(num=1)
