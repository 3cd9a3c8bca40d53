"""The studio: where a program makes films. See ``docs/python.md``."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Unpack

from ..storyboard.errors import BadInput, PhotoplayError
from .natural import Options, typed

if TYPE_CHECKING:
    from ..agent.batch import BatchListener, BatchResult
    from ..agent.directing.understood import Reader
    from ..agent.production import Production
    from ..agent.stages import Listener, Stage
    from ..agent.writer import Writer
    from ..render.crew import Executor
    from ..render.protocol import Renderer
    from ..render.standing import StandingCrew
    from ..storyboard.film import Brief
    from ..storyboard.treatment import Treatment
    from .batch import Rows
    from .beginning import MakeOptions
    from .events import Events
    from .film import Film
    from .settings import Wishes

    Story = Callable[[Brief, int], Treatment | dict[str, object]]
    """A writer of one's own as a function: (brief, seed) -> a treatment, or its plain data."""

_NAME = r"[a-z][a-z0-9-]{0,31}"


class Studio:
    """Makes films and opens them, with the same options for all of them.

    ``renderer`` and ``writer`` are names (``"diffusion:wan-vace"``, ``"openai"``) or objects of one's own: a
    ``Renderer``, a ``Writer`` or a function that returns a treatment. ``crew`` decides who works where; a
    renderer of one's own works in this interpreter. ``reader`` (one, or its name) understands
    ``Film.revise``. All else are the options of ``photoplay make``, see ``natural.Options``; those given to
    ``make`` go before these.

    ``environment`` (default: the process's) and ``folder`` (default: the current one) are where settings and
    ``photoplay.toml`` are looked up; ``environment={}`` looks up none.

    It changes no global, signal handler or logging; several may live side by side, and one may be used from
    several threads. Workers live as long as a film is made; inside ``with Studio(...) as studio:`` they stay,
    with the weights they have loaded, from film to film.
    """

    def __init__(
        self,
        *,
        renderer: str | Renderer | None = None,
        writer: str | Writer | Story | None = None,
        crew: Executor | None = None,
        reader: Reader | str | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str | PathLike[str] | None = None,
        **defaults: Unpack[Options],
    ) -> None:
        self._renderer = None if renderer is None or isinstance(renderer, str) else renderer
        if self._renderer is not None and crew is not None:
            raise BadInput("Give a renderer of your own, or a crew that knows it: one of the two.")
        self._writer = None if writer is None or isinstance(writer, str) else _writer(writer)
        self._crew = crew
        self._reader = reader
        self._environment, self._folder = environment, None if folder is None else Path(folder)
        names = {
            "renderer": renderer if self._renderer is None else self._renderer.name,
            "writer": writer if self._writer is None else _spec(self._writer.name),
        }
        self._defaults: dict[str, Any] = {**names, **defaults}
        self._keeping = threading.RLock()
        self._warm: StandingCrew | None = None
        self._films: weakref.WeakSet[Film] = weakref.WeakSet()
        typed(self._defaults)

    def make(
        self,
        idea: str | None = None,
        *,
        script: str | PathLike[str] | None = None,
        out: str | PathLike[str] | None = None,
        until: Stage = "film",
        review: bool = False,
        listener: Listener | None = None,
        **options: Unpack[Options],
    ) -> Film:
        """Make a film from an idea or a script, or go on with the one that was begun in ``out``.

        ``script`` is a file: a screenplay is kept word for word. ``out`` is the film's folder (default
        ``films/<slug of the idea>``). ``until`` stops early, ``review`` stops before shooting until
        ``Film.approve``. ``listener`` hears what happens; ``events`` gives it as typed events.

        Raises ``BadInput`` before a folder is made for what cannot be made, ``RenderError`` where shots
        failed; then all others are kept, and the same call, or ``open(folder).render()``, goes on.
        """
        production = self._begin(idea, script, out, until, listener, options)
        return _made(self._handle(production), until, review)

    def events(
        self,
        idea: str | None = None,
        *,
        script: str | PathLike[str] | None = None,
        out: str | PathLike[str] | None = None,
        until: Stage = "film",
        review: bool = False,
        **options: Unpack[Options],
    ) -> Events:
        """``make`` in a thread of its own, as typed events: for ``for``, ``async for`` or ``await``.

        Nothing happens before the first event is asked for.
        """
        from .events import Events

        def work(listener: Listener, begun: Callable[[Film], None]) -> Film:
            film = self._handle(self._begin(idea, script, out, until, None, options))
            with film._alone(), film._production.hearing(listener):
                begun(film)
                return _made(film, until, review)

        return Events(work)

    async def amake(
        self,
        idea: str | None = None,
        *,
        script: str | PathLike[str] | None = None,
        out: str | PathLike[str] | None = None,
        until: Stage = "film",
        review: bool = False,
        **options: Unpack[Options],
    ) -> Film:
        """``make`` for an event loop, which goes on meanwhile. Cancelled, it stops the work within a step."""
        return await self.events(idea, script=script, out=out, until=until, review=review, **options)

    def open(self, folder: str | PathLike[str], *, listener: Listener | None = None) -> Film:
        """The film in a folder. Writes nothing. Raises ``BadInput`` where there is none."""
        from ..agent.production import open_film
        from .beginning import crew_of, spending_of

        given = typed(self._defaults)
        wishes = self._wishes(given)
        allow = spending_of(wishes, given.limits, self._folder)
        crew = self._crew_of_a_film() or crew_of(wishes)
        production = open_film(Path(folder), writer=self._writer, crew=crew, listener=listener)
        allow(production)
        return self._handle(production)

    def batch(
        self,
        rows: Rows,
        out: str | PathLike[str] = "films",
        *,
        jobs: int | None = None,
        only: Collection[str] | None = None,
        total: int | float | Decimal | str = "",
        listener: BatchListener | None = None,
        stop: threading.Event | None = None,
    ) -> BatchResult:
        """Many films: of a file (JSON lines, CSV), a folder of scripts, or rows, each an idea or a mapping.

        Every row is checked before anything is made: ``BadInput`` tells all faults at once. A film that fails
        stops no other, and the same call, made again, goes on. ``jobs`` films are made at a time, ``only``
        those of these names; ``total`` is what all may cost together; ``stop``, set by another thread, ends
        it. See ``docs/batch.md``.
        """
        from .batch import Place, batch

        given: Rows = rows if isinstance(rows, str | Path) or not isinstance(rows, PathLike) else Path(rows)
        named = {name: value for name, value in self._defaults.items() if value is not None}
        place = Place(self._own_crew(), self._writer, self._environment, self._folder)
        return batch(
            given, Path(out), defaults=named, jobs=jobs, only=only, total=str(total), listener=listener,
            stop=stop, place=place,
        )  # fmt: skip

    def close(self) -> None:
        """Dismiss the workers that are kept warm. Films stay usable: they hire workers of their own."""
        with self._keeping:
            warm, self._warm = self._warm, None
            films, self._films = list(self._films), weakref.WeakSet()
        if warm is None:
            return
        for film in films:
            film.production.change_crew(self._own_crew() or self._new_crew())
        warm.close()

    def __enter__(self) -> Studio:
        """From here to the end of the block, workers and what they have loaded stay from film to film."""
        from ..render.standing import StandingCrew

        with self._keeping:
            if self._warm is None:
                self._warm = StandingCrew(self._own_crew() or self._new_crew())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Studio {' '.join(f'{n}={v!r}' for n, v in self._defaults.items() if v is not None)}>"

    def _wishes(self, given: MakeOptions) -> Wishes:
        from .beginning import Beginning, wishes_of

        return wishes_of(Beginning("", given, None, self._environment, self._folder))

    def _new_crew(self) -> Executor:
        """Workers on this machine, as many as settings say."""
        from .beginning import crew_of

        return crew_of(self._wishes(typed(self._defaults)))

    def _handle(self, production: Production) -> Film:
        from .film import Film

        film = Film(production, self._reader)
        with self._keeping:
            if self._warm is not None:
                self._films.add(film)
        return film

    def _begin(
        self,
        idea: str | None,
        script: str | PathLike[str] | None,
        out: str | PathLike[str] | None,
        until: Stage,
        listener: Listener | None,
        options: Mapping[str, Any],
    ) -> Production:
        from .beginning import Beginning, begin

        if (idea is None) == (script is None):
            raise BadInput("Give an idea, or a file as script=...: one of the two.")
        given = typed({**self._defaults, **options, "script": script, "until": until})
        beginning = Beginning(
            idea or "", given, None if out is None else Path(out), self._environment, self._folder
        )
        crew = self._crew_of_a_film()
        return begin(beginning, crew=crew, listener=listener, writer=self._writer)

    def _crew_of_a_film(self) -> Executor | None:
        """Who works on one film; None for as many workers as settings say."""
        with self._keeping:
            return self._own_crew() if self._warm is None else self._warm.take_seat()

    def _own_crew(self) -> Executor | None:
        """The crew that was given, or one over the renderer that was."""
        from ..render.crew import SoloCrew

        return self._crew if self._renderer is None else SoloCrew(self._renderer)


def _made(film: Film, until: Stage, review: bool) -> Film:
    """The film, made. What is raised says where it is."""
    try:
        film.production.make(until, review)
    except PhotoplayError as error:
        error.add_note(f"The film is in {film.folder}.")
        raise
    return film


def _writer(given: Writer | Story) -> Writer:
    from ..agent.function import FunctionWriter
    from ..agent.writer import Writer

    if isinstance(given, Writer):
        return given
    if not callable(given):
        raise BadInput(
            f"{str(given)[:60]!r} is no writer: give a name, an object that writes, or a function."
        )
    return FunctionWriter(given, _name_of(given))


def _spec(name: str) -> str:
    """What the film remembers as its writer: the name, where it is fit for that."""
    return name if re.fullmatch(_NAME, name) else "function"


def _name_of(function: Any) -> str:
    name = str(getattr(function, "__name__", "")).strip("_").replace("_", "-").lower()
    return _spec(name)
