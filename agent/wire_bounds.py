"""What a response may be: bounded in bytes and time, and never packed."""

from __future__ import annotations

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


def bound(response: httpx2.Response, end: float) -> None:
    """Keep a response, and that of an error too, within its bytes and before the monotonic ``end``.

    A compressed one is refused, since a few bytes of it can become any number.
    """
    import httpx2

    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise httpx2.ReadError(PACKED)
    if response.status_code == 200:
        most, words = _MOST_BODY_BYTES, TOO_MUCH
    else:
        most, words = _MOST_ERROR_BYTES, ENDLESS
    response.stream = _bounded_stream(response.stream, most, words, end)


def _bounded_stream(stream: Any, most: int, words: str, end: float) -> Any:
    """The stream, which fails with ``words`` past so many bytes, and times out past the monotonic ``end``."""
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in stream:
                size += len(chunk)
                if size > most:
                    raise httpx2.ReadError(words)
                if time.monotonic() > end:
                    raise httpx2.ReadTimeout("the answer came too slowly")
                yield chunk

        def close(self) -> None:
            stream.close()

    return Bounded()
