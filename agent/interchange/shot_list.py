"""The shot list as a table (CSV), for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, Any

from .reel import Reel, Seen

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "number", "id", "scene", "scene title", "starts", "frames", "seconds", "size", "angle", "view", "move",
    "lens", "light", "opens", "overlap", "what happens", "lines", "cast", "notes", "seed", "renderer", "take",
    "other takes",
)  # fmt: skip
_RECKONED = "=+-@\t\r"
"""How a cell begins that a spreadsheet would reckon out."""


def write_shot_list(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write a row for every card and shot: UTF-8 with a mark, commas, quotes where needed.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for number, seen in enumerate(reel.seen, 1):
        row = _row(reel, number, seen)
        table.writerow([_cell(row.get(column, "")) for column in COLUMNS])
    file.write(text.getvalue().encode("utf-8-sig"))


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(tuple(_RECKONED)) else value


def _row(reel: Reel, number: int, seen: Seen) -> dict[str, Any]:
    clip, film, shot = seen.clip, reel.film, seen.shot
    row: dict[str, Any] = {
        "number": number,
        "id": clip.item,
        "starts": reel.rate.timecode(clip.start),
        "frames": clip.frames,
        "seconds": f"{float(reel.rate.seconds(clip.frames)):.3f}",
        "opens": clip.opens.value,
        "overlap": clip.overlap,
        "what happens": seen.title,
        "other takes": len(seen.alternates),
    }
    if seen.media is not None:
        row |= {"renderer": seen.media.renderer, "take": seen.media.key}
    if shot is not None:
        camera = shot.camera
        spoken = ((film.characters[n.speaker].name if n.speaker else "Narrator", n.words) for n in shot.lines)
        row |= {
            "scene": shot.scene,
            "scene title": film.scenes[shot.scene].title,
            "size": camera.size.value,
            "angle": camera.angle.value,
            "view": camera.view.value,
            "move": camera.move.value,
            "lens": camera.lens.value,
            "light": shot.light.value,
            "lines": "\n".join(f"{who}: {words}" for who, words in spoken),
            "cast": ", ".join(film.characters[member.entity].name for member in shot.cast),
            "notes": shot.notes,
            "seed": shot.seed,
        }
    return row
