"""The user's settings file, ``photoplay.toml``, in the folder where the program runs.

One that lies in a film's folder may have come from a stranger with the film: it can say nothing of money,
of servers that keys are sent to, or of files on this machine (weights, certificates).
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..storyboard.errors import BadInput
from .project import is_film

FILE = "photoplay.toml"
_MOST_BYTES = 1_000_000
_NOT_IN_A_FILM = frozenset(
    {"budget", "certificate", "gpu", "limits", "local", "music", "prices", "remote", "voices"}
)


def read_settings_file(folder: Path | None = None) -> dict[str, Any]:
    """The file in ``folder`` (the current one), fractions as ``Decimal``; empty where there is none.

    Raises ``BadInput`` where it cannot be read, or lies in a film's folder and says what it may not.
    """
    folder = Path.cwd() if folder is None else folder
    path = folder / FILE
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(f"{path} is no settings file: it has more than 1 MB.")
        found = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (ValueError, ArithmeticError, OSError, RecursionError) as error:
        raise BadInput(f"{path} cannot be read: {str(error)[:300]}") from None
    said = sorted(_NOT_IN_A_FILM & found.keys())
    if said and is_film(folder):
        raise BadInput(
            f"{path} lies in a film's folder, which may come from somebody else, and says {', '.join(said)}. "
            "Money, servers and weights are named where you work: move the file there, or take them out."
        )
    return found
