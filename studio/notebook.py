"""A film in a notebook: a contact strip, the film to play, the story and its shots.

Everything in it is text or a picture of ours: words of people and models are escaped.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..storyboard.errors import PhotoplayError

if TYPE_CHECKING:
    from .film import Film

PANELS = 6
"""Frames of the contact strip, spread over the film."""
PANEL_WIDTH = 200
COLOURS = 96
"""Of the strip: a notebook holds it, so it is kept small."""
MOST_EMBEDDED_BYTES = 4_000_000
"""A film that no relative address leads to is put into the page where it has no more."""


def page_of(film: Film) -> str:
    """HTML of one film. Never raises for a film that cannot be read whole: it then says less."""
    board = film.storyboard
    parts = [f"<h4>{escape(film.title)}</h4>"]
    if board.story is not None and board.story.logline:
        parts.append(f"<p>{escape(board.story.logline)}</p>")
    strip = _strip(film)
    if strip:
        data = base64.b64encode(strip).decode("ascii")
        parts.append(f'<img alt="contact strip" src="data:image/png;base64,{data}">')
    video = _video(film.production.film_path)
    if video:
        parts.append(f'<br><video controls preload="none" width="480" src="{video}"></video>')
    parts.append(f"<p><small>{escape(_facts(film))}</small></p>")
    return f"<div>{''.join(parts)}</div>"


def _facts(film: Film) -> str:
    board = film.storyboard
    rate = board.settings.rate
    frames = sum(i.frames for i in (board.opening, *board.shots, board.ending) if i is not None)
    length = (
        f"{len(board.shots)} shots, {float(rate.seconds(frames)):.1f} s" if board.shots else "no shots yet"
    )
    made = film.production.film_path
    where = str(made) if made.is_file() else f"{film.folder} (not made yet)"
    return f"{length} · {board.settings.renderer} · {where}"


def _video(path: Path) -> str:
    """A relative address below the current folder, the film itself where it is small, or nothing."""
    if not path.is_file():
        return ""
    with contextlib.suppress(ValueError):  # another drive
        relative = Path(os.path.relpath(path)).as_posix()
        if not relative.startswith(".."):
            return quote(relative)
    if path.stat().st_size > MOST_EMBEDDED_BYTES:
        return ""
    return "data:video/mp4;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def _strip(film: Film) -> bytes | None:
    """A PNG of frames side by side, from takes that exist; None where there is none that can be read."""
    with contextlib.suppress(PhotoplayError, OSError):
        return strip_of(film)
    return None


def strip_of(film: Film, panels: int = PANELS, width: int = PANEL_WIDTH) -> bytes | None:
    """A contact strip (PNG) of at most ``panels`` middle frames of shots, each ``width`` pixels wide.

    None where no shot has a take. Raises ``BadTake`` for one that is damaged.
    """
    from PIL import Image

    takes = film.takes
    shots = [s for s in film.storyboard.shots if takes[s.id].path]
    if not shots:
        return None
    count = min(panels, len(shots))
    chosen = [shots[round(n * (len(shots) - 1) / max(1, count - 1))] for n in range(count)]
    settings = film.storyboard.settings
    height = max(2, round(width * settings.height / settings.width))
    sheet = Image.new("RGB", (count * (width + 4) - 4, height), (24, 24, 24))
    for n, shot in enumerate(chosen):
        frame = takes[shot.id].frame(0.5, shot.frames)
        small = Image.fromarray(frame[:, :, :3]).resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (n * (width + 4), 0))
    told = io.BytesIO()
    sheet.quantize(COLOURS).save(told, "PNG", optimize=True)
    return told.getvalue()
