"""Many films from one order, the same whoever gives it: ``photoplay batch``, or a program.

Every row is read and checked before anything is made, and all faults are told at once. A row goes to the
same folder every time, also where rows were put before it.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..memory.files import Files
from ..memory.project import Project, is_film
from ..memory.slug import slug
from ..storyboard.errors import BadInput, PhotoplayError
from ..storyboard.schema import digest
from .batch_rows import COLUMNS, Faults, Row, idea_of, read_rows, rows_of
from .beginning import Beginning, begin, wishes_of
from .natural import typed
from .settings import read_set

if TYPE_CHECKING:
    from ..agent.batch import BatchFilm, BatchListener, BatchResult
    from ..agent.production import Production
    from ..agent.writer import Writer
    from ..render.crew import Executor
    from ..storyboard.film import Film

Rows = Path | str | Iterable[Mapping[str, Any] | str]
"""A file or folder, or rows: ideas, or mappings of ``idea``, ``name`` and options of ``photoplay make``."""
FOLDERS = "rows.json"
"""Which row lies in which folder, so that a new row of the same words does not move another."""
JOBS = 2
"""Films at a time, where nobody says how many and none needs a GPU or weights of its own."""
_NAMED = 41
"""Characters of a name before the digest that tells rows of the same words apart."""


@dataclass(frozen=True)
class Planned:
    """A row that was checked: the film that its folder begins with, or goes on with."""

    name: str
    row: int
    beginning: Beginning
    film: Film
    digest: str


@dataclass(frozen=True)
class Batch:
    """Checked rows. ``notices`` is what a person must be told of how they were read."""

    out: Path
    films: tuple[Planned, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where settings are looked up, and who makes the films. All None: as on the command line."""

    crew: Executor | None = None
    writer: Writer | None = None
    environment: Mapping[str, str] | None = None
    folder: Path | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def batch(
    rows: Rows,
    out: Path | str,
    *,
    defaults: Mapping[str, Any] | None = None,
    jobs: int | None = None,
    only: Collection[str] | None = None,
    total: str = "",
    listener: BatchListener | None = None,
    stop: threading.Event | None = None,
    place: Place | None = None,
) -> BatchResult:
    """Make a film of every row in ``out``, or go on with those that were begun.

    ``defaults`` are options for all rows, by the names of ``photoplay make``; what a row says goes before
    them. ``jobs`` films are made at a time (None: as fits what makes them), ``only`` these names. ``total``
    is what all films may cost together; what each may cost is its ``budget``. See ``agent/batch.py`` for the
    rest. Raises ``BadInput`` before anything is made, with all faults of all rows.
    """
    place = place or Place()
    return make_batch(
        plan_batch(rows, out, defaults=defaults, place=place),
        jobs=jobs, only=only, total=total, listener=listener, stop=stop, place=place,
    )  # fmt: skip


def make_batch(
    planned: Batch,
    *,
    jobs: int | None = None,
    only: Collection[str] | None = None,
    total: str = "",
    listener: BatchListener | None = None,
    stop: threading.Event | None = None,
    place: Place | None = None,
) -> BatchResult:
    """Make the films of checked rows. See ``batch``."""
    from ..agent.batch import BatchNews, refuse_twins, run
    from ..memory.price import read_allowance
    from .beginning import crew_of

    place = place or Place()
    allowance = read_allowance(total) if total else ""
    films = [_film(one, planned.out, place) for one in planned.films]
    refuse_twins(films, only)
    crew = place.crew or crew_of(wishes_of(Beginning("", environment=place.environment, folder=place.folder)))
    if listener is not None:
        for words in planned.notices:
            listener(BatchNews("notice", words=words))
    _remember(planned)
    return run(
        films,
        planned.out,
        jobs=jobs or default_jobs(planned, crew),
        only=only,
        crew=crew,
        listener=listener,
        stop=stop,
        allowance=allowance,
    )


def _film(one: Planned, out: Path, place: Place) -> BatchFilm:
    from ..agent.batch import BatchFilm

    def beginning(crew: Executor, listener: Callable[..., None]) -> Production:
        return begin(one.beginning, crew=crew, listener=listener, writer=place.writer)

    return BatchFilm(one.name, out / one.name, beginning, one.beginning.options.stage, one.row)


def default_jobs(planned: Batch, crew: Executor) -> int:
    """One film at a time where a GPU draws, or a writer holds weights of its own; else ``JOBS``."""
    from ..render.registry import find_renderer
    from ..render.stills import renderers_of

    find = getattr(crew, "find", find_renderer)
    names = {name for one in planned.films for name in renderers_of(one.film.settings)}
    if any(find(name).capabilities().device == "gpu" for name in names):
        return 1
    return JOBS


# -- rows ---------------------------------------------------------------------------------


def plan_batch(
    rows: Rows,
    out: Path | str,
    *,
    defaults: Mapping[str, Any] | None = None,
    place: Place | None = None,
) -> Batch:
    """Read and check all rows; makes nothing. Raises ``BadInput`` with every fault of every row."""
    place, out = place or Place(), Path(out)
    faults, notices = Faults(), list[str]()
    if isinstance(rows, Path | str):
        source, base = str(rows), Path(rows) if Path(rows).is_dir() else Path(rows).parent
        found, notices = read_rows(Path(rows), faults)
    else:
        source, base = "The batch", Path()
        found = rows_of(rows)
        if not found:
            raise BadInput("There is no row in the batch, so there is nothing to make.")
    begun = [(row, _beginning(row, base, defaults or {}, place, faults)) for row in found]
    asked = [(row, beginning) for row, beginning in begun if beginning is not None]
    named = _names([(row, beginning) for row, beginning in asked], _remembered(out), faults)
    films = []
    with tempfile.TemporaryDirectory(prefix="photoplay-batch-") as aside:
        for (row, beginning), (name, said) in zip(asked, named, strict=True):
            film = _checked(row, beginning, out / name, Path(aside), place, faults)
            if film is not None:
                films.append(Planned(name, row.number, _at(beginning, out / name), film, said))
    faults.check(source, found[0].where if found else "line")
    return Batch(out, tuple(films), tuple(notices))


def _at(beginning: Beginning, out: Path) -> Beginning:
    return Beginning(beginning.idea, beginning.options, out, beginning.environment, beginning.folder)


def _beginning(
    row: Row, base: Path, defaults: Mapping[str, Any], place: Place, faults: Faults
) -> Beginning | None:
    """What a film of that row is begun with; None where the row has a fault, which was told."""
    unknown = [name for name in row.values if name not in COLUMNS]
    if unknown:
        told = ", ".join(repr(name[:40]) for name in unknown)
        faults.add(row.number, f"there is no option {told}. Known: {', '.join(sorted(COLUMNS))}.")
        return None
    given = {name: value for name, value in row.values.items() if value is not None}
    try:
        idea = idea_of(given)
        if not isinstance(given.pop("name", ""), str):
            raise BadInput("name is a text.")
        given.pop("idea", None)
        if "script" in given:
            given["script"] = base / str(given["script"])
        options = typed({**defaults, **given, "sets": _sets(defaults, given)})
    except BadInput as error:
        faults.add(row.number, str(error))
        return None
    return Beginning(idea, options, None, place.environment, place.folder)


def _sets(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """The row's settings of renderers over those for all."""
    before = defaults.get("sets") or {}
    if not isinstance(before, Mapping):
        before = dict(map(read_set, before))
    own = given.get("sets", {})
    return {**before, **own} if isinstance(own, Mapping) else own


def _checked(
    row: Row, beginning: Beginning, folder: Path, aside: Path, place: Place, faults: Faults
) -> Film | None:
    """The film that the row would begin, begun aside; None where that cannot be, which was told."""
    try:
        film = begin(_at(beginning, aside / str(row.number)), crew=place.crew, writer=place.writer).film
        if is_film(folder):
            _refuse_another(folder, film, beginning)
    except PhotoplayError as error:
        faults.add(row.number, str(error).replace(" Nothing was made.", ""))
        return None
    return film


def _refuse_another(folder: Path, film: Film, beginning: Beginning) -> None:
    """Raise ``BadInput`` where the folder holds another film than the row's, as ``start`` would."""
    kept = Project.open(folder).film
    brief, asked = film.brief, wishes_of(beginning).settings(kept.settings)
    if beginning.options.seconds is None:
        brief = brief.model_copy(update={"seconds": kept.brief.seconds})
    story = (kept.settings.seed, kept.settings.writer, kept.settings.rate)
    if kept.brief != brief or story != (asked.seed, asked.writer, asked.rate):
        raise BadInput(
            f"{folder} holds another film ({kept.brief.idea[:60]!r}, {kept.brief.seconds or 'its own'} "
            f"seconds, seed {kept.settings.seed}, writer {kept.settings.writer}). Give the row a name of its "
            "own, or move that folder away."
        )


# -- names --------------------------------------------------------------------------------


def _names(
    asked: list[tuple[Row, Beginning]], remembered: Mapping[str, str], faults: Faults
) -> list[tuple[str, str]]:
    """(folder, digest) of every row. Rows of one name, and equal rows without one, are faults."""
    said = [digest({n: str(v) for n, v in row.values.items() if n != "name"}) for row, _ in asked]
    own = [_own_name(row) for row, _ in asked]
    bases = [name or _base(beginning) for name, (_, beginning) in zip(own, asked, strict=True)]
    taken = {name for name in own if name}
    without = Counter(base for base, name in zip(bases, own, strict=True) if not name)
    found, first = list[tuple[str, str]](), dict[str, int]()
    for (row, _), mark, name, base in zip(asked, said, own, bases, strict=True):
        if not name:
            name = base if without[base] == 1 and base not in taken else f"{base[:_NAMED]}-{mark[:6]}"
            earlier = remembered.get(mark, "")
            if earlier not in taken and earlier in (base, f"{base[:_NAMED]}-{mark[:6]}"):
                name = earlier
        if name in first:
            faults.add(
                row.number,
                f"it would lie in the folder {name!r}, as row {first[name]} does: name one of them.",
            )
        first.setdefault(name, row.number)
        found.append((name, mark))
    return found


def _own_name(row: Row) -> str:
    name = str(row.values.get("name") or "").strip()
    return slug(name) if name else ""


def _base(beginning: Beginning) -> str:
    script = beginning.options.script
    return slug(script.stem if script is not None else beginning.idea[:80])


def _remembered(out: Path) -> dict[str, str]:
    """Digest of a row -> its folder, of the run before; nothing where that cannot be read."""
    try:
        found = json.loads((out / FOLDERS).read_text(encoding="utf-8"))["folders"]
        return {str(mark): str(name) for name, mark in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _remember(planned: Batch) -> None:
    files = Files(planned.out)
    files.make_folder(files.root)
    kept = {"schema_version": 1, "folders": {one.name: one.digest for one in planned.films}}
    files.write(files.root / FOLDERS, (json.dumps(kept, indent=1) + "\n").encode())
