"""Calls over the OpenAI wire: bounded in bytes, time and number, and never telling the key.

Nothing is raised while a client's exception is handled: those carry the request with its headers, and
a chain of causes would lead to the key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..storyboard.errors import BadInput, WriterError, WriterRefused
from ..storyboard.schema import clean_text
from .language_model import AnswerForm, Message, Picture
from .purse import OpenPurse, Purse
from .wire_answer import TOO_LONG, keeps_to
from .wire_asking import CAPS, FORMS, Asking, Known, names_a_cap
from .wire_bounds import ENDLESS, PACKED, Deadline, bound
from .wire_reply import (
    TOO_MUCH,
    Reply,
    Trouble,
    read_envelope,
    read_error,
    read_models,
    read_reply,
    read_usage,
    retry_after,
)
from .wire_settings import WireSettings
from .writer import Tell

if TYPE_CHECKING:
    from openai import OpenAI

T = TypeVar("T")

_CONNECT_SECONDS = 10.0
_PATIENCE = 2 / 3
"""Of the time that is left, one call may take so much until one came too late; the rest is for another."""
_PASSING = frozenset({408, 409, 425, 429})
_REFUSED_BEFORE_WORK = frozenset({503, 529})


@dataclass(frozen=True)
class Errand:
    """What a line is used for, and what else a person can do where it fails."""

    what: str = "story"
    instead: str = "Nothing was changed. Try again later, or use --writer outline."


class Wire:
    """The line to one server for one story. Use as a context manager; ``notices`` fills as it goes."""

    def __init__(
        self,
        settings: WireSettings,
        tell: Tell,
        purse: Purse | None = None,
        known: Known | None = None,
        errand: Errand | None = None,
    ) -> None:
        """``purse`` pays for every call; without one, none is counted."""
        self.settings = settings
        self._known = known or Known()
        self.notices: list[str] = list(self._known.notices)
        self._tell = tell
        self._purse = purse or OpenPurse()
        self._counted = not isinstance(self._purse, OpenPurse)
        self._errand = errand or Errand()
        self._late = False
        self._deadline = Deadline()
        self._client = self._connect()
        self.begin()  # last: loading the client takes a while, which is not the server's

    def begin(self) -> None:
        """Begin anew to count time and repeated calls, as for another story or question."""
        self._end = time.monotonic() + self.settings.seconds
        self._retries = self.settings.retries

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up. Safe to call twice."""
        self._client.close()
        self._deadline.close()

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
                    follow_redirects=False,
                    event_hooks={"request": [self._deadline.listen], "response": [bound]},
                ),
            )
        except (openai.OpenAIError, httpx2.InvalidURL, ValueError, OSError, ImportError) as error:
            kind = type(error).__name__
        raise BadInput(
            f"The client for the model server {self.settings.host} could not be set up ({kind}). Check "
            "OPENAI_BASE_URL, OPENAI_CUSTOM_HEADERS, SSL_CERT_FILE and the proxy variables (HTTPS_PROXY ...)."
        )

    # -- what can be asked ----------------------------------------------------------------

    def models(self) -> list[str]:
        """Names of the models that the server offers, sorted. Raises ``WriterError``."""
        got = self._until_it_works(
            lambda timeout: self._client.models.with_raw_response.list(timeout=timeout).content, read_models
        )
        if isinstance(got, Trouble):
            raise self._failed(got)
        return got

    def ask(
        self,
        model: str,
        messages: Sequence[Message],
        form: AnswerForm,
        seed: int,
        pictures: Sequence[Picture] = (),
    ) -> Reply:
        """One answer of the model, with all that may be tried again tried again.

        Raises ``WriterRefused`` for a wrong key, an unknown model or a content filter, ``WriterError``
        where the server gave no answer within the time and the tries, and what the purse raises.
        """
        asking, most = (
            Asking(messages, form, seed, pictures),
            form.most_tokens + self.settings.thinking_tokens,
        )
        while True:
            sent = asking.sent(self._known, most if self._counted else None)

            def send(timeout: Any, sent: dict[str, Any] = sent) -> bytes:
                return self._complete(model, sent, timeout)

            got = self._until_it_works(send, read_reply, (model, asking.tokens, most))
            if isinstance(got, Trouble) and got.too_long:
                return Reply("", "", TOO_LONG)
            if isinstance(got, Trouble):
                self._step_down(got)
                continue
            clean = self.settings.without_key
            got = replace(got, text=clean(got.text), model=clean(got.model))
            if self._known.form == 0 and not got.fault and not keeps_to(got.text, form.schema):
                self._known.spelled = True
            return got

    def _complete(self, model: str, sent: dict[str, Any], timeout: Any) -> bytes:
        raw = self._client.chat.completions.with_raw_response.create(model=model, timeout=timeout, **sent)
        return raw.content

    def _step_down(self, trouble: Trouble) -> None:
        """Ask for less where the server does not know what was asked for. Raises ``WriterError``."""
        said = trouble.said.lower()
        if trouble.status in (400, 422):
            names_form = any(w in said for w in ("response_format", "json_schema", "json_object"))
            known = self._known
            if names_form and known.form + 1 < len(FORMS):
                old, known.form = known.format, known.form + 1
                self._notice(
                    f"{self.settings.host} does not know the answer format {old!r}; "
                    f"it was asked for {known.format!r} instead, and the answer was checked here."
                )
                return
            if CAPS[known.cap] and self._counted and names_a_cap(said):
                known.cap += 1
                if not CAPS[known.cap]:
                    self._notice(f"{self.settings.host} takes no limit of tokens for an answer.")
                return
            if known.seeded and "seed" in said:
                known.seeded = False
                self._notice(f"{self.settings.host} takes no seed: the same seed may give another story.")
                return
        raise self._failed(trouble)

    def _notice(self, words: str) -> None:
        words = self.settings.without_secrets(words)
        self.notices.append(words)
        self._known.notices.append(words)
        self._tell(words)

    # -- trying ---------------------------------------------------------------------------

    def left(self) -> float:
        """Seconds that are left for this story."""
        return self._end - time.monotonic()

    def _until_it_works(
        self,
        send: Callable[[Any], bytes],
        read: Callable[[Any], T | Trouble],
        costs: tuple[str, int, int] | None = None,
    ) -> T | Trouble:
        """What ``read`` makes of the response, or a ``Trouble`` that asking differently may cure.

        ``costs``: the model, and the most tokens in and out; each call is reserved and settled.
        """
        last: Trouble | None = None
        while True:
            if self.left() <= 0:
                raise self._out_of_time(last)
            reserved = self._reserve(costs)
            got = self._once(send)
            self._settle(reserved, got)
            value = got if isinstance(got, Trouble) else self._understood(got, read)
            if not isinstance(value, Trouble) or value.too_long or value.status in (400, 422):
                return value
            if not value.passing:
                raise self._failed(value)
            last = value
            self._wait(value)

    def _reserve(self, costs: tuple[str, int, int] | None) -> str | None:
        if costs is None:
            return None
        model, tokens_in, tokens_out = costs
        return self._purse.reserve(model, self.settings.host, tokens_in, tokens_out)

    def _settle(self, reserved: str | None, got: bytes | Trouble) -> None:
        if reserved is None:
            return
        if isinstance(got, Trouble) and got.unworked:
            self._purse.give_back(reserved)
        elif isinstance(got, Trouble):
            self._purse.settle(reserved, None, None)
        else:
            used = read_usage(got.decode("utf-8", "replace"))
            self._purse.settle(reserved, used.tokens_in, used.tokens_out)

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
        call_end = time.monotonic() + patience
        timeout = httpx2.Timeout(patience, connect=min(_CONNECT_SECONDS, patience))
        try:
            with self._deadline.until(call_end):
                return send(timeout)
        except openai.APIStatusError as error:
            trouble = self._status(error)
            code = int(error.status_code)
            return replace(trouble, unworked=code < 500 or code in _REFUSED_BEFORE_WORK)
        except (openai.APITimeoutError, httpx2.TimeoutException) as error:
            return self._too_late(isinstance(error.__cause__ or error, httpx2.ConnectTimeout))
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            cause = error.__cause__ or error
            if str(cause) == TOO_MUCH:
                return Trouble(TOO_MUCH, too_long=True)
            if str(cause) in (ENDLESS, PACKED):
                return Trouble(str(cause))
            unmet = isinstance(cause, httpx2.ConnectError)
            if time.monotonic() >= call_end:
                return self._too_late(unmet)
            why = clean_text(str(cause))[:120]
            return Trouble(f"could not be reached or broke off ({why})", passing=True, unworked=unmet)
        except (openai.OpenAIError, httpx2.InvalidURL, UnicodeError) as error:
            return Trouble(f"could not be asked ({type(error).__name__})", unworked=True)

    def _too_late(self, unmet: bool) -> Trouble:
        self._late = True
        return Trouble("did not answer in time", passing=True, unworked=unmet)

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
        words = f"The model server {self.settings.host} {trouble.words}{more}. {self._errand.instead}"
        return kind(self.settings.without_secrets(words))

    def _out_of_time(self, last: Trouble | None) -> WriterError:
        why = f" It {last.words}." if last else ""
        words = (
            f"The model server {self.settings.host} gave no {self._errand.what} within "
            f"{self.settings.seconds:g} s.{why} For a slow model raise PHOTOPLAY_WRITER_SECONDS. "
            f"{self._errand.instead}"
        )
        return WriterError(self.settings.without_secrets(words))
