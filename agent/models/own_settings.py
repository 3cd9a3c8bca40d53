"""What the user's ``photoplay.toml`` says of language models: weights on this machine, and steps.

Read where the program runs, never from a film: a film names weights only as ``local:NAME``.
"""

from __future__ import annotations

import os
from typing import Annotated, Literal, cast, get_args

from pydantic import Field, StringConstraints, ValidationError

from ...memory.settings_file import FILE, read_settings_file
from ...storyboard.errors import BadInput, UnknownName
from ...storyboard.schema import Data

Stepping = Literal["auto", "whole", "steps"]
"""How a model writes a story: all at once, in steps, or as fits the story."""


class LocalWeights(Data):
    """One table ``[local.NAME]``."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,47}$")]
    folder: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    """Where the safetensors, the configuration and the tokenizer lie."""
    device: Annotated[str, StringConstraints(pattern=r"^(auto|cpu|cuda(:[0-9]{1,2})?)$")] = "auto"
    """``auto``: a GPU if there is one."""
    seconds: int = Field(600, ge=1, le=86_400)
    """The longest that one answer may take."""
    temperature: int = Field(70, ge=0, le=200)
    """In hundredths; 0 takes the likeliest token every time."""


def stepping() -> Stepping:
    """``PHOTOPLAY_WRITER_STEPS``, else ``writer_steps`` of the file, else ``auto``. Raises ``BadInput``."""
    for found, where in (
        (os.environ.get("PHOTOPLAY_WRITER_STEPS", "").strip(), "PHOTOPLAY_WRITER_STEPS"),
        (read_settings_file().get("writer_steps", ""), f"writer_steps in {FILE}"),
    ):
        if found in get_args(Stepping):
            return cast(Stepping, found)
        if found:
            raise BadInput(f"{where}: {str(found)[:40]!r} is none of auto, whole and steps.")
    return "auto"


def local_weights(name: str) -> LocalWeights:
    """The weights of that name. Raises ``UnknownName`` or ``BadInput``; nothing is opened."""
    tables = read_settings_file().get("local", {})
    if not isinstance(tables, dict):
        raise BadInput(f'{FILE}: local is made of tables, such as [local.qwen] with folder = "/models/qwen".')
    if name not in tables:
        raise UnknownName("language model on this machine", name, list(map(str, tables)))
    table = tables[name]
    try:
        return LocalWeights(**{"name": name, **(table if isinstance(table, dict) else {"folder": table})})
    except (ValidationError, TypeError) as error:
        fault = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        words = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        raise BadInput(f"{FILE}, [local.{name[:48]}] {words[:300]}.") from None
