"""Keys of takes: what a take is called, and why an equal wish finds it again.

``key = sha256(canonical JSON of {request and its meaning number, renderer, keys of inputs})``.
Not in a key: place in the list, titles, display names, notes, paths, retries, time.
"""

from __future__ import annotations

from typing import Any

from ..storyboard.schema import digest
from .requests import Request

KEY_RECIPE = 1
"""Raised by hand only if this function changes; every take is then made again."""


def key_of(request: Request, renderer: dict[str, Any]) -> str:
    """Key of the take that ``renderer`` (its ``protocol.identity``) makes of ``request``.

    64 hexadecimal digits. Equal on every machine, locale and hash seed.
    """
    return digest(
        {
            "recipe": KEY_RECIPE,
            "meaning": type(request).meaning,
            "request": request.model_dump(mode="json"),
            "renderer": renderer,
            "inputs": [i.key for i in request.inputs()],
        }
    )
