"""Many films from one order, the same whoever gives it: ``photoplay batch``, or a program.

Every row is read and checked before anything is made, and all faults are told at once. A row goes to the
same folder every time, also where rows were put before it.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..memory.ledger import FILE as LEDGER
from ..memory.project import is_film
from ..storyboard.errors import BadInput, PhotoplayError, ProjectError
from .batch_folders import name_rows, remember, remembered
from .batch_rows import COLUMNS, Faults, Row, idea_of, read_rows, rows_of
from .beginning import Beginning, begin
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
JOBS = 2
"""Films at a time, where nobody says how many and none needs a GPU or weights of its own."""
OWN_WEIGHTS = "local"
"""The writer that holds weights in this process."""


@dataclass(frozen=True)
class Planned:
    """A row that was checked: the film that its folder begins with, or goes on with."""

    name: str
    row: int
    beginning: Beginning
    film: Film | None
    """None where its folder holds one that cannot be read."""
    digest: str
    """Of what the row says, where it has no name of its own; else ""."""


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
    from .beginning import crew_of, wishes_of

    place = place or Place()
    allowance = read_allowance(total) if total else ""
    films = [_film(one, planned.out, place) for one in planned.films]
    refuse_twins(films, only)
    crew = place.crew or crew_of(wishes_of(Beginning("", environment=place.environment, folder=place.folder)))
    if listener is not None:
        for words in planned.notices:
            listener(BatchNews("notice", words=words))
    remember(planned.out, {one.name: one.digest for one in planned.films if one.digest})
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
        return begin(one.beginning, crew=crew, listener=listener, writer=writer_of(one.beginning, place))

    return BatchFilm(one.name, out / one.name, beginning, one.beginning.options.stage, one.row)


def default_jobs(planned: Batch, crew: Executor) -> int:
    """One film at a time where a GPU draws, or a writer holds weights of its own; else ``JOBS``."""
    from ..render.registry import find_renderer
    from ..render.stills import renderers_of

    find = getattr(crew, "find", find_renderer)
    all_settings = [one.film.settings for one in planned.films if one.film is not None]
    names = {name for settings in all_settings for name in renderers_of(settings)}
    weights = any(settings.writer.partition(":")[0] == OWN_WEIGHTS for settings in all_settings)
    if weights or any(find(name).capabilities().device == "gpu" for name in names):
        return 1
    return JOBS


def writer_of(beginning: Beginning, place: Place) -> Writer | None:
    """Who writes the film, where it is not the settings that say so. A screenplay is written already."""
    from ..agent.script.source import read_source

    script = beginning.options.script
    if place.writer is None or (script is not None and read_source(script).kind == "script"):
        return None
    return place.writer


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
    named = name_rows(asked, remembered(out), faults)
    films = []
    with tempfile.TemporaryDirectory(prefix="photoplay-batch-") as aside:
        for (row, beginning), (name, said) in zip(asked, named, strict=True):
            film, right = _checked(row, beginning, out / name, Path(aside), place, faults)
            if right:
                films.append(Planned(name, row.number, _at(beginning, out / name), film, said))
    faults.check(source, found[0].where if found else "line")
    return Batch(out, tuple(films), tuple(notices))


def _at(beginning: Beginning, out: Path) -> Beginning:
    return Beginning(beginning.idea, beginning.options, out, beginning.environment, beginning.folder)


def _beginning(
    row: Row, base: Path, defaults: Mapping[str, Any], place: Place, faults: Faults
) -> Beginning | None:
    """What a film of that row is begun with; None where the row has a fault, which was told."""
    from ..agent.script.source import read_source

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
        merged = {**defaults, **given, "sets": _sets(defaults, given)}
        if "script" in given:
            merged["script"] = base / str(given["script"])
            if "writer" not in given and read_source(merged["script"]).kind == "script":
                merged.pop("writer", None)  # it is kept word for word: the writer is for the others
        options = typed(merged)
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
) -> tuple[Film | None, bool]:
    """The film that the row would begin, or go on with, begun aside, and whether it is asked for rightly.

    A folder that cannot be read is no fault of the row: that film fails when its turn comes.
    """
    tried = aside / str(row.number)
    try:
        if is_film(folder):
            look_in(folder, tried)
        return begin(_at(beginning, tried), crew=place.crew, writer=writer_of(beginning, place)).film, True
    except BadInput as error:
        faults.add(row.number, str(error).replace(str(tried), str(folder)))
        return None, False
    except PhotoplayError:
        return None, True
    finally:
        forget(tried)


_TRUTH = ("edits.jsonl", "film.json", "treatment.json", LEDGER)
"""What of a film's folder says what it is; takes and anchors are only read where they lie."""
_SEEN = ("takes", "anchors", "bought")


def look_in(folder: Path, aside: Path) -> None:
    """A copy of what says what the film is; its takes are seen through a link and never written."""
    aside.mkdir(parents=True)
    for name in _TRUTH:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, aside / name)
    for name in _SEEN:
        if (folder / name).is_dir():
            try:
                (aside / name).symlink_to((folder / name).resolve(), target_is_directory=True)
            except OSError as error:  # Windows allows links to some only
                raise ProjectError(f"{folder / name} cannot be looked at from aside: {error}.") from None


def forget(aside: Path) -> None:
    """Remove such a copy, and nothing that its links lead to."""
    for name in _SEEN:
        if (aside / name).is_symlink():
            (aside / name).unlink()
    shutil.rmtree(aside, ignore_errors=True)
