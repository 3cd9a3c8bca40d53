"""A plate: what a person brings to a shot, as its opening, as its picture, or to be changed by words."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from .rate import Rate
from .schema import Grown, Key, RendererName, Text


class Plate(Grown):
    """Footage of a person's own, or an earlier take, and what a shot does with it.

    What is told of the footage (kind, length, rate, size) stands here, since a plan is a pure function of
    the film.
    """

    source: Key
    """Digest of the footage that the project keeps; of a ``take`` its key."""
    kind: Literal["still", "clip", "take"]
    use: Literal["opens", "shot", "modify"]
    """``opens``: the shot begins with it and goes on from it; ``shot``: it is the shot's picture;
    ``modify``: it is drawn over again in ``words``."""
    frames: int = Field(1, ge=1, le=1_000_000)
    """Frames that the footage has; 1 for a still."""
    rate: Rate = Rate()
    """Of the footage; of no meaning for a still."""
    width: int = Field(ge=1, le=8192)
    height: int = Field(ge=1, le=8192)
    framing: Literal["fill", "fit"] = "fill"
    """In the film's shape: ``fill`` crops, ``fit`` pads with black."""
    words: Text = ""
    """What is to be seen; for ``modify`` alone, as all that follows."""
    strength: int = Field(60, ge=1, le=100)
    """How far it is changed, in percent: 100 keeps nothing of the footage."""
    keep: Key | None = None
    """Digest of a still of the footage's shape; its light parts stay as they are."""
    renderer: RendererName | None = None
    """Who draws it over again, where that is not the shot's renderer."""

    later: ClassVar[frozenset[str]] = frozenset({"framing", "words", "strength", "keep", "renderer"})

    @property
    def is_still(self) -> bool:
        """One frame, that is shown for any time."""
        return self.frames == 1

    @model_validator(mode="after")
    def _meant(self) -> Plate:
        """Words, strength, mask and renderer are for what is modified."""
        if self.use == "modify" and not self.words.strip():
            raise ValueError("footage is modified by words, and there are none")
        if self.use != "modify" and any(getattr(self, n) != v for n, v in _DEFAULTS.items()):
            raise ValueError("words, strength, keep and renderer are for footage that is modified")
        if self.kind == "still" and self.frames != 1:
            raise ValueError("a still has one frame")
        return self


_DEFAULTS = {name: Plate.model_fields[name].default for name in ("words", "strength", "keep", "renderer")}
