"""The film's lines as subtitle files: SubRip, WebVTT and Advanced SubStation Alpha (ASS)."""

from __future__ import annotations

import pysubs2

from ...render.cut.captions import srt_text, vtt_text
from ...storyboard.errors import BadInput
from ...storyboard.film import Film
from ...storyboard.subtitles import subtitles
from ...storyboard.timeline import Subtitle

WORD_JOINER = "\u2060"
"""Unseen: between a backslash and a letter, so that the two are no command."""
_LITERAL = str.maketrans({"\\": f"\\{WORD_JOINER}", "{": "\\{", "}": "\\}"})


def srt_of(film: Film) -> bytes:
    """SubRip. Raises ``BadInput`` where nobody says anything."""
    return srt_text(_said(film), film.settings.rate).encode()


def vtt_of(film: Film) -> bytes:
    """WebVTT. Raises as ``srt_of``."""
    return vtt_text(_said(film), film.settings.rate).encode()


def ass_of(film: Film) -> bytes:
    """ASS, laid out for the film's frame size. Braces and backslashes of the words are shown, not obeyed.

    Raises as ``srt_of``.
    """
    width, height, rate = film.settings.width, film.settings.height, film.settings.rate
    file = pysubs2.SSAFile()
    file.info |= {"PlayResX": str(width), "PlayResY": str(height), "ScaledBorderAndShadow": "yes"}
    file.styles["Default"].fontsize = height / 18
    file.styles["Default"].marginv = round(height / 16)
    for said in _said(film):
        lines = (line.strip() for line in said.text.splitlines())
        text = "\\N".join(line.translate(_LITERAL) for line in lines if line)
        start, stop = rate.milliseconds(said.start), rate.milliseconds(said.stop)
        file.append(pysubs2.SSAEvent(start=start, end=stop, text=text))
    written: str = file.to_string("ass")
    return written.encode()


def _said(film: Film) -> list[Subtitle]:
    said = subtitles(film)
    if not said:
        raise BadInput("Nobody says anything in the film, so there are no subtitles of it.")
    return said
