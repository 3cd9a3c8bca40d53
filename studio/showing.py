"""Showing a film in the terminal, and publishing the schemas."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from ..agent.production import Production
from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.grammar import grammar_notes
from ..storyboard.rate import Rate
from ..storyboard.timeline import timeline
from ..storyboard.told_shot import told


def show_film(production: Production) -> None:
    """Story, shots, the state of their takes, and what the grammar of film has to say about them."""
    console = Console(highlight=False)
    film = production.film
    if film.story is None:
        console.print(Line(f"{film.brief.idea[:200]}\nNot written yet: run `photoplay render`."))
        return
    console.print(Line(film.story.title, style="bold"))
    console.print(Line(film.story.logline))
    wrote = film.wrote
    if wrote:
        console.print(Line(f"Written by {wrote.writer} {wrote.model}".rstrip(), style="dim"))
    for character in film.story.characters:
        console.print(Line(f"  {character.name}: {character.words or character.noun}"))
    if not film.shots:
        return
    try:
        states = {item: str(state) for item, (state, _) in production.takes().items()}
    except (
        BadInput
    ) as error:  # a renderer or weights that are not known here: the story can be read all the same
        console.print(Line(f"Takes cannot be looked up here: {error}", style="yellow"))
        states = {}
    rate = film.settings.rate
    starts = {clip.item: clip.start for clip in timeline(film).clips}
    table = Table(box=None, pad_edge=False)
    for heading in ("shot", "at", "length", "camera", "what happens", "take"):
        table.add_column(heading)
    for shot in film.shots:
        camera = f"{shot.camera.size}, {shot.camera.move}"
        table.add_row(
            Line(shot.id),
            Line(_clock(rate, starts[shot.id])),
            Line(f"{float(rate.seconds(shot.frames)):.1f} s"),
            Line(camera),
            Line(told(film, shot)),
            Line(states.get(shot.id, "not known")),
        )
    console.print(table)
    for note in grammar_notes(film):
        console.print(Line(f"  {note.shot}: {note.rule}: {note.words}", style="yellow"))


_READ_BY_A_PROGRAM = 400
"""Columns, so that nothing is broken."""


def show_plan(production: Production) -> None:
    """How each thing is made, by whom and why, and whether it is there; a line each."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _READ_BY_A_PROGRAM
    has = production.project.store.has
    table = Table(box=None, pad_edge=False)
    for heading in ("request", "kind", "renderer", "take", "key", "why"):
        table.add_column(heading)
    for node in production.plan().nodes:
        state = "made" if has(node.key) else "to make"
        cells = (node.id, node.request.kind, node.renderer, state, node.key[:10], node.why)
        table.add_row(*(Line(c) for c in cells))
    console.print(table)


def _clock(rate: Rate, frames: int) -> str:
    seconds = int(rate.seconds(frames))
    return f"{seconds // 60}:{seconds % 60:02}"


def schema_of(name: str) -> dict[str, Any]:
    """The published JSON Schema of that name. Raises ``UnknownName``."""
    from ..memory.store import TakeRecord
    from ..storyboard.edit_types import Edit
    from ..storyboard.film import Film
    from ..storyboard.treatment import Treatment

    published: dict[str, Any] = {"film": Film, "edit": Edit, "treatment": Treatment, "take": TakeRecord}
    if name not in published:
        raise UnknownName("schema", name, list(published))
    return TypeAdapter(published[name]).json_schema()
