"""What a response may be: bounded in bytes and time, and never packed."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .wire_answer import MOST_BYTES
from .wire_reply import TOO_MUCH

if TYPE_CHECKING:
    import httpx2

ENDLESS = "answered with an error that has no end"
PACKED = "compressed its answer although it was asked not to"
_MOST_BODY_BYTES = 3 * MOST_BYTES
"""Of a response: an answer with its escapes, and the envelope around it."""
_MOST_ERROR_BYTES = 64_000


def bound(response: httpx2.Response) -> None:
    """Keep a response, and that of an error too, within its bytes.

    A compressed one is refused, since a few bytes of it can become any number.
    """
    import httpx2

    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise httpx2.ReadError(PACKED)
    if response.status_code == 200:
        most, words = _MOST_BODY_BYTES, TOO_MUCH
    else:
        most, words = _MOST_ERROR_BYTES, ENDLESS
    response.stream = _bounded_stream(response.stream, most, words)


def _bounded_stream(stream: Any, most: int, words: str) -> Any:
    """The stream, which fails with ``words`` past so many bytes."""
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in stream:
                size += len(chunk)
                if size > most:
                    raise httpx2.ReadError(words)
                yield chunk

        def close(self) -> None:
            stream.close()

    return Bounded()


class Deadline:
    """Hangs up a call that is not over in time, whatever the server does meanwhile.

    A client's timeout holds for one read: bytes that drip, in a header too, or interim responses that
    follow each other never meet it.
    """

    def __init__(self) -> None:
        self._line: socket.socket | None = None

    def listen(self, request: httpx2.Request) -> None:
        """Learn over which socket a request goes, as soon as there is one."""
        request.extensions = {**request.extensions, "trace": self._hear}

    def _hear(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            self.close()
            # its own handle on the connection: the one there is now becomes another where TLS begins
            self._line = info["return_value"].get_extra_info("socket").dup()

    @contextlib.contextmanager
    def until(self, end: float) -> Iterator[None]:
        """While inside, and past the monotonic ``end``, the connection is cut."""
        timer = threading.Timer(max(0.0, end - time.monotonic()), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _cut(self) -> None:
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the connection. Safe to call twice."""
        line, self._line = self._line, None
        if line is not None:
            line.close()
