"""What answers of language models and hours of a GPU cost: the tables of ``photoplay.toml``.

    [prices."gpt-x"]            # or "api.example.com/gpt-x", of that server alone
    input = "0.15"              # of a million tokens
    output = "0.60"
    currency = "USD"

    [gpu]
    price = "1.90"              # of an hour

They are never in a film's folder, which may come from a stranger.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from ..memory.price import Price
from ..memory.settings_file import FILE, read_settings_file
from ..storyboard.errors import BadInput
from ..storyboard.schema import Data

_MILLION = Decimal(1_000_000)
_MS_AN_HOUR = Decimal(3_600_000)
_SMALLEST = Decimal("0.000000000001")
"""Amounts are rounded up to so much, the smallest that the ledger holds."""
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=6)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
D = TypeVar("D", bound=Data)


class TokenPrice(Data):
    """Of a million tokens that go in, and that come out."""

    input: Amount
    output: Amount
    currency: Currency = "USD"

    def of(self, tokens_in: int, tokens_out: int) -> Price:
        """Of an answer."""
        exact = (self.input * tokens_in + self.output * tokens_out) / _MILLION
        return Price(exact.quantize(_SMALLEST, ROUND_UP), self.currency)


FREE = TokenPrice(input=Decimal(0), output=Decimal(0))


class GpuPrice(Data):
    """Of an hour of one GPU."""

    price: Amount
    currency: Currency = "USD"

    def of(self, milliseconds: int) -> Price:
        """Of so much time."""
        exact = self.price * milliseconds / _MS_AN_HOUR
        return Price(exact.quantize(_SMALLEST, ROUND_UP), self.currency)


@dataclass(frozen=True)
class Prices:
    """The tables, read."""

    models: Mapping[str, TokenPrice] = field(default_factory=dict)
    gpu: GpuPrice | None = None

    def model(self, model: str, host: str) -> TokenPrice | None:
        """Of a model at a host; None where it is unknown.

        What ``host/model`` has goes before what ``model`` has. Without either, a server on this machine (a
        loopback address, or no host at all) is one's own, and costs nothing.
        """
        found = self.models.get(f"{host}/{model}") or self.models.get(model)
        return found or (FREE if is_own(host) else None)


def is_own(host: str) -> bool:
    """Whether a host (``127.0.0.1:11434``, ``localhost``, ``[::1]:80``, ``""``) is this machine."""
    before, colon, port = host.rpartition(":")
    name = before if colon and port.isdigit() else host
    name = name.strip("[]").lower()
    if name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def read_prices(folder: Path | None = None) -> Prices:
    """The tables of the settings file in ``folder`` (the current one). Raises ``BadInput``."""
    table = read_settings_file(folder)
    models, gpu = table.get("prices", {}), table.get("gpu")
    if not isinstance(models, dict) or not all(isinstance(entry, dict) for entry in models.values()):
        raise BadInput(f'{FILE}: prices are tables such as [prices."gpt-x"], with input and output.')
    return Prices(
        {name: _read(TokenPrice, f'[prices."{name[:60]}"]', entry) for name, entry in models.items()},
        None if gpu is None else _read(GpuPrice, "[gpu]", gpu),
    )


def _read(kind: type[D], where: str, entry: Any) -> D:
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(map(str, fault["loc"]))
        raise BadInput(f"{FILE}, {where}{': ' + name if name else ''}: {fault['msg']}.") from None
