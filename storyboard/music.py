"""The film's music: composed to its scenes, a track of a person's own, or none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from .schema import Data, Key, RendererName


class Music(Data):
    """What music a film has. ``track`` is the digest of a sound that the film keeps in ``music/``."""

    kind: Literal["composed", "own", "none"] = "composed"
    track: Key | None = None
    milliseconds: int = Field(0, ge=0, le=36_000_000)
    """Length of the track."""
    looped: bool = False
    """Whether a track that is shorter than the film begins again; else it is quiet after its end."""
    player: RendererName | Literal[""] = ""
    """Who plays composed music: a renderer of scores; empty for the built-in players."""

    @model_validator(mode="after")
    def _whole(self) -> Music:
        if (self.kind == "own") != (self.track is not None) or (self.looped and self.kind != "own"):
            raise ValueError(
                "a track, and whether it begins again, belong to music of one's own and to no other"
            )
        if self.player and self.kind != "composed":
            raise ValueError("only composed music has a player")
        return self
