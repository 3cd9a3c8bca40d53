"""Where the model server is, with which key, which model, and how long to be patient with it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from ..storyboard.errors import BadInput
from ..storyboard.schema import clean_text

OPENAI = "https://api.openai.com/v1"
_NO_KEY = "no-key-needed"
"""What is sent where the server is the user's own and no key is set; the client insists on one."""
_LENGTH_OF_A_KEY = 16
LONGEST_WAIT_SECONDS = 86_400


@dataclass(frozen=True)
class WireSettings:
    """Settings of the OpenAI wire. Times in seconds."""

    url: str = field(default=OPENAI, repr=False)
    """May hold a password, therefore never shown: see ``host``."""
    key: str = field(default=_NO_KEY, repr=False)
    model: str = ""
    """Empty: the only model that the server has."""
    seconds: float = 180.0
    """For one story, all tries and waits together."""
    tries: int = 3
    """Answers that may be asked for until one is a valid story."""
    retries: int = 4
    """Calls that may be repeated for trouble on the way, for one story."""
    first_wait: float = 0.5
    """Before the first repeated call; doubled for each further one."""
    longest_wait: float = 30.0
    """The longest that a server's Retry-After is waited for, and the longest wait of ours."""

    thinking_tokens: int = 8_000
    """What a model may use for thinking besides its answer, where tokens are counted."""

    @property
    def host(self) -> str:
        """The endpoint as a person may read it: host and port, without user, password and path."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.hostname or 'the server'}{port}"

    def without_secrets(self, words: str) -> str:
        """The words with the key, and a password in the address, taken out."""
        parts = urlsplit(self.url)
        for secret in (self.key, parts.password, parts.username):
            if secret and secret != _NO_KEY and len(secret) >= 6:
                words = _spelled(secret).sub("[key]", words)
        return words

    def without_key(self, text: str) -> str:
        """A server's text with the key taken out, where the key is as long as real ones are.

        A short one, such as ``ollama``, may be a word of the story.
        """
        return _spelled(self.key).sub("[key]", text) if len(self.key) >= _LENGTH_OF_A_KEY else text


@cache
def _spelled(secret: str) -> re.Pattern[str]:
    """A secret as it stands, or with any of its letters escaped as JSON allows."""
    return re.compile("".join(rf"(?:\\?{re.escape(c)}|\\u(?i:{ord(c):04x}))" for c in secret))


def read_wire_settings(environment: Mapping[str, str], model: str = "") -> WireSettings:
    """Settings from ``OPENAI_API_KEY``, ``OPENAI_BASE_URL``, ``PHOTOPLAY_MODEL`` or ``OPENAI_MODEL`` (a
    ``model`` given outranks both), and ``PHOTOPLAY_WRITER_SECONDS``.

    Raises ``BadInput`` where there is neither key nor address, or one of them cannot be used.
    """
    url = environment.get("OPENAI_BASE_URL", "").strip()
    key = environment.get("OPENAI_API_KEY", "").strip()
    if not url and not key:
        raise BadInput(
            "The openai writer has no server to ask: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of "
            "your own (Ollama, vLLM, llama.cpp ...), or use --writer outline."
        )
    _check_address(url or OPENAI)
    if any(not "!" <= c <= "~" for c in key):
        raise BadInput(
            "OPENAI_API_KEY holds a space, a line break or a letter that no key has. Copy it anew."
        )
    chosen = model or environment.get("PHOTOPLAY_MODEL", "") or environment.get("OPENAI_MODEL", "")
    return WireSettings(
        url=url or OPENAI,
        key=key or _NO_KEY,
        model=clean_text(chosen).strip(),
        seconds=_seconds(environment.get("PHOTOPLAY_WRITER_SECONDS", "").strip()),
    )


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        usable = usable and all("!" <= c <= "~" for c in url)
    except ValueError:
        usable = False
    if not usable:
        raise BadInput(
            "OPENAI_BASE_URL is not an address: it has to begin with http:// or https:// and name a host, "
            "such as http://localhost:11434/v1."
        )


def _seconds(text: str) -> float:
    if not text:
        return WireSettings.seconds
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= LONGEST_WAIT_SECONDS:
        raise BadInput(
            f"PHOTOPLAY_WRITER_SECONDS: {text[:40]!r} is not a number of seconds "
            f"above 0 and up to {LONGEST_WAIT_SECONDS:,}."
        )
    return seconds
