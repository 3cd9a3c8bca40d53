"""Calls over the OpenAI wire: bounded in bytes, time and number, and never telling the key.

Nothing is raised while a client's exception is handled: those carry the request with its headers, and
a chain of causes would lead to the key.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..storyboard.errors import BadInput, WriterError, WriterRefused
from ..storyboard.schema import clean_text
from .wire_answer import MOST_BYTES, TOO_LONG, Unreadable, read_json
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
_LENGTH_OF_A_KEY = 16
_FORMS = ("json_schema", "json_object", "text")
_PASSING = frozenset({408, 409, 425, 429})
_INSTEAD = "Nothing was changed. Try again later, or use --writer outline."


@dataclass(frozen=True)
class Reply:
    """A model's answer. ``fault`` says what is already known to be wrong with it, else it is empty."""

    text: str
    model: str
    fault: str = ""


@dataclass(frozen=True)
class _Trouble:
    """Why a call gave nothing. ``words`` go on after the endpoint's name."""

    words: str
    passing: bool = False
    wait: float | None = None
    refused: bool = False
    status: int = 0
    said: str = ""
    """What the server said, cleaned and shortened."""
    too_long: bool = False


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
            most, words = _MOST_BODY_BYTES, _TOO_MUCH
        else:
            most, words = _MOST_ERROR_BYTES, _ENDLESS
        response.stream = _bounded_stream(response.stream, most, words, self._call_end)

    # -- what can be asked ----------------------------------------------------------------

    def models(self) -> list[str]:
        """Names of the models that the server offers, sorted. Raises ``WriterError``."""
        got = self._until_it_works(
            lambda timeout: self._client.models.with_raw_response.list(timeout=timeout).content, _models
        )
        if isinstance(got, _Trouble):
            raise self._failed(got)
        return got

    def ask(self, model: str, messages: Sequence[Message], seed: int) -> Reply:
        """One answer of the model, with all that may be tried again tried again.

        Raises ``WriterRefused`` for a wrong key, an unknown model or a content filter, and
        ``WriterError`` where the server gave no answer within the time and the tries.
        """
        while True:
            got = self._until_it_works(lambda timeout: self._complete(model, messages, seed, timeout), _reply)
            if not isinstance(got, _Trouble):
                return self._without_key(got)
            if got.too_long:
                return Reply("", "", TOO_LONG)
            self._step_down(got)

    def _without_key(self, reply: Reply) -> Reply:
        """A server that puts the key into its answer does not get it into the film.

        Only a key as long as real ones are: ``ollama`` may be a word of the story.
        """
        if len(self.settings.key) < _LENGTH_OF_A_KEY:
            return reply
        clean = self.settings.without_secrets
        return replace(reply, text=clean(reply.text), model=clean(reply.model))

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

    def _step_down(self, trouble: _Trouble) -> None:
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
        self, send: Callable[[Any], bytes], read: Callable[[Any], T | _Trouble]
    ) -> T | _Trouble:
        """What ``read`` makes of the response, or a ``_Trouble`` that asking differently may cure."""
        last: _Trouble | None = None
        while True:
            if self.left() <= 0:
                raise self._out_of_time(last)
            got = self._once(send)
            value = got if isinstance(got, _Trouble) else _envelope(got, read)
            if not isinstance(value, _Trouble) or value.too_long or value.status in (400, 422):
                return value
            if not value.passing:
                raise self._failed(value)
            last = value
            self._wait(value)

    def _wait(self, trouble: _Trouble) -> None:
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

    def _once(self, send: Callable[[Any], bytes]) -> bytes | _Trouble:
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
            return _Trouble("did not answer in time", passing=True)
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            cause = error.__cause__ or error
            if str(cause) == _TOO_MUCH:
                return _Trouble(_TOO_MUCH, too_long=True)
            if str(cause) in (_ENDLESS, _PACKED):
                return _Trouble(str(cause))
            why = clean_text(str(cause))[:120]
            return _Trouble(f"could not be reached or broke off ({why})", passing=True)
        except (openai.OpenAIError, httpx2.InvalidURL, UnicodeError) as error:
            return _Trouble(f"could not be asked ({type(error).__name__})")

    def _status(self, error: Any) -> _Trouble:
        status = int(error.status_code)
        said, code = _said(error.response.text)
        said = self.settings.without_secrets(said)
        told = f"answered {status}" + (f" ({said[:300]})" if said else "")
        if status in (401, 403):
            return _Trouble(
                f"refused the key ({status}). Check OPENAI_API_KEY and that it belongs to this server",
                refused=True,
            )
        if "content_filter" in code or "content_policy" in code:
            return _Trouble("refused the story by its content filter. Word it differently", refused=True)
        if status == 402 or code == "insufficient_quota":
            return _Trouble(f"answered {status}: the account has no credit left", refused=True)
        if status == 404:
            return _Trouble(
                f"{told}: check OPENAI_BASE_URL and the model's name (PHOTOPLAY_MODEL)", refused=True
            )
        if 300 <= status < 400:
            return _Trouble(f"answered {status}, a redirection: set OPENAI_BASE_URL to where it leads")
        if status in _PASSING or status >= 500:
            wait = _retry_after(error.response.headers)
            return _Trouble(f"is busy or failing ({status})", passing=True, wait=wait)
        return _Trouble(told, status=status, said=f"{code} {said}")

    # -- giving up ------------------------------------------------------------------------

    def _failed(self, trouble: _Trouble, more: str = "") -> WriterError:
        kind = WriterRefused if trouble.refused else WriterError
        words = f"The model server {self.settings.host} {trouble.words}{more}. {_INSTEAD}"
        return kind(self.settings.without_secrets(words))

    def _out_of_time(self, last: _Trouble | None) -> WriterError:
        why = f" It {last.words}." if last else ""
        words = (
            f"The model server {self.settings.host} gave no story within {self.settings.seconds:g} s.{why} "
            f"For a slow model raise PHOTOPLAY_WRITER_SECONDS. {_INSTEAD}"
        )
        return WriterError(self.settings.without_secrets(words))


_TOO_MUCH = "sent more than can be a story"
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


def _envelope(body: bytes, read: Callable[[Any], T | _Trouble]) -> T | _Trouble:
    try:
        value = read_json(body.decode("utf-8", "replace"))
    except Unreadable:
        return _Trouble("did not answer as the OpenAI wire has it", passing=True)
    if isinstance(value, dict) and "error" in value and value["error"]:
        return _Trouble(f"answered with an error ({_message(value['error'])[0][:300]})", passing=True)
    return read(value)


def _reply(value: Any) -> Reply | _Trouble:
    choices = value.get("choices") if isinstance(value, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return _Trouble("answered without a choice", passing=True)
    model = value.get("model")
    model = clean_text(model).strip()[:120] if isinstance(model, str) else ""
    finish, refusal = first.get("finish_reason"), message.get("refusal")
    if finish == "content_filter" or (isinstance(refusal, str) and refusal.strip()):
        why = f": {clean_text(refusal)[:200]}" if isinstance(refusal, str) and refusal.strip() else ""
        return _Trouble(f"refused to tell this story{why}. Word it differently", refused=True)
    if finish == "length":
        return Reply("", model, "The answer was cut off at the server's limit of length. Be shorter.")
    text = _text(message.get("content"))
    if len(text) > MOST_BYTES:
        return _Trouble(_TOO_MUCH, too_long=True)
    if text.strip():
        return Reply(clean_text(text), model)
    if message.get("tool_calls"):
        return Reply("", model, "There are no tools. Answer with the JSON object itself.")
    return _Trouble("answered with nothing", passing=True)


def _text(content: Any) -> str:
    """The text of a message, which some servers send in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _models(value: Any) -> list[str] | _Trouble:
    rows = value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return _Trouble("gave no list of its models")
    names = [row.get("id") for row in rows if isinstance(row, dict)]
    return sorted({clean_text(name)[:120] for name in names if isinstance(name, str) and name})


def _said(text: str) -> tuple[str, str]:
    """(message, code) of an error's body, cleaned; at most 1,000 characters each."""
    try:
        value = read_json(text)
    except Unreadable:
        return ("" if "<" in text else clean_text(text)[:1000]), ""
    return _message(value.get("error", value) if isinstance(value, dict) else value)


def _message(error: Any) -> tuple[str, str]:
    if not isinstance(error, dict):
        return clean_text(str(error))[:1000], ""
    words = error.get("message") or error.get("detail") or ""
    marks = " ".join(str(error.get(k) or "") for k in ("code", "param"))
    return clean_text(str(words))[:1000], clean_text(marks).strip()[:1000]


def _retry_after(headers: Any) -> float | None:
    """Seconds that the server asks to wait for (RFC 9110, 10.2.3), None where it does not say."""
    try:
        if "retry-after-ms" in headers:
            wait = float(headers["retry-after-ms"]) / 1000
        elif "retry-after" in headers:
            asked = headers["retry-after"]
            wait = (
                float(asked)
                if asked[:1].isdigit()
                else parsedate_to_datetime(asked).timestamp() - time.time()
            )
        else:
            return None
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None
