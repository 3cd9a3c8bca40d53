"""What the tools for language models answer: small, typed, and only words and numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from ..agent.directing.turn import Turn
from ..storyboard.timeline import timeline
from .film import Film

SHOWN = 400
"""Shots that are listed at most."""


class FilmRow(BaseModel):
    """One film of the folder."""

    name: str
    title: str
    shots: int
    made: bool
    """Whether it was cut."""


class Films(BaseModel):
    """All films; ``unreadable`` tells why some cannot be read."""

    films: list[FilmRow]
    unreadable: dict[str, str] = {}


class ShotRow(BaseModel):
    """A shot, as the storyboard has it."""

    id: str
    at: str
    """Where it begins, minutes and seconds."""
    seconds: float
    scene: str
    camera: str
    happens: str
    take: Literal["current", "stale", "missing"]


class Shown(BaseModel):
    """A film and what there is of it."""

    name: str
    title: str
    logline: str
    characters: list[str]
    shots: list[ShotRow]
    path: str | None
    """The film's file, where it was cut."""
    writer: str
    notices: list[str] = []
    """What the person should be told."""


class Proposal(BaseModel):
    """What words would do. Nothing was changed. Only a ``proposal`` or ``deed`` has an id to apply."""

    kind: str
    words: str
    read_as: list[str] = []
    rows: list[str] = []
    made_again: list[str] = []
    seconds: float | None = None
    cost: str = ""
    choices: list[str] = []
    proposal: str | None = None


class Changed(BaseModel):
    """What was done."""

    words: str
    made: list[str] = []
    path: str | None = None


class Costs(BaseModel):
    """As far as it is known here; a vendor's own bill decides."""

    charged: str
    may_be_charged: str
    to_come: str


def shown(name: str, film: Film) -> Shown:
    """A film as the tools tell of it."""
    board = film.storyboard
    story = board.story
    takes = film.takes
    rate = board.settings.rate
    starts = {clip.item: int(rate.seconds(clip.start)) for clip in timeline(board).clips}
    rows = [
        ShotRow(
            id=shot.id,
            at=f"{starts[shot.id] // 60}:{starts[shot.id] % 60:02}",
            seconds=round(float(rate.seconds(shot.frames)), 2),
            scene=shot.scene,
            camera=f"{shot.camera.size}, {shot.camera.move}",
            happens=shot.event.sentence or " ".join(line.words for line in shot.lines),
            take=takes[shot.id].state,
        )
        for shot in board.shots[:SHOWN]
    ]
    left = len(board.shots) - len(rows)
    path = film.production.film_path
    told = list(board.wrote.notices) if board.wrote else []
    return Shown(
        name=name,
        title=film.title,
        logline=story.logline if story else "",
        characters=[f"{c.name}: {c.words or c.noun}" for c in story.characters] if story else [],
        shots=rows,
        path=str(path) if path.is_file() else None,
        writer=board.wrote.writer if board.wrote else "",
        notices=told + ([f"{left} more shots are not listed."] if left else []),
    )


def changed(turn: Turn) -> Changed:
    """What was done by a turn."""
    return Changed(words=turn.words, made=list(turn.made), path=str(turn.path) if turn.path else None)


def proposed(turn: Turn, number: str | None) -> Proposal:
    """What a turn proposes, under that id."""
    found, change = turn.understood, turn.difference
    return Proposal(
        kind=turn.kind,
        words=turn.words,
        read_as=list(found.read_as),
        rows=list(change.rows) if change else [],
        made_again=list(change.again) if change else [],
        seconds=change.seconds if change else None,
        cost=change.cost if change else "",
        choices=list(turn.choices),
        proposal=number,
    )
