"""Calls to one server: bounded in bytes and time, and never telling the key to another host.

Only what a download leads to may lie at another host, which the settings list; it is fetched without the key.

Nothing is raised while a client's exception is handled: those carry the request with its headers, and a
chain of causes would lead to the key.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ...storyboard.errors import BadInput
from ...storyboard.schema import clean_text
from .answers import Answer, Trouble, read_json, read_refusal
from .servers import Server

if TYPE_CHECKING:
    import httpx2

Form = list[tuple[str, tuple[str | None, bytes, str]]]
"""Fields of a multipart form: (name, (file name or None, bytes, content type))."""
MOST_ANSWER_BYTES = 96_000_000
"""Of an answer with a picture in it; Base64 takes a third more than the picture."""
MOST_CLIP_BYTES = 1_000_000_000
_MOST_OTHER_BYTES = 4_000_000
_CONNECT_SECONDS = 10.0
_SILENCE_SECONDS = 60.0
"""Longest time without a byte, where an answer is not still being drawn."""
_HOPS = 3
_LENGTH_OF_A_KEY = 16


class Wire:
    """The line to a server. Use as a context manager. Every call returns an answer or a ``Trouble``."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = self._connect(server.key)
        self._keyless: httpx2.Client | None = None
        """For hosts of ``downloads``."""
        self._lines: list[Any] = []
        """Connections that were made, to be cut when a call is over its time."""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        if self._keyless is not None:
            self._keyless.close()

    def _connect(self, key: str) -> httpx2.Client:
        import httpx2

        headers = {"Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        try:
            return httpx2.Client(headers=headers, follow_redirects=False)
        except (httpx2.InvalidURL, ValueError, OSError, ImportError) as error:
            kind = type(error).__name__
        raise BadInput(
            f"The client for the server {self._server.host} could not be set up ({kind}). Check "
            "SSL_CERT_FILE and the proxy variables (HTTPS_PROXY ...)."
        )

    def post(self, path: str, *, form: Form | None = None, value: Any = None, order: str) -> Answer | Trouble:
        """Ask for work: once. ``order`` is told as ``Idempotency-Key``."""
        headers = {"Idempotency-Key": order}
        body: dict[str, Any] = {"files": form}
        if form is None:
            body = {"content": json.dumps(value).encode()}
            headers["Content-Type"] = "application/json"
        patience = float(self._server.patience)
        address = self._address(path)
        return self._once(self._client, "POST", address, patience, MOST_ANSWER_BYTES, None, headers, body)

    def get(self, path: str, most: int = _MOST_OTHER_BYTES) -> Answer | Trouble:
        """Ask about something; may be repeated."""
        return self._hop(self._address(path), _SILENCE_SECONDS, most, None)

    def fetch(self, address: str, target: Path, seconds: float) -> Answer | Trouble:
        """Write what lies at an address (a path, or one of the server's own) into a file."""
        url = address if "://" in address else self._address(address)
        return self._hop(url, seconds, MOST_CLIP_BYTES, target)

    # -- one call -------------------------------------------------------------------------

    def _address(self, path: str) -> str:
        return self._server.url.rstrip("/") + path

    def _hop(self, url: str, seconds: float, most: int, target: Path | None) -> Answer | Trouble:
        """A GET, which follows the server's redirections as far as they stay at its host.

        Where it is written to a file they may also lead to a host of ``downloads``, and from there on no key
        is sent any more, wherever they lead.
        """
        client = self._client
        for _ in range(_HOPS + 1):
            if client is self._keyless or _origin(url) != _origin(self._server.url):
                objection = self._objection(url, target)
                if objection:
                    return Trouble(objection)
                self._keyless = client = self._keyless or self._connect("")
            got = self._once(client, "GET", url, seconds, most, target, {}, {})
            if isinstance(got, Trouble) and client is self._keyless:
                return _elsewhere(got, url)
            if isinstance(got, Trouble) or "location" not in got.headers:
                return got
            try:
                url = urljoin(url, got.headers["location"])
            except ValueError:
                return Trouble("sends to what is no address")
        return Trouble("sends round in circles")

    def _objection(self, url: str, target: Path | None) -> str:
        """Why nothing is fetched from another host; empty where it may be."""
        host = _origin(url)[1] or "elsewhere"
        told = f"sends to another host, {clean_text(host)[:80]}; nothing is fetched from there"
        if target is None or host not in self._server.downloads:
            return told + (" unless downloads in the settings file lists it" if target is not None else "")
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None:
            return f"{told} by a name and a password"
        if self._server.is_local:
            return ""
        if parts.scheme != "https" or (parts.port or 443) != 443:
            return f"{told} but by https, at its usual port"
        return f"{told}: it lies in a local network" if _lies_within(host) else ""

    def _once(
        self,
        client: httpx2.Client,
        method: str,
        url: str,
        seconds: float,
        most: int,
        target: Path | None,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
    ) -> Answer | Trouble:
        import httpx2

        end = time.monotonic() + seconds
        options: dict[str, Any] = {"headers": dict(headers), "extensions": {"trace": self._note}, **body}
        silence = min(seconds, _SILENCE_SECONDS) if method == "GET" else seconds
        timeout = httpx2.Timeout(silence, connect=min(_CONNECT_SECONDS, seconds))
        try:
            with (
                self._bounded(seconds),
                client.stream(method, url, timeout=timeout, **options) as response,
            ):
                got = {name.lower(): value for name, value in response.headers.items()}
                if got.get("content-encoding", "identity").lower() != "identity":
                    return Trouble("compressed its answer although it was asked not to")
                status = response.status_code
                if method == "GET" and status in (301, 302, 303, 307, 308) and "location" in got:
                    return Answer(b"", {"location": got["location"]})
                pieces = _within(response.iter_raw(), end, most if 200 <= status < 300 else _MOST_OTHER_BYTES)
                if 200 <= status < 300 and target is not None:
                    _pour(pieces, target)
                    return Answer(b"", {k: v for k, v in got.items() if k != "location"})
                data = b"".join(pieces)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError) as error:
            return Trouble(f"could not be reached ({_kind(error)})", passing=True, untaken=True)
        except (httpx2.TimeoutException, _TooSlow):
            return Trouble(f"did not answer within {seconds:.0f} s", passing=True)
        except _TooMuch:
            return Trouble(f"sent more than {most // 1_000_000} MB")
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            if time.monotonic() >= end:
                return Trouble(f"did not answer within {seconds:.0f} s", passing=True)
            return Trouble(f"broke off ({_kind(error)})", passing=True)
        except (httpx2.InvalidURL, UnicodeError) as error:
            return Trouble(f"could not be asked ({_kind(error)})", untaken=True)
        if not 200 <= status < 300:
            return read_refusal(status, self._clean(data), got, self._server.key_variable)
        return Answer(self._clean(data), {k: v for k, v in got.items() if k != "location"})

    def _note(self, event: str, told: Mapping[str, Any]) -> None:
        """The client tells what it does; each connection that it makes is remembered."""
        made = told.get("return_value")
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")) and made is not None:
            self._lines = [*self._lines[-7:], made]

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[None]:
        """Cut the connections after that time: the client itself bounds each read, and a server whose
        headers come a byte at a time, or who says "early hints" for ever, never lets one time out."""

        def cut() -> None:
            for line in self._lines:
                with suppress(OSError, TypeError):  # closed long ago
                    socket.socket.shutdown(line.get_extra_info("socket"), socket.SHUT_RDWR)

        watch = threading.Timer(seconds, cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _clean(self, data: bytes) -> bytes:
        """Without the key, should a server send it back. (A short one may be a word of anything.)"""
        key = self._server.key.encode()
        if len(key) < _LENGTH_OF_A_KEY:
            return data
        if b"\\" in data:  # JSON can spell it otherwise
            value = read_json(data)
            data = data if value is None else json.dumps(value, ensure_ascii=False).encode(errors="replace")
        return data.replace(key, b"[key]")


class _TooMuch(Exception):
    """More bytes came than an answer may have."""


class _TooSlow(Exception):
    """Bytes come, but too few a second."""


def _within(pieces: Iterator[bytes], end: float, most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _TooMuch
        if time.monotonic() > end:
            raise _TooSlow
        yield piece
    if time.monotonic() > end:  # it may have been cut, and look whole
        raise _TooSlow


def _pour(pieces: Iterator[bytes], target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(target.open("xb")) as file:
        for piece in pieces:
            file.write(piece)


def _elsewhere(trouble: Trouble, url: str) -> Trouble:
    """What another host's trouble is to an order: it says nothing of the order, nor of the key."""
    host = clean_text(_origin(url)[1] or "")[:80]
    words = trouble.words.partition(". Check")[0].partition(": check")[0]
    words = words.replace("refused the key", "refused the download")
    # An untaken or unknown download may be one whose link is too old: the server gives a new one.
    passing = trouble.passing or trouble.untaken
    return Trouble(f"sends to {host}, which {words}", passing=passing, wait=trouble.wait)


def _lies_within(host: str) -> bool:
    """Whether a name stands for an address that is not public. (Not found here: a proxy may know it.)"""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(row[4][0]).partition("%")[0]).is_global for row in found)


def _kind(error: Exception) -> str:
    return type(error).__name__


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None
