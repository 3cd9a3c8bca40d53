"""What references there are: of a film, of each of its shots, and in the library."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from ..agent.binding import bindings, is_bound
from ..agent.production import Production, open_film
from ..memory.anchor_record import Anchor, entities, still_so
from ..memory.anchors import AnchorBook
from ..memory.library import CastLibrary
from ..memory.lora import LoraBook
from ..memory.selection import Binding, subjects
from ..render.stills import keyframes_renderer, references_taken, remembers
from ..storyboard.film import Film, Shot

_SHOWN = 12
"""Digits of a digest that are shown."""


def list_references(folder: Path) -> None:
    """Every reference and LoRA of a film, whose it is, and how many shots are bound to it."""
    production = open_film(folder)
    film, console = production.film, Console(highlight=False)
    uses: dict[str, int] = {}
    for shot in film.shots:
        for key in _bound(film, shot):
            uses[key] = uses.get(key, 0) + 1
    table = _table("digest", "of", "state", "view", "from", "shots", "")
    every = entities(film)
    for anchor in AnchorBook(production.project.folder).all():
        name = every[anchor.entity].name if anchor.entity in every else anchor.entity
        remark = "set aside" if anchor.set_aside else "" if still_so(film, anchor) else "of an earlier look"
        seen = anchor.view or ""
        row = (name, anchor.state or "any", f"{seen} {anchor.hour or ''}".strip(), _from(anchor))
        _row(table, anchor.digest[:_SHOWN], *row, str(uses.get(anchor.digest, 0)), remark)
    for lora in LoraBook(production.project.folder).all():
        name = every[lora.entity].name if lora.entity in every else lora.entity
        base = f"for {lora.base}" if lora.base else ""
        remark = "set aside" if lora.set_aside else base
        cells = (name, lora.state or "any", "LoRA", "person", str(uses.get(lora.digest, 0)), remark)
        _row(table, lora.digest[:_SHOWN], *cells)
    if table.row_count:
        console.print(table)
    else:
        console.print(Line('No references yet. Give one with: photoplay cast add DIR "NAME" picture.png'))


def list_library() -> None:
    """The characters that any film can use."""
    library, console = CastLibrary(), Console(highlight=False)
    table = _table("name", "who", "references", "LoRAs", "file")
    for path, saved in library.all().items():
        if isinstance(saved, str):
            _row(table, "?", saved[:100], "", "", path.name)
            continue
        who = saved.character
        _row(table, who.name, who.noun, str(len(saved.references)), str(len(saved.loras)), path.name)
    if table.row_count:
        console.print(table)
    else:
        console.print(
            Line(f'Nobody is in {library.folder} yet. Save somebody with: photoplay cast save DIR "NAME"')
        )


def show_references(production: Production) -> None:
    """What each shot is made from, and why; what would be bound, where it is not made yet."""
    film, project, console = production.film, production.project, Console(highlight=False)
    planner = production.planner()
    name = keyframes_renderer(film, planner.renderer) or film.settings.renderer
    most = references_taken(film, planner.renderer)
    console.print(Line(f"{name} takes {most or 'no'} references a shot."))
    if not most:
        return
    drawn_first = remembers(film, planner.renderer) and not any(map(is_bound, film.shots))
    if drawn_first:
        console.print(Line("Nothing was drawn yet: reference sheets come first, then every shot is bound."))
    records = {a.digest: a for a in AnchorBook(project.folder).all()}
    table = _table("shot", "of", "state", "digest", "from", "view", "why")
    notes: list[str] = []
    for shot, binding in zip(film.shots, bindings(project, planner, film.shots), strict=True):
        for subject in subjects(film, shot):
            for key in binding.references.get(subject.entity, ()):
                anchor = records.get(key)
                why = binding.reasons.get(subject.entity, "") + ("" if subject.bound else "; not bound yet")
                cells = (subject.entity, subject.state or "as is", key[:_SHOWN])
                seen = (anchor.view or "") if anchor else ""
                _row(table, shot.id, *cells, _from(anchor) if anchor else "gone", seen, why)
        notes += _notes(shot, binding, most) if not drawn_first else []
    console.print(table)
    for note in notes:
        console.print(Line(f"  {note}", style="yellow"))
    judged = sorted({a.seen.by for a in records.values() if a.seen})
    if judged:
        console.print(Line(f"Frames of takes were judged by: {', '.join(judged)}."))


def _notes(shot: Shot, binding: Binding, most: int) -> list[str]:
    left = (
        [f"{shot.id}: {', '.join(binding.left_out)} left out: {most} are taken"] if binding.left_out else []
    )
    return [*left, *binding.problems]


def _from(anchor: Anchor) -> str:
    if anchor.origin != "take":
        return anchor.origin
    first = "first, " if anchor.long_term else ""
    return f"take ({first}{anchor.shot}, {anchor.seen.by})" if anchor.seen else "take"


def _bound(film: Film, shot: Shot) -> list[str]:
    loras = [key for m in shot.cast for key in m.loras] + [key for p in shot.props for key in p.loras]
    return [*(key for s in subjects(film, shot) for key in s.bound), *loras]


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading)
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Line(cell) for cell in cells))
