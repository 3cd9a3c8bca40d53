"""The servers of the settings file: the tables ``[remote.NAME]`` of ``photoplay.toml``.

A server has one model, for stills, (``videos = true``) for clips or (``speech = true``) for lines. What it
can be asked is said here and not guessed. Its key is read from the environment alone, from
``PHOTOPLAY_KEY_NAME``; a film's folder names no server but by ``remote:NAME``.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ...memory.price import Price
from ...memory.settings_file import FILE, read_settings_file
from ...storyboard.errors import BadInput, UnknownName
from ...storyboard.rate import Rate, read_rate
from ...storyboard.schema import Data

TABLE = "remote"
_OPENAI = "api.openai.com"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NAMED = r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$"


def _size(text: object) -> object:
    found = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text, re.ASCII) if isinstance(text, str) else None
    if found is None:
        raise ValueError('a size is written as "1280x720"')
    return int(found[1]), int(found[2])


def _rate(value: object) -> object:
    return read_rate(str(value)) if isinstance(value, int | str | Decimal) else value


Size = Annotated[tuple[int, int], BeforeValidator(_size)]
"""Width and height in pixels, written ``"1280x720"``."""
Word = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,120}$")]


VoiceName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
HostName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,8}$")]


class Server(Data):
    """One server, as its table says. The address is not in any key, and never shown whole."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True)

    name: Annotated[str, StringConstraints(pattern=_NAMED)]
    url: str = Field(repr=False)
    """Up to where ``/images/generations`` or ``/videos`` is added."""
    model: Word
    videos: bool = False
    """It makes clips (create, poll, download); else stills."""
    speech: bool = False
    """It speaks lines (``/audio/speech``)."""
    voices: tuple[VoiceName, ...] = ()
    """Its voices; without, any name is sent."""
    format: Literal["wav", "flac", "mp3", "pcm"] = "wav"
    """What speech is asked for as; ``pcm`` is 16 bit, mono, 24 kHz, without a header."""
    speed: bool = False
    """It reads ``speed`` with a line; else pace is its own."""
    instructions: bool = False
    """It reads ``instructions``: how a line is to be said."""
    references: int = Field(0, ge=0, le=16)
    """Images that one still may be drawn from (``images/edits``)."""
    first: bool = False
    """A clip can begin on a picture (``input_reference``)."""
    sizes: tuple[Size, ...] = ()
    """The only sizes it draws; the nearest is asked for and cropped. Without: any, as below."""
    multiple: int = Field(16, ge=1, le=256)
    """What width and height are multiples of, where no sizes are listed."""
    pixels: int = Field(1_048_576, ge=4096, le=33_554_432)
    """The most pixels of a frame, where no sizes are listed."""
    seconds: tuple[Annotated[int, Field(ge=1, le=600)], ...] = (4, 8, 12)
    """The lengths of clips it makes."""
    rate: Annotated[Rate, BeforeValidator(_rate)] = Rate()
    """Frames a second of its clips."""
    price: Decimal | None = Field(None, ge=0, le=100_000, decimal_places=12)
    """Of a still, a second of a clip or a thousand characters of speech. Not given: unknown. 0 is for a
    server of one's own."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    seed: bool = False
    """It reads a field ``seed``, which the wire itself has not."""
    quality: Word | None = None
    """Sent as ``quality`` with stills."""
    b64: bool = False
    """``response_format`` has to ask for the picture itself; else a link to it comes."""
    recover: Literal["", "idempotency-key", "metadata"] = ""
    """How an order whose answer was lost is found again: the server heeds the header ``Idempotency-Key``, or
    gives back a clip's ``metadata`` in its list of clips."""
    downloads: tuple[HostName, ...] = ()
    """Other hosts that its pictures and clips may be fetched from, by https and without the key."""
    parallel: int = Field(2, ge=1, le=64)
    """Orders that may be open at the same time."""
    patience: int = Field(900, ge=1, le=86_400)
    """Seconds that a still, or a clip in the making, is waited for."""
    key: str = Field("", repr=False)
    """Never from the file."""

    @model_validator(mode="after")
    def _sensible(self) -> Server:
        _check_address(self.url, bool(self.key))
        if self.videos and (self.references or self.quality or self.b64):
            raise ValueError("references, quality and b64 are for stills, not for videos")
        if self.speech and (self.videos or self.references or self.quality or self.b64):
            raise ValueError("a server of speech has no videos, references, quality or b64")
        if not self.speech and (self.voices or self.speed or self.instructions or self.format != "wav"):
            raise ValueError("voices, format, speed and instructions are for speech = true")
        if self.first and not self.videos:
            raise ValueError("first is for videos")
        if self.recover == "metadata" and not self.videos:
            raise ValueError("only clips can be found again by metadata")
        for host in self.downloads:
            if _address(host) is not None and not self.is_local:
                raise ValueError("downloads lists names of hosts, such as files.studio.example, no addresses")
        if any(min(size) < 64 or max(size) > 8192 for size in self.sizes) or not self.seconds:
            raise ValueError("sizes are from 64x64 to 8192x8192, and there is at least one length in seconds")
        return self

    @property
    def identity(self) -> str:
        """What of it is in the keys of takes: its name, model and quality, never where it is."""
        return f"{self.name}:{self.model}" + (f":{self.quality}" if self.quality else "")

    @property
    def host(self) -> str:
        """The address as a person may read it: host and port."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine or the local network, by its address."""
        host = urlsplit(self.url).hostname or ""
        return host in _LOCAL or _private(host)

    @property
    def key_variable(self) -> str:
        """The environment variable that holds its key."""
        return _key_variable(self.name)

    def cost_of_words(self, words: str) -> Price:
        """Of a line spoken, by its characters."""
        if self.price is None:
            return Price(None, self.currency)
        exact = self.price * len(words) / 1000
        return Price(exact.quantize(Decimal("0.000000000001"), ROUND_UP), self.currency)

    def cost(self, seconds: int = 1) -> Price:
        """Of a still, or of so many seconds of a clip."""
        return Price(None if self.price is None else self.price * seconds, self.currency)

    def without_secrets(self, words: str) -> str:
        """Words with the key taken out, where it is long enough to be one."""
        return words.replace(self.key, "[key]") if len(self.key) >= 6 else words


def _key_variable(name: str) -> str:
    return f"PHOTOPLAY_KEY_{name.upper().replace('-', '_')}"


def _check_address(url: str, has_key: bool) -> None:
    """Raises ``ValueError``; the address is not in its words, since a password may be in it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or any(not "!" <= c <= "~" for c in url):
        raise ValueError("url has to begin with https:// and name a host, such as https://studio.example/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("url holds a name, a password or a query; keys are read from the environment alone")
    if parts.scheme == "http" and host not in _LOCAL and (has_key or not _private(host)):
        raise ValueError(
            "url has to begin with https://. (http:// is for this machine, and for addresses of a local "
            "network such as 192.168.1.5 where no key is sent.)"
        )


def _private(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_private


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def servers(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> dict[str, Server]:
    """All servers of the settings file in ``folder`` (the current one), by name. Raises ``BadInput``."""
    environment = os.environ if environment is None else environment
    table = read_settings_file(folder).get(TABLE, {})
    if not isinstance(table, dict) or not all(isinstance(entry, dict) for entry in table.values()):
        raise BadInput(f"{FILE}: servers are tables such as [remote.studio].")
    return {name: _read(name, entry, environment) for name, entry in table.items()}


def _read(name: str, entry: dict[str, Any], environment: Mapping[str, str]) -> Server:
    where = f"{FILE}, [remote.{name[:40]}]"
    if {"key", "api-key", "api_key", "token", "name"} & entry.keys():
        raise BadInput(
            f"{where}: a key does not stand in a file. Take it out, and set the environment variable "
            f"{_key_variable(name[:40])}."
        )
    key = environment.get(_key_variable(name), "").strip()
    try:
        if not key and urlsplit(str(entry.get("url", ""))).hostname == _OPENAI:
            key = environment.get("OPENAI_API_KEY", "").strip()
        if any(not "!" <= c <= "~" for c in key):
            raise BadInput(f"{_key_variable(name)} holds a space, a line break or a letter that no key has.")
        return Server(name=name, key=key, **entry)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, fault["loc"]))
        raise BadInput(
            f"{where}{': ' + field if field else ''}: {fault['msg'].removeprefix('Value error, ')}."
        ) from None
    except (TypeError, ValueError):
        raise BadInput(f"{where}: it cannot be read as a server. See docs/remote.md.") from None


def find_server(name: str) -> Server:
    """The server of that name; for no name the only one there is. Raises ``BadInput`` or ``UnknownName``."""
    there = servers()
    if name:
        if name not in there:
            raise UnknownName(f"server in {FILE}", name, list(there))
        return there[name]
    if len(there) != 1:
        listed = ", ".join(f"remote:{n}" for n in sorted(there)) or "none yet, see docs/remote.md"
        raise BadInput(f"Say which server is to draw. There are in {FILE} here: {listed}. Nothing was made.")
    return next(iter(there.values()))
