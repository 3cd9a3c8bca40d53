"""Calls over the OpenAI wire: bounded in bytes, time and number, and never telling the key.

Nothing is raised while a client's exception is handled: those carry the request with its headers, and
a chain of causes would lead to the key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..storyboard.errors import BadInput, WriterError, WriterRefused
from ..storyboard.schema import clean_text
from .wire_answer import MOST_BYTES, TOO_LONG
from .wire_reply import (
    TOO_MUCH,
    Reply,
    Trouble,
    read_envelope,
    read_error,
    read_models,
    read_reply,
    retry_after,
)
from .wire_schema import response_format
from .wire_settings import WireSettings
from .wire_words import schema_in_words
from .writer import Tell

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

T = TypeVar("T")
Message = dict[str, str]

_MOST_BODY_BYTES = 3 * MOST_BYTES
"""Of a response: an answer with its escapes, and the envelope around it."""
_MOST_ERROR_BYTES = 64_000
_CONNECT_SECONDS = 10.0
_PATIENCE = 2 / 3
"""Of the time that is left, one call may take so much until one came too late; the rest is for another."""
_FORMS = ("json_schema", "json_object", "text")
_PASSING = frozenset({408, 409, 425, 429})
_INSTEAD = "Nothing was changed. Try again later, or use --writer outline."


class Wire:
    """The line to one server for one story. Use as a context manager; ``notices`` fills as it goes."""

    def __init__(self, settings: WireSettings, tell: Tell) -> None:
        self.settings = settings
        self.notices: list[str] = []
        self._tell = tell
        self._end = time.monotonic() + settings.seconds
        self._call_end = self._end
        self._retries = settings.retries
        self._form = 0
        self._seeded = True
        self._late = False
        self._client = self._connect()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _connect(self) -> OpenAI:
        import httpx2
        import openai

        try:
            return openai.OpenAI(
                api_key=self.settings.key,
                base_url=self.settings.url,
                max_retries=0,
                default_headers={"Accept-Encoding": "identity"},
                http_client=openai.DefaultHttpxClient(
                    follow_redirects=False, event_hooks={"response": [self._bound]}
                ),
            )
        except (openai.OpenAIError, httpx2.InvalidURL, ValueError, OSError, ImportError) as error:
            kind = type(error).__name__
        raise BadInput(
            f"The client for the model server {self.settings.host} could not be set up ({kind}). Check "
            "OPENAI_BASE_URL, OPENAI_CUSTOM_HEADERS, SSL_CERT_FILE and the proxy variables (HTTPS_PROXY ...)."
        )

    def _bound(self, response: httpx2.Response) -> None:
        """Keep a response, and that of an error too, within its bytes and its time.

        A compressed one is refused, since a few bytes of it can become any number.
        """
        import httpx2

        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise httpx2.ReadError(_PACKED)
        if response.status_code == 200:
            most, words = _MOST_BODY_BYTES, TOO_MUCH
        else:
            most, words = _MOST_ERROR_BYTES, _ENDLESS
        response.stream = _bounded_stream(response.stream, most, words, self._call_end)

    # -- what can be asked ----------------------------------------------------------------

    def models(self) -> list[str]:
        """Names of the models that the server offers, sorted. Raises ``WriterError``."""
        got = self._until_it_works(
            lambda timeout: self._client.models.with_raw_response.list(timeout=timeout).content, read_models
        )
        if isinstance(got, Trouble):
            raise self._failed(got)
        return got

    def ask(self, model: str, messages: Sequence[Message], seed: int) -> Reply:
        """One answer of the model, with all that may be tried again tried again.

        Raises ``WriterRefused`` for a wrong key, an unknown model or a content filter, and
        ``WriterError`` where the server gave no answer within the time and the tries.
        """
        while True:
            got = self._until_it_works(
                lambda timeout: self._complete(model, messages, seed, timeout), read_reply
            )
            if not isinstance(got, Trouble):
                clean = self.settings.without_key
                return replace(got, text=clean(got.text), model=clean(got.model))
            if got.too_long:
                return Reply("", "", TOO_LONG)
            self._step_down(got)

    def _complete(self, model: str, messages: Sequence[Message], seed: int, timeout: Any) -> bytes:
        form = _FORMS[self._form]
        sent = [dict(message) for message in messages]
        more: dict[str, Any] = {"seed": seed} if self._seeded else {}
        if form == "json_schema":
            more["response_format"] = response_format()
        else:
            sent[0]["content"] += schema_in_words()
        if form == "json_object":
            more["response_format"] = {"type": "json_object"}
        whole: Any = sent
        raw = self._client.chat.completions.with_raw_response.create(
            model=model, messages=whole, timeout=timeout, **more
        )
        return raw.content

    def _step_down(self, trouble: Trouble) -> None:
        """Ask for less where the server does not know what was asked for. Raises ``WriterError``."""
        said = trouble.said.lower()
        if trouble.status in (400, 422):
            names_form = any(w in said for w in ("response_format", "json_schema", "json_object"))
            if names_form and self._form + 1 < len(_FORMS):
                old, self._form = _FORMS[self._form], self._form + 1
                self._notice(
                    f"{self.settings.host} does not know the answer format {old!r}; "
                    f"it was asked for {_FORMS[self._form]!r} instead, and the answer was checked here."
                )
                return
            if self._seeded and "seed" in said:
                self._seeded = False
                self._notice(f"{self.settings.host} takes no seed: the same seed may give another story.")
                return
        raise self._failed(trouble)

    def _notice(self, words: str) -> None:
        words = self.settings.without_secrets(words)
        self.notices.append(words)
        self._tell(words)

    # -- trying ---------------------------------------------------------------------------

    def left(self) -> float:
        """Seconds that are left for this story."""
        return self._end - time.monotonic()

    def _until_it_works(
        self, send: Callable[[Any], bytes], read: Callable[[Any], T | Trouble]
    ) -> T | Trouble:
        """What ``read`` makes of the response, or a ``Trouble`` that asking differently may cure."""
        last: Trouble | None = None
        while True:
            if self.left() <= 0:
                raise self._out_of_time(last)
            got = self._once(send)
            value = got if isinstance(got, Trouble) else self._understood(got, read)
            if not isinstance(value, Trouble) or value.too_long or value.status in (400, 422):
                return value
            if not value.passing:
                raise self._failed(value)
            last = value
            self._wait(value)

    def _understood(self, body: bytes, read: Callable[[Any], T | Trouble]) -> T | Trouble:
        """Cleaned of the key before anything is cut to length, so that no half of it is left."""
        return read_envelope(self.settings.without_key(body.decode("utf-8", "replace")), read)

    def _wait(self, trouble: Trouble) -> None:
        if self._retries <= 0:
            raise self._failed(trouble, f", {self.settings.retries + 1} times")
        turn = self.settings.retries - self._retries
        self._retries -= 1
        longest = self.settings.longest_wait
        wait = min(longest, self.settings.first_wait * 2**turn) if trouble.wait is None else trouble.wait
        if trouble.wait is None and wait >= self.left():
            raise self._out_of_time(trouble)
        if wait > longest or wait >= self.left():
            raise self._failed(trouble, f" and asks to be left alone for {wait:.0f} s")
        self._tell(f"{self.settings.host} {trouble.words}; trying again in {wait:.1f} s")
        time.sleep(wait)

    def _once(self, send: Callable[[Any], bytes]) -> bytes | Trouble:
        import httpx2
        import openai

        patience = max(0.05, self.left() * (1 if self._late else _PATIENCE))
        self._call_end = time.monotonic() + patience
        timeout = httpx2.Timeout(patience, connect=min(_CONNECT_SECONDS, patience))
        try:
            return send(timeout)
        except openai.APIStatusError as error:
            return self._status(error)
        except (openai.APITimeoutError, httpx2.TimeoutException):
            self._late = True
            return Trouble("did not answer in time", passing=True)
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            cause = error.__cause__ or error
            if str(cause) == TOO_MUCH:
                return Trouble(TOO_MUCH, too_long=True)
            if str(cause) in (_ENDLESS, _PACKED):
                return Trouble(str(cause))
            why = clean_text(str(cause))[:120]
            return Trouble(f"could not be reached or broke off ({why})", passing=True)
        except (openai.OpenAIError, httpx2.InvalidURL, UnicodeError) as error:
            return Trouble(f"could not be asked ({type(error).__name__})")

    def _status(self, error: Any) -> Trouble:
        status = int(error.status_code)
        said, code = read_error(self.settings.without_secrets(error.response.text))
        told = f"answered {status}" + (f" ({said[:300]})" if said else "")
        if status in (401, 403):
            return Trouble(
                f"refused the key ({status}). Check OPENAI_API_KEY and that it belongs to this server",
                refused=True,
            )
        if "content_filter" in code or "content_policy" in code:
            return Trouble("refused the story by its content filter. Word it differently", refused=True)
        if status == 402 or "insufficient_quota" in code:
            return Trouble(f"answered {status}: the account has no credit left", refused=True)
        if status == 404:
            return Trouble(
                f"{told}: check OPENAI_BASE_URL and the model's name (PHOTOPLAY_MODEL)", refused=True
            )
        if 300 <= status < 400:
            return Trouble(f"answered {status}, a redirection: set OPENAI_BASE_URL to where it leads")
        if status in _PASSING or status >= 500:
            wait = retry_after(error.response.headers)
            return Trouble(f"is busy or failing ({status})", passing=True, wait=wait)
        return Trouble(told, status=status, said=f"{code} {said}")

    # -- giving up ------------------------------------------------------------------------

    def _failed(self, trouble: Trouble, more: str = "") -> WriterError:
        kind = WriterRefused if trouble.refused else WriterError
        words = f"The model server {self.settings.host} {trouble.words}{more}. {_INSTEAD}"
        return kind(self.settings.without_secrets(words))

    def _out_of_time(self, last: Trouble | None) -> WriterError:
        why = f" It {last.words}." if last else ""
        words = (
            f"The model server {self.settings.host} gave no story within {self.settings.seconds:g} s.{why} "
            f"For a slow model raise PHOTOPLAY_WRITER_SECONDS. {_INSTEAD}"
        )
        return WriterError(self.settings.without_secrets(words))


_ENDLESS = "answered with an error that has no end"
_PACKED = "compressed its answer although it was asked not to"


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
