"""What became of a batch, for people and programs: ``summary.json`` and ``summary.csv``.

They are a report and nothing else: no film depends on them, and without them the next run finds the same.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..memory.files import Files
from ..memory.ledger import Ledger
from ..storyboard.errors import PhotoplayError

if TYPE_CHECKING:
    from .production import Production

SUMMARY, TABLE = "summary.json", "summary.csv"
_MOST_BYTES = 200_000_000
State = Literal["made", "kept", "failed", "stopped", "waiting"]
STATES: tuple[State, ...] = ("made", "kept", "failed", "stopped", "waiting")


@dataclass(frozen=True)
class FilmResult:
    """What became of one film of a batch.

    ``made``: now; ``kept``: it was whole, and nothing was made; ``failed``: it or a shot of it;
    ``stopped``: in its midst; ``waiting``: it was not begun.
    """

    row: int
    name: str
    folder: str
    """As it was asked for: relative where ``out`` was."""
    state: State
    title: str = ""
    writer: str = ""
    renderer: str = ""
    seconds: float = 0.0
    """Length of the film as it is timed now; 0 without shots."""
    shots: int = 0
    made: int = 0
    """Takes made in this run: pictures, lines, music."""
    failed_shots: tuple[str, ...] = ()
    cost: str = "nothing"
    """All that was ordered for it, in this run and before, as it was quoted."""
    wall_s: float = 0.0
    """Seconds that this run worked on it."""
    words: str = ""
    """Why it failed."""

    @classmethod
    def waiting(cls, row: int, name: str, folder: Path) -> FilmResult:
        """A film that was not begun."""
        return cls(row, name, str(folder), "waiting")

    @classmethod
    def of(
        cls,
        row: int,
        name: str,
        folder: Path,
        state: State,
        production: Production | None,
        *,
        made: int,
        failed_shots: tuple[str, ...],
        wall_s: float,
        words: str,
    ) -> FilmResult:
        """Of a film as it stands in its folder; ``production`` None where there is none."""
        more = dict[str, Any]()
        if production is not None:
            film = production.film
            more = {
                "title": film.story.title if film.story else "",
                "writer": film.wrote.writer if film.wrote else film.settings.writer,
                "renderer": film.settings.renderer,
                "seconds": _length(production),
                "shots": len(film.shots),
                "cost": _cost(production.project.folder),
            }
        return cls(
            row, name, str(folder), state, **more, made=made, failed_shots=failed_shots,
            wall_s=round(wall_s, 3), words=words,
        )  # fmt: skip


def _length(production: Production) -> float:
    from ..storyboard.timeline import items

    film = production.film
    frames = sum(item.frames for item in items(film)) if film.shots else 0
    return round(float(film.settings.rate.seconds(frames)), 3)


def _cost(folder: Path) -> str:
    try:
        return str(Ledger(folder).spent())
    except PhotoplayError:
        return "not known: the ledger cannot be read"


def write_summary(out: Path, results: Iterable[FilmResult]) -> None:
    """Write both files whole, each in one step, the folder too where there is none."""
    rows = [asdict(result) for result in results]
    files = Files(out)
    files.make_folder(files.root)
    counts = {state: sum(row["state"] == state for row in rows) for state in STATES}
    whole = {"schema_version": 1, "counts": counts, "films": rows}
    files.write(files.root / SUMMARY, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())
    text = io.StringIO()
    table = csv.DictWriter(text, [f.name for f in fields(FilmResult)], lineterminator="\n")
    table.writeheader()
    for row in rows:
        told = {**row, "failed_shots": " ".join(row["failed_shots"])}
        table.writerow({name: _cell(value) for name, value in told.items()})
    files.write(files.root / TABLE, text.getvalue().encode("utf-8-sig"))


def _cell(value: Any) -> Any:
    """Text that a table program would take for a formula is kept text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def earlier_results(out: Path) -> dict[str, FilmResult]:
    """What the summary in ``out`` says, by name; nothing where there is none that can be read."""
    path = out / SUMMARY
    known = {f.name for f in fields(FilmResult)}
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        rows = json.loads(path.read_text(encoding="utf-8"))["films"]
        made = [
            FilmResult(
                **{**{k: v for k, v in row.items() if k in known}, "failed_shots": tuple(row["failed_shots"])}
            )
            for row in rows
            if row["state"] in STATES
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {result.name: result for result in made}
