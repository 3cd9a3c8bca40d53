"""What happens while a film is made, as typed events: an iterator, and an async one.

The work goes on in a thread of its own. At most ``ROOM`` events wait: where nobody takes them the work
waits too, so memory stays flat and nothing is lost; of ``Progress``, only the newest of each take is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from ..agent.stages import Listener, Told
from ..storyboard.errors import Stopped
from ..storyboard.schema import Data
from .channel import Channel

if TYPE_CHECKING:
    from .film import Film

ROOM = 64
"""Events that wait at most."""


class Begun(Data):
    """The film's folder is there, and the work begins. The first event."""

    kind: Literal["begun"] = "begun"
    folder: str


class StageBegan(Data):
    """A stage begins: ``write``, ``cast``, ``board``, ``speak``, ``shoot``, ``mix``, ``cut``,
    ``sign``, ``deliver``.

    ``total`` is how many takes it has to make.
    """

    kind: Literal["stage"] = "stage"
    stage: str
    words: str
    total: int = 0


class TakeBegan(Data):
    """Somebody began to make the take of ``item`` (a shot, a card, a line, the score)."""

    kind: Literal["take-began"] = "take-began"
    item: str


class Progress(Data):
    """How far a take is: ``share`` from 0 to 1; ``words`` are its renderer's, often none."""

    kind: Literal["progress"] = "progress"
    item: str
    share: float
    words: str = ""


class TakeMade(Data):
    """A take is made and kept, whatever happens now. ``made`` of ``total`` in this stage."""

    kind: Literal["take-made"] = "take-made"
    item: str
    made: int
    total: int


class Notice(Data):
    """Something a person should be told; ``item`` is what it is about, or empty."""

    kind: Literal["notice"] = "notice"
    words: str
    item: str = ""


class Quoted(Data):
    """What is about to be ordered, and what it costs as far as is known."""

    kind: Literal["quoted"] = "quoted"
    words: str


class Failed(Data):
    """A take could not be made (``again`` False), or is tried once more. Others go on."""

    kind: Literal["failed"] = "failed"
    item: str
    words: str
    again: bool = False


class Done(Data):
    """The work is done. ``path`` is the film where it was cut, else None. The last event."""

    kind: Literal["done"] = "done"
    folder: str
    path: str | None
    title: str


StudioEvent = Begun | StageBegan | TakeBegan | Progress | TakeMade | Notice | Quoted | Failed | Done

Work = Callable[[Listener, Callable[["Film"], None]], "Film"]
"""Makes something: hears a listener for news, and hands over the film as soon as there is one."""


class Events:
    """The events of one piece of work, in order, to be taken once: with ``for``, ``async for``, or ``await``.

    What the work raises is raised here, when its events were taken. Leaving a loop early, ``close``, or
    letting go of this object stops the work within a step; everything committed is kept. ``async for``
    needs asyncio; other loops take a thread and the plain iterator.
    """

    def __init__(self, work: Work) -> None:
        self._channel: Channel[StudioEvent] = Channel(ROOM, _passing)
        self._thread = threading.Thread(
            target=_perform, args=(work, self._channel), name="photoplay", daemon=True
        )
        self._started = threading.Lock()
        self._begun = False

    @property
    def film(self) -> Film:
        """The film that is made. Raises ``Stopped`` where there is none yet (before ``Begun``)."""
        found: Film | None = self._channel.thing
        if found is None:
            raise Stopped("There is no film yet: take the first event, and look again.")
        return found

    def __iter__(self) -> Events:
        return self

    def __next__(self) -> StudioEvent:
        self._begin()
        return self._channel.take()

    def poll(self) -> list[StudioEvent]:
        """The events that wait now, perhaps none; never waits. For hosts that ask again and again (a timer).

        ``over`` says when there will be no more. Raises what the work raised, after its last event, once.
        """
        self._begin()
        return self._channel.take_all()

    @property
    def over(self) -> bool:
        """Whether the work has ended and all its events were taken."""
        return self._channel.over

    def cancel(self) -> None:
        """Stop the work, and do not wait until it has stopped (``over``)."""
        self._stop()

    def close(self) -> None:
        """Stop the work and wait until it has stopped. Does nothing where it is over."""
        self._stop()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def __enter__(self) -> Events:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __aiter__(self) -> Events:
        return self

    async def __anext__(self) -> StudioEvent:
        self._begin()
        return await self._channel.atake()

    async def aclose(self) -> None:
        """``close`` for an event loop, which goes on meanwhile."""
        self._stop()
        if self._thread.ident is not None:
            await self._channel.aended()

    async def __aenter__(self) -> Events:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __await__(self) -> Generator[Any, None, Film]:
        return self._through().__await__()

    async def _through(self) -> Film:
        async with self:
            async for _ in self:
                pass
            return self.film

    def _begin(self) -> None:
        with self._started:
            if not self._begun:
                self._begun = True
                self._thread.start()

    def _stop(self) -> None:
        with self._started:
            self._begun = True  # one that never began, never will
        self._channel.close()
        film: Film | None = self._channel.thing
        if film is not None and self._thread.is_alive():
            film.cancel()

    def __del__(self) -> None:
        if hasattr(self, "_begun"):
            self._stop()


def _passing(event: StudioEvent) -> str | None:
    return event.item if isinstance(event, Progress) else None


def _perform(work: Work, channel: Channel[StudioEvent]) -> None:
    """In the thread: it holds the channel, never the ``Events``, so that letting go of those is seen."""

    def begun(film: Film) -> None:
        channel.thing = film
        channel.put(Begun(folder=str(film.folder)))

    try:
        film = work(heard_by(channel.put), begun)
        path = film.production.film_path
        done = Done(
            folder=str(film.folder), path=str(path) if path.is_file() else None, title=film.title
        )  # fmt: skip
        channel.put(done)
    except BaseException as error:  # noqa: BLE001  whatever it is belongs to whoever takes the events
        channel.end(error)
    else:
        channel.end(None)


def heard_by(put: Callable[[StudioEvent], None]) -> Listener:
    """A listener of a production that hands on events."""
    counts = [0, 0]

    def hear(told: Told) -> None:
        news = told.news
        if news is None:
            if told.stage in ("speak", "shoot"):
                counts[:] = [0, told.total]
            put(_of_stage(told))
            return
        item, words = news.node.item, news.words
        if news.kind == "started":
            put(TakeBegan(item=item))
        elif news.kind == "tick":
            put(Progress(item=item, share=news.share, words=words))
        elif news.kind == "made":
            counts[0] += 1
            put(TakeMade(item=item, made=counts[0], total=max(counts)))
        elif news.kind == "notice":
            put(Notice(words=words, item=item))
        else:
            put(Failed(item=item, words=words, again=news.kind == "again"))

    return hear


def _of_stage(told: Told) -> StudioEvent:
    if told.stage == "notice":
        return Notice(words=told.words)
    if told.stage == "quote":
        return Quoted(words=told.words)
    return StageBegan(stage=told.stage, words=told.words, total=told.total)
