"""The fonts that travel with the package, under the SIL Open Font License (see the ``*-OFL.txt``).

EB Garamond sets titles; Inter sets labels, captions and storyboard sheets. The files are whole and
unchanged.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal

import skia

Face = Literal["title", "sans", "sans-bold"]
"""What a font is for."""

FILES: dict[Face, str] = {
    "title": "EBGaramond12-Regular.otf",
    "sans": "Inter-Regular.otf",
    "sans-bold": "Inter-Bold.otf",
}
"""The file of each face, in this folder."""


@lru_cache(maxsize=len(FILES))
def typeface(face: Face) -> skia.Typeface:
    """The typeface of a face, read once in a process from the package's own data."""
    data = files(__package__).joinpath(FILES[face]).read_bytes()
    return skia.FontMgr().makeFromData(skia.Data.MakeWithCopy(data), 0)
