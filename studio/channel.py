"""A bounded channel from working threads to one taker, which may be a thread or an asyncio task."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from ..storyboard.errors import Stopped

T = TypeVar("T")
Waiter = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class Channel(Generic[T]):
    """At most ``room`` things wait. ``put`` waits for room, ``take`` for a thing; order is kept.

    Things that are ``passing`` never wait for room and never take it: a newer one of the same ``item``
    takes an older one's place, and the oldest gives way where something else has to wait.
    """

    def __init__(self, room: int, passing: Callable[[T], str | None] = lambda thing: None) -> None:
        self._room, self._passing = room, passing
        self._waiting: deque[T] = deque()
        self._changed = threading.Condition()
        self._waiters: list[Waiter] = []
        self._over = self._closed = False
        self._error: BaseException | None = None
        self.thing: Any = None
        """What the work is about; the working thread lays it down."""

    # -- the working side -----------------------------------------------------------------

    def put(self, thing: T) -> None:
        """Hand on one thing. Raises ``Stopped`` where nobody will take any more."""
        about = self._passing(thing)
        with self._changed:
            if about is not None:
                self._drop(lambda other: other == about)
            while not self._closed and not self._room_for(about):
                self._changed.wait()
            if self._closed:
                raise Stopped("Nobody waits for this film any more. Everything committed is kept.")
            if not self._over and len(self._waiting) < self._room:
                self._waiting.append(thing)
                self._wake()

    def _room_for(self, about: str | None) -> bool:
        if len(self._waiting) < self._room or about is not None or self._over:
            return True
        return self._drop(lambda other: other is not None)

    def _drop(self, which: Callable[[str | None], bool]) -> bool:
        """Leave out the oldest passing thing of that kind; whether there was one."""
        for number, waiting in enumerate(self._waiting):
            about = self._passing(waiting)
            if about is not None and which(about):
                del self._waiting[number]
                return True
        return False

    def end(self, error: BaseException | None) -> None:
        """There is no more; ``error`` is raised to the taker after what waits."""
        with self._changed:
            self._over, self._error = True, error
            self._wake()

    # -- the taking side ------------------------------------------------------------------

    def take(self) -> T:
        """The next thing. Raises ``StopIteration`` after the last, or what the work raised, once."""
        with self._changed:
            while not self._ready():
                self._changed.wait()
            return self._next(StopIteration)

    def take_all(self) -> list[T]:
        """All that waits now, perhaps nothing. Raises what the work raised, when nothing waits, once."""
        with self._changed:
            taken = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            if not taken and self._over and self._error is not None and not self._closed:
                error, self._error = self._error, None
                raise error
            return taken

    @property
    def over(self) -> bool:
        """Whether the work has ended, and nothing waits to be taken or raised."""
        with self._changed:
            return self._over and not self._waiting and (self._closed or self._error is None)

    async def atake(self) -> T:
        """``take`` for asyncio; raises ``StopAsyncIteration``. Cancelled, it loses nothing."""
        while True:
            with self._changed:
                if self._ready():
                    return self._next(StopAsyncIteration)
                waiter = self._waiter()
            await waiter

    async def aended(self) -> None:
        """Wait until the work is over."""
        while True:
            with self._changed:
                if self._over:
                    return
                waiter = self._waiter()
            await waiter

    def close(self) -> None:
        """Nobody will take any more: what waits is dropped, and the work's next ``put`` raises."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._wake()

    # -- inside, under the lock -----------------------------------------------------------

    def _ready(self) -> bool:
        return bool(self._waiting) or self._over or self._closed

    def _next(self, end: type[Exception]) -> T:
        if self._waiting:
            thing = self._waiting.popleft()
            self._changed.notify_all()
            return thing
        error, self._error = self._error, None
        if error is not None and not self._closed:
            raise error
        raise end

    def _waiter(self) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self._waiters.append((loop, waiter))
        return waiter

    def _wake(self) -> None:
        self._changed.notify_all()
        waiters, self._waiters = self._waiters, []
        for loop, waiter in waiters:
            with contextlib.suppress(RuntimeError):  # its loop is closed: nobody is there to be woken
                loop.call_soon_threadsafe(_set, waiter)


def _set(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
