"""The ways a shot is made: the nodes of each, laid out by the arithmetic of ``spans.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..storyboard.errors import BadInput
from ..storyboard.rate import Rate
from .nodes import Node
from .requests import Input
from .shot_finish import ShotFinish
from .shot_requests import Filmed, Part, at_rate, end_of, rendered_frames
from .spans import Fill, Seam, Window, infill, infill_length, leaves, windows
from .stills import FINISHERS, NOBODY

REANCHOR = 3
"""Windows in a row that may go on from each other before one ends on a keyframe of its own."""


class ShotWays(ShotFinish):
    """One shot, made in a way that was chosen."""

    @property
    def _extends(self) -> bool:
        return "extend" in self._can.requests and "tail" in self._can.inputs

    @property
    def _extends_from_noise(self) -> bool:
        """Whether a window goes on from the noise and the latents of the one before, not from its frames."""
        return "extend" in self._can.requests and "latents" in self._can.inputs

    @property
    def _between_two(self) -> bool:
        return self._stills is not None and {"first", "last"} <= self._can.inputs

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
        first = self._first()
        last = self._keyframe(100, first) if ends else None
        if last is not None:
            why += ", towards one of its end"
        node = self._between("", frames, self._rate, why, end_of(first), end_of(last), [first, last])
        return Part(node, 0, frames)

    def _held(self, why: str) -> Filmed:
        unread = [name for name in FINISHERS if self._values.get(name, NOBODY) != NOBODY]
        unread += ["method"] if self._cascades else []
        if unread:
            why += f"; {' and '.join(unread)} are for clips and do nothing to it"
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
        return self._between(
            f"f{number}", clip.frames, rate, words, given[0], given[1], reads, start=clip.start
        )

    def _extended(self, goes_on: Filmed | None, why: str) -> list[Part]:
        rule, longest = self._can.frame_rule, self._can.longest or self._wanted
        tail = 0 if self._extends_from_noise else self._tail_length
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
        first = self._first() if goes_on is None else None
        goal = self._keyframe(100, first) if self._ends else None
        parts: list[Part] = []
        colour = first
        for number in range(len(laid)):
            followed = number < len(laid) - 1
            self._with_these = {"latents": "kept"} if self._extends_from_noise and followed else {}
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
        self._with_these = {}
        return parts

    def _at_once(self, method: str, why: str) -> Part:
        """A clip of any length, by a method of the renderer's own."""
        frames = self._can.frame_rule.snap(self._wanted)
        first = self._first()
        last = self._keyframe(100, first) if method == "end-first" and self._ends else None
        self._with_these = {"method": method}
        node = self._between("", frames, self._rate, why, end_of(first), end_of(last), [first, last])
        self._with_these = {}
        return Part(node, 0, frames)

    def _leaves(self) -> tuple[int, tuple[int, ...]]:
        """Frames of clips that cover the shot with shared end frames, and where they meet."""
        rule, longest = self._can.frame_rule, self._can.longest or self._wanted
        try:
            length = infill_length(self._wanted, rule)
            return length, leaves(length, longest, rule)
        except ValueError as error:
            raise self._not_laid_out(error) from None

    def _not_laid_out(self, error: ValueError) -> BadInput:
        return BadInput(f"Shot {self._shot.id} cannot be laid out by {self._name}: {error}.")

    def _sparse(self, why: str) -> list[Part]:
        """Frames far apart, one window going on from the other; then what lies between each two.

        The hierarchy of LVDM (arXiv 2211.13221, section 3.3): sparse frames by autoregression, then
        interpolation. What infill is from two keyframes, from the first alone.
        """
        length, bounds = self._leaves()
        longest = self._can.longest or self._wanted
        try:
            laid = windows(len(bounds), longest, self._tail_length, self._can.frame_rule)
        except ValueError as error:
            raise self._not_laid_out(error) from None
        slow = Rate(num=max(1, round(self._rate.fps * (len(bounds) - 1) / max(1, length - 1))))
        first = self._first()
        coarse: list[Part] = []
        for number, window in enumerate(laid):
            words = f"sparse frames, window {number + 1} of {len(laid)}"
            if number == 0:
                words, ends = f"{why}; {words}", (end_of(first), None)
                node = self._between("c1", window.frames, slow, words, *ends, [first])
            else:
                node = self._window(coarse, None, laid, words, None, None, first or coarse[0].node, "c", slow)
            coarse.append(Part(node, window.start, window.frames))
        made: list[Part] = []
        for number in range(len(bounds) - 1):
            reads = [
                next(p for p in coarse if p.start <= n < p.start + p.frames) for n in (number, number + 1)
            ]
            seams = [
                Input(key=p.node.key, part="frame", frame=n - p.start)
                for p, n in zip(reads, (number, number + 1), strict=True)
            ]
            start, stop = bounds[number : number + 2]
            words = f"frames {start} to {stop}, between two sparse ones, its end frames shared"
            node = self._between(
                f"f{number + 1}",
                stop - start + 1,
                self._rate,
                words,
                seams[0],
                seams[1],
                [p.node for p in reads],
                start=start,
            )
            made.append(Part(node, start, stop - start + (stop == length - 1)))
        return made

    def _end_first(self, why: str) -> list[Part]:
        """Clips from the last to the first: each ends where the one made before it begins.

        FramePack's inverted order (arXiv 2504.12626, section 3.4) as a plan: what is generated can only
        drift away from frames that are given, and here the end is given, with the opening kept in sight.
        """
        length, bounds = self._leaves()
        first = self._keyframe(0)
        goal = self._keyframe(100, first)
        count = len(bounds) - 1
        made: list[Part] = []
        after, end = goal, end_of(goal)
        for number in range(count, 0, -1):
            start, stop = bounds[number - 1 : number + 1]
            words = f"clip {number} of {count}, made {count - number + 1}.: towards what comes after it"
            words = words if made else f"{why}; {words}"
            opens = number == 1
            node = self._between(
                f"b{number}", stop - start + 1, self._rate, words, end_of(first) if opens else None, end,
                [after, first], origin=None if opens else end_of(first), at=start, start=start,
            )  # fmt: skip
            made.append(Part(node, start, stop - start + (stop == length - 1)))
            after, end = node, Input(key=node.key, part="frame", frame=0)
        return made[::-1]

    def _transition(self, before: Filmed, words: str) -> Part:
        """From the last frame of the shot before to this one's first keyframe, in words of its own.

        SEINE (arXiv 2310.20700, section 3.3) fills what lies between two scenes from a description of
        the change. Its first frame is the one shown last, and its last one the keyframe: neither is doubled.
        """
        rate, rule = self._film.settings.rate, self._can.frame_rule
        frames = rule.snap(at_rate(self._transition_frames(rate), rate, self._rate) + 2)
        longest = self._can.longest
        if longest is not None and frames > longest:
            raise BadInput(
                f"Shot {self._shot.id}: the transition needs {frames} frames, and {self._name} makes at most "
                f"{longest} at once. Set transition-frames lower."
            )
        lasts = int(Fraction(frames - 2) / self._rate.fps * rate.fps)
        if lasts >= self._shot.frames:
            raise BadInput(
                f"Shot {self._shot.id} has {self._shot.frames} frames, and {self._name} makes no transition "
                f"shorter than {lasts}: nothing would be seen of the shot. Lengthen it, take the transition "
                "out, or choose another renderer for it."
            )
        tail = before.tail(self._film)
        shown = Input(key=tail.key, part="frame", frame=(tail.frame or 1) - 1)
        first = self._keyframe(0)
        why = f"a transition from {before.shot.id}, {lasts} frames of the film: {words[:60]}"
        node = self._between(
            "t", frames, self._rate, why, shown, end_of(first),
            [before.last_node(self._film), first], start=None, words=words,
        )  # fmt: skip
        return Part(node, 0, frames - 2, skip=1)

    def _transition_frames(self, rate: Rate) -> int:
        asked = self._values.get("transition-frames", round(rate.fps))
        most = self._shot.frames // 2
        if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= 240:
            raise BadInput(f"The setting transition-frames is {asked!r}; it must be 1 to 240.")
        if asked > most:
            raise BadInput(
                f"Shot {self._shot.id} has {self._shot.frames} frames, and its transition {asked}: at most "
                "half of a shot is one. Set transition-frames lower, or lengthen the shot."
            )
        return asked

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
        letter: str = "w",
        rate: Rate | None = None,
    ) -> Node:
        """A window that goes on from the one before, or from the shot before."""
        window = laid[len(parts)]
        if parts:
            kind = "latents" if self._extends_from_noise else "tail"
            tail = Input(key=parts[-1].node.key, part=kind, frame=parts[-1].frames)
            source = parts[-1].node
        else:
            assert goes_on is not None
            tail, source = goes_on.tail(self._film), goes_on.last_node(self._film)
        return self._extend(
            f"{letter}{len(parts) + 1}", tail, window.frames, why, last=last, goal=goal, colour=colour,
            at=window.start, reads=[source], rate=rate,
        )  # fmt: skip
