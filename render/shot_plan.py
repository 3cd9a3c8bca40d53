"""How one shot is made: which requests, of which renderers, and why.

A shot that fits into one clip of its renderer is one clip, from a keyframe where somebody draws
keyframes. A longer one is filled in between keyframes, coarse to fine, or is extended window by
window (``spans.py``), and its pieces are joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from ..storyboard.errors import BadInput
from ..storyboard.rate import Rate
from .nodes import Node
from .requests import Input
from .shot_requests import Filmed, Part, ShotRequests, end_of, rendered_frames
from .spans import Fill, Seam, Window, infill, infill_length, windows

REANCHOR = 3
"""Windows in a row that may go on from each other before one ends on a keyframe of its own."""
METHODS = ("auto", "clip", "infill", "extend")
Method = Literal["clip", "infill", "extend", "held"]


class ShotPlan(ShotRequests):
    """Chooses how a shot is made, and lays it out."""

    def filmed(self, before: Filmed | None) -> Filmed:
        """The shot's nodes. ``before`` is the shot that it goes on from, where its opening says so.

        Raises ``BadInput`` for what this renderer cannot make.
        """
        goes_on = before if before is not None and self._extends else None
        method, why = self._method(goes_on)
        if method == "held":
            return self._held(why)
        if method == "infill":
            parts = self._infilled(why)
        elif method == "extend":
            parts = self._extended(goes_on, why)
        else:
            parts = [self._clip(goes_on, why)]
        return self._joined(parts)

    # -- choosing -------------------------------------------------------------------------

    @property
    def _extends(self) -> bool:
        return "extend" in self._can.requests and "tail" in self._can.inputs

    @property
    def _between_two(self) -> bool:
        return self._stills is not None and {"first", "last"} <= self._can.inputs

    def _method(self, goes_on: Filmed | None) -> tuple[Method, str]:
        """How it is made, and why."""
        can, longest, n = self._can, self._can.longest, self._wanted
        if not can.requests & {"between", "extend"} and "still" in can.requests:
            return "held", f"{self._name} draws stills only: one is held for the whole shot"
        asked = self._asked()
        tail = self._tail_length if goes_on else 0
        fits = longest is None or can.frame_rule.snap(n + tail) <= longest
        if asked == "infill" or asked == "extend":
            return ("infill" if asked == "infill" else "extend"), f"{asked}, as the settings ask"
        if fits or asked == "clip":
            if not fits:
                raise BadInput(
                    f"Shot {self._shot.id} needs {n} frames with its handle, and {self._name} makes at most "
                    f"{longest} at once: the method clip is for shorter shots. Choose the method auto."
                )
            return "clip", self._whole(goes_on)
        seconds = float(Fraction(n) / self._rate.fps)
        long = f"{seconds:.1f} s are more than the {longest} frames that {self._name} makes at once"
        if goes_on is None and self._between_two and self._changes:
            return "infill", f"{long}, and it ends otherwise than it opens: filled in between keyframes"
        if self._extends:
            return "extend", f"{long}: extended from its own tail"
        if goes_on is None and self._between_two:
            return "infill", f"{long}, and {self._name} takes no tail: filled in between keyframes"
        raise BadInput(self._too_long(longest or 0))

    def _asked(self) -> str:
        asked = str(self._values.get("method", "auto"))
        if asked not in METHODS:
            raise BadInput(
                f"Shot {self._shot.id}: there is no method {asked[:40]!r}. Methods: {', '.join(METHODS)}."
            )
        if asked == "infill" and not self._between_two:
            raise BadInput(
                f"Shot {self._shot.id}: the method infill needs a renderer that takes a first and a last "
                f"frame, and one that draws keyframes (setting keyframes); {self._name} has not both."
            )
        if asked == "extend" and not self._extends:
            raise BadInput(
                f"Shot {self._shot.id}: {self._name} cannot go on from a tail. Choose another method."
            )
        return asked

    def _too_long(self, longest: int) -> str:
        return (
            f"Shot {self._shot.id} needs {self._wanted} frames with its handle; {self._name} makes at most "
            f"{longest} at once and cannot go on from a tail or between two keyframes. Shorten the shot or "
            "choose another renderer for it."
        )

    @property
    def _changes(self) -> bool:
        """Whether the shot is to end otherwise than it opens."""
        opening, closing = self._shot.opening.strip(), self._shot.closing.strip()
        return bool(closing) and opening != closing

    @property
    def _ends(self) -> bool:
        """Whether it ends on a keyframe: where it changes, or where the renderer wants a last frame."""
        return self._between_two and (self._changes or "last" in self._can.required)

    @property
    def _tail_length(self) -> int:
        """Frames of a tail that the renderer reads, on its rule of lengths."""
        rule = self._can.frame_rule
        return max(1, (self._can.tail_frames - rule.offset) // rule.step * rule.step + rule.offset)

    # -- the ways -------------------------------------------------------------------------

    def _whole(self, goes_on: Filmed | None) -> str:
        if goes_on is not None:
            return f"goes on from the end of {goes_on.shot.id}: {self._name} extends from a tail"
        only = self._shot.opens == "continue" and "tail" not in self._can.inputs
        end = (
            f"; {self._name} cannot go on from a tail, so the opening 'continue' is only a cut"
            if only
            else ""
        )
        drawn = "one clip from its keyframe" if self._stills else "one clip from its picture"
        return drawn + end

    def _clip(self, goes_on: Filmed | None, why: str) -> Part:
        rule = self._can.frame_rule
        ends = self._ends
        if goes_on is not None:
            frames = rule.snap(self._wanted)
            if ends:
                frames = rule.snap(self._tail_length + self._wanted) - self._tail_length
            last = self._keyframe(100) if ends else None
            node = self._extend(
                "", goes_on.tail(self._film), frames, why, last=last, reads=[goes_on.last_node(self._film)]
            )
            return Part(node, 0, frames)
        frames = rule.snap(self._wanted)
        first = self._keyframe(0) if self._stills else None
        last = self._keyframe(100, first) if ends else None
        if last is not None:
            why += ", towards one of its end"
        node = self._between("", frames, self._rate, why, end_of(first), end_of(last), [first, last])
        return Part(node, 0, frames)

    def _held(self, why: str) -> Filmed:
        still = self._still(self._name, self._can, 0, None, why)
        rate = self._film.settings.rate
        frames = rendered_frames(self._shot, rate, rate)
        shown = self._conformed(still, frames, "the still, held in the film's size")
        return Filmed(self._shot, tuple(self._made), shown, (Part(shown, 0, frames),), rate)

    def _infilled(self, why: str) -> list[Part]:
        rule, longest = self._can.frame_rule, self._can.longest or self._wanted
        try:
            length = infill_length(self._wanted, rule)
            clips = infill(length, longest, rule)
        except ValueError as error:
            raise BadInput(f"Shot {self._shot.id} cannot be filled in by {self._name}: {error}.") from None
        first = self._keyframe(0)
        ends = {Seam(None, 0): first, Seam(None, length - 1): self._keyframe(100, first)}
        made: list[Node] = []
        for number, clip in enumerate(clips):
            made.append(self._fill(number, clip, ends, made, why))
        return [
            Part(node, clip.start, clip.frames - (clip.stop < length - 1))
            for clip, node in zip(clips, made, strict=True)
            if clip.leaf
        ]

    def _fill(
        self, number: int, clip: Fill, ends: Mapping[Seam, Node], made: Sequence[Node], why: str
    ) -> Node:
        reads = [ends[s] if s.clip is None else made[s.clip] for s in (clip.first, clip.last)]
        given = [
            Input(key=node.key, part="frame", frame=0 if seam.clip is None else seam.frame)
            for seam, node in zip((clip.first, clip.last), reads, strict=True)
        ]
        rate = self._rate
        if not clip.leaf:
            slow = rate.fps * (clip.frames - 1) / (clip.stop - clip.start)
            rate = Rate(num=max(1, round(slow)))
        depth = f"depth {clip.depth}, frames {clip.start} to {clip.stop}"
        words = f"{why}; {depth}" if number == 0 else depth + (", its end frames shared" if clip.leaf else "")
        return self._between(f"f{number}", clip.frames, rate, words, given[0], given[1], reads)

    def _extended(self, goes_on: Filmed | None, why: str) -> list[Part]:
        rule, longest, tail = self._can.frame_rule, self._can.longest or self._wanted, self._tail_length
        try:
            room = rule.snap(tail + 1) - tail if goes_on else 0
            head = (
                max(room, (longest - rule.offset) // rule.step * rule.step + rule.offset - tail)
                if goes_on
                else None
            )
            laid = windows(self._wanted, longest, tail, rule, head)
        except ValueError as error:
            raise BadInput(f"Shot {self._shot.id} cannot be extended by {self._name}: {error}.") from None
        first = self._keyframe(0) if self._stills and goes_on is None else None
        goal = self._keyframe(100, first) if self._ends else None
        parts: list[Part] = []
        colour = first
        for number in range(len(laid)):
            last = self._window_end(laid, number, goal, first)
            words = f"window {number + 1} of {len(laid)}" + (", ends on a keyframe" if last else "")
            if number == 0 and goes_on is None:
                ends = end_of(first), end_of(last)
                node = self._between(
                    "w1", laid[0].frames, self._rate, f"{why}; {words}", *ends, [first, last]
                )
            else:
                sight = goal if last is not goal else None
                node = self._window(parts, goes_on, laid, words, last, sight, colour)
            colour = colour or node
            parts.append(Part(node, laid[number].start, laid[number].frames))
        return parts

    def _window_end(
        self, laid: Sequence[Window], number: int, goal: Node | None, first: Node | None
    ) -> Node | None:
        """The keyframe that a window ends on: every ``REANCHOR``th has one, the final one the shot's own."""
        if number == len(laid) - 1 and goal is not None:
            return goal
        anchored = number > 0 and number % REANCHOR == 0
        if not self._between_two or not (anchored or "last" in self._can.required):
            return None
        return self._keyframe(min(99, max(1, 100 * laid[number].stop // laid[-1].stop)), first)

    def _window(
        self,
        parts: Sequence[Part],
        goes_on: Filmed | None,
        laid: Sequence[Window],
        why: str,
        last: Node | None,
        goal: Node | None,
        colour: Node | None,
    ) -> Node:
        """A window that goes on from the one before, or from the shot before."""
        window = laid[len(parts)]
        if parts:
            tail = Input(key=parts[-1].node.key, part="tail", frame=parts[-1].frames)
            source = parts[-1].node
        else:
            assert goes_on is not None
            tail, source = goes_on.tail(self._film), goes_on.last_node(self._film)
        return self._extend(
            f"w{len(parts) + 1}", tail, window.frames, why, last=last, goal=goal, colour=colour,
            at=window.start, reads=[source],
        )  # fmt: skip
