"""How one shot is made: which requests, of which renderers, and why.

A shot that fits into one clip of its renderer is one clip, from a keyframe where somebody draws
keyframes. A longer one is filled in between keyframes, coarse to fine, or is extended window by
window, or is made at once by a way of the renderer's own; its pieces are joined. The ways are in
``shot_ways.py``, what is done with the finished clip in ``shot_finish.py``.
"""

from __future__ import annotations

from fractions import Fraction

from ..storyboard.errors import BadInput
from ..storyboard.picture import unnamed
from .plates import Plates
from .protocol import Method
from .shot_requests import Filmed

METHODS = (
    "auto", "clip", "infill", "extend", "sparse", "end-first", "cascade", "queue", "free-noise", "packed",
)  # fmt: skip
"""What the setting ``method`` may be."""
_AT_ONCE: tuple[Method, ...] = ("packed", "free-noise", "queue")
"""Ways to a clip of any length that only renderers themselves have."""
_UNASKED: tuple[Method, ...] = ("packed", "end-first", "free-noise", "queue")
"""Renderers' own ways, in the order in which they are taken unasked."""


class ShotPlan(Plates):
    """Chooses how a shot is made, and lays it out."""

    def filmed(self, before: Filmed | None, previous: Filmed | None = None) -> Filmed:
        """The shot's nodes. ``before`` is the shot that it goes on from, where its opening says so;
        ``previous`` the shot in front of it, in case of a transition.

        Raises ``BadInput`` for what this renderer cannot make.
        """
        plate = self._shot.plate
        return self._drawn(before, previous) if plate is None else self._plated(plate, previous, self._drawn)

    def _drawn(self, before: Filmed | None, previous: Filmed | None) -> Filmed:
        """The shot as its renderer draws it."""
        goes_on = before if before is not None and self._extends else None
        words = self._transition_words(goes_on, previous)
        opening = []
        if self._cascades:
            self._begin_cascade()
        if words and previous is not None:
            opening = [self._transition(previous, words)]
            self._wanted -= opening[0].frames
        method, why = self._method(goes_on)
        if method == "held":
            return self._held(why)
        if method == "infill":
            parts = self._infilled(why)
        elif method == "extend":
            parts = self._extended(goes_on, why)
        elif method == "sparse":
            parts = self._sparse(why)
        elif method == "end-first" and method not in self._can.methods:
            parts = self._end_first(why)
        elif method in self._can.methods:
            parts = [self._at_once(method, why)]
        else:
            parts = [self._clip(goes_on, why)]
        return self._finished(parts, opening)

    def _transition_words(self, goes_on: Filmed | None, previous: Filmed | None) -> str:
        """The words of the transition that this shot opens with, without names; empty for none.

        The shot's own setting ``transition``; else the film's, where a new scene begins and the shot does
        not go on from the one in front of it.
        """
        own = self._shot.settings.get("transition")
        scene_begins = previous is not None and previous.shot.scene != self._shot.scene
        asked = self._values.get("transition") if own is not None or scene_begins else None
        if asked is not None and not isinstance(asked, str):
            raise BadInput(f"The setting transition is {asked!r}; it says in words what is seen, or none.")
        if asked is None or asked == "none" or not asked.strip():
            return ""
        if goes_on is not None:
            if own is None:
                return ""
            raise BadInput(
                f"Shot {self._shot.id} goes on from the shot in front of it, and is to open with a "
                "transition too. Let it open with a cut, or take its setting transition out."
            )
        if previous is None:
            raise BadInput(
                f"Shot {self._shot.id}: a transition needs a shot in front of it, and there is none."
            )
        if not self._between_two or "words" not in self._can.inputs:
            raise BadInput(
                f"Shot {self._shot.id}: a transition needs a renderer that goes from a first to a last frame "
                f"in words of its own, and one that draws keyframes; {self._name} has not both."
            )
        return unnamed(self._film, asked.strip())

    # -- choosing -------------------------------------------------------------------------

    def _method(self, goes_on: Filmed | None) -> tuple[str, str]:
        """How it is made, and why."""
        can, longest, n = self._can, self._can.longest, self._wanted
        if not can.requests & {"between", "extend"} and "still" in can.requests:
            return "held", f"{self._name} draws stills only: one is held for the whole shot"
        if not can.requests & {"between", "extend"}:
            raise BadInput(f"Shot {self._shot.id}: {self._name} makes neither stills nor clips.")
        asked = self._asked()
        tail = self._tail_length if goes_on else 0
        fits = longest is None or can.frame_rule.snap(n + tail) <= longest
        if asked in ("infill", "extend", "sparse", "end-first", *_AT_ONCE):
            why = f"{asked}, as the settings ask"
            if goes_on is not None and asked != "extend":
                why += f"; it begins anew, and does not go on from {goes_on.shot.id}"
            return asked, why
        if fits or asked == "clip":
            if not fits:
                raise BadInput(
                    f"Shot {self._shot.id} needs {n} frames with its handle, and {self._name} makes at most "
                    f"{longest} at once: the method clip is for shorter shots. Choose the method auto."
                )
            return "clip", self._whole(goes_on)
        seconds = float(Fraction(n) / self._rate.fps)
        long = f"{seconds:.1f} s are more than the {longest} frames that {self._name} makes at once"
        own = next((way for way in _UNASKED if way in can.methods), None)
        if goes_on is None and own in ("packed", "end-first"):
            return own, f"{long}: in sections that see all earlier ones, packed"
        if goes_on is None and self._between_two and self._changes:
            return "infill", f"{long}, and it ends otherwise than it opens: filled in between keyframes"
        if self._extends:
            return "extend", f"{long}: extended from its own tail"
        if goes_on is None and self._between_two:
            return "infill", f"{long}, and {self._name} takes no tail: filled in between keyframes"
        if goes_on is None and own is not None:
            return own, f"{long}: {own}, the way of {self._name} to any length"
        if goes_on is None and self._extends_from_noise:
            return "extend", f"{long}: each window goes on from the noise of the one before"
        raise BadInput(self._too_long(longest or 0))

    def _asked(self) -> str:
        """The setting ``method``; ``auto`` for a cascade, whose clips are laid out like others."""
        asked = str(self._values.get("method", "auto"))
        shot = f"Shot {self._shot.id}: "
        if asked not in METHODS:
            raise BadInput(f"{shot}there is no method {asked[:40]!r}. Methods: {', '.join(METHODS)}.")
        if asked in ("infill", "end-first") and asked not in self._can.methods and not self._between_two:
            raise BadInput(
                f"{shot}the method {asked} needs a renderer that takes a first and a last "
                f"frame, and one that draws keyframes (setting keyframes); {self._name} has not both."
            )
        alone = "first" in self._can.required or "origin" not in self._can.inputs
        if asked == "end-first" and asked not in self._can.methods and alone:
            raise BadInput(
                f"{shot}the method end-first needs a renderer that makes a clip towards its last frame "
                f"alone, with the opening in sight; {self._name} does not. Choose another method."
            )
        if asked == "extend" and not (self._extends or self._extends_from_noise):
            raise BadInput(f"{shot}{self._name} cannot go on from a tail. Choose another method.")
        if asked == "sparse" and not (self._extends and {"first", "last"} <= self._can.inputs):
            raise BadInput(
                f"{shot}the method sparse needs a renderer that goes on from a tail and takes a first and a "
                f"last frame; {self._name} has not both. Choose another method."
            )
        if asked in _AT_ONCE and asked not in self._can.methods:
            raise BadInput(f"{shot}{self._name} has no method {asked}. Choose another method.")
        return "auto" if asked == "cascade" else asked

    def _too_long(self, longest: int) -> str:
        return (
            f"Shot {self._shot.id} needs {self._wanted} frames with its handle; {self._name} makes at most "
            f"{longest} at once and cannot go on from a tail or between two keyframes. Shorten the shot or "
            "choose another renderer for it."
        )
