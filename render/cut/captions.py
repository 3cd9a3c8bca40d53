"""Subtitle files. Text goes in and comes out word for word: no tag in it is ever obeyed.

SubRip has no escapes, so there ``{\\an8}`` or ``<i>`` stand as they were written; WebVTT has, and
they are used. pysubs2 lays the files out; while it does, the characters that it reads as markup are
put aside as private-use characters, so that it cannot turn ``C:\\New`` into a line break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pysubs2

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from ...storyboard.subtitles import MOST_COLUMNS, line_columns
from ...storyboard.timeline import Subtitle

_ASIDE = {ord("\\"): "\ue000", ord("{"): "\ue001", ord("}"): "\ue002", ord("<"): "\ue003", ord(">"): "\ue004"}
_AS_WRITTEN = {ord(v): chr(k) for k, v in _ASIDE.items()}
_ESCAPED = {**_AS_WRITTEN, 0xE003: "&lt;", 0xE004: "&gt;"}
_JOINER = "\u2060"
"""Unseen: between a backslash and a letter, so that the two are no command of ASS."""
_BY_ITS_LETTERS = -1
"""libass: each line is read from the side that its first letter says, and not always from the left."""
_LITERAL = str.maketrans({"\\": f"\\{_JOINER}", "{": "\\{", "}": "\\}"})
_BLOCK = re.compile(r"\n\s*\n")
_TIMES = re.compile(r"(\d+):(\d\d):(\d\d)[,.](\d{3})\s*-->\s*(\d+):(\d\d):(\d\d)[,.](\d{3})")


@dataclass(frozen=True)
class Caption:
    """Literal text from ``start`` to ``stop`` milliseconds."""

    start: int
    stop: int
    text: str


def write_srt(path: Path, subtitles: Sequence[Subtitle], rate: Rate) -> None:
    """Write SubRip, UTF-8. Times are the nearest milliseconds."""
    path.write_text(srt_text(subtitles, rate), encoding="utf-8", newline="\n")


def write_vtt(path: Path, subtitles: Sequence[Subtitle], rate: Rate) -> None:
    """Write WebVTT, UTF-8, with ``&``, ``<`` and ``>`` escaped."""
    path.write_text(vtt_text(subtitles, rate), encoding="utf-8", newline="\n")


def srt_text(subtitles: Sequence[Subtitle], rate: Rate) -> str:
    """What ``write_srt`` writes."""
    return _laid_out(subtitles, rate, "srt").translate(_AS_WRITTEN)


def vtt_text(subtitles: Sequence[Subtitle], rate: Rate) -> str:
    """What ``write_vtt`` writes."""
    return _laid_out(subtitles, rate, "vtt").translate(_ESCAPED)


def ass_text(subtitles: Sequence[Subtitle], rate: Rate, size: tuple[int, int]) -> str:
    """ASS, for frames of ``size`` (width, height). Braces and backslashes are shown, not obeyed."""
    width, height = size
    file = pysubs2.SSAFile()
    file.info |= {"PlayResX": str(width), "PlayResY": str(height), "ScaledBorderAndShadow": "yes"}
    wide = 0.7 * MOST_COLUMNS / line_columns(width, height) * width
    file.styles["Default"].fontsize = min(height, wide) / 18
    file.styles["Default"].marginv = round(height / 16)
    file.styles["Default"].encoding = _BY_ITS_LETTERS
    for said in subtitles:
        lines = (line.strip() for line in said.text.splitlines())
        text = "\\N".join(line.translate(_LITERAL) for line in lines if line)
        start, stop = rate.milliseconds(said.start), rate.milliseconds(said.stop)
        file.append(pysubs2.SSAEvent(start=start, end=stop, text=text))
    written: str = file.to_string("ass")
    return written


def _laid_out(subtitles: Sequence[Subtitle], rate: Rate, form: str) -> str:
    file = pysubs2.SSAFile()
    for subtitle in subtitles:
        text = "\n".join(line.strip() for line in subtitle.text.splitlines() if line.strip())
        if form == "vtt":
            text = text.replace("&", "&amp;")
        file.append(
            pysubs2.SSAEvent(
                start=rate.milliseconds(subtitle.start),
                end=rate.milliseconds(subtitle.stop),
                text=text.translate(_ASIDE).replace("\n", "\\N"),
            )
        )
    return file.to_string(form)


def read_srt(path: Path) -> list[Caption]:
    """Captions of a SubRip file, text word for word. Raises ``BadInput`` where it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"The subtitles {path.name} cannot be read as UTF-8 text.") from fault
    captions: list[Caption] = []
    for block in filter(None, (b.strip("\n") for b in _BLOCK.split(text))):
        lines = block.split("\n")
        at = next((i for i, line in enumerate(lines[:2]) if _TIMES.match(line)), None)
        if at is None:
            raise BadInput(f"The subtitles {path.name} have an entry without times: {lines[0][:40]!r}.")
        numbers = [int(n) for n in _TIMES.findall(lines[at])[0]]
        start, stop = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (numbers[:4], numbers[4:]))
        captions.append(Caption(start, stop, "\n".join(lines[at + 1 :])))
    return captions
