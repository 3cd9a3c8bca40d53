"""The film's lines as subtitle files: SubRip, WebVTT and Advanced SubStation Alpha (ASS)."""

from __future__ import annotations

from ...render.cut.captions import ass_text, srt_text, vtt_text
from ...storyboard.errors import BadInput
from ...storyboard.film import Film
from ...storyboard.subtitles import subtitles
from ...storyboard.timeline import Subtitle


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
    size = (film.settings.width, film.settings.height)
    return ass_text(_said(film), film.settings.rate, size).encode()


def _said(film: Film) -> list[Subtitle]:
    said = subtitles(film)
    if not said:
        raise BadInput("Nobody says anything in the film, so there are no subtitles of it.")
    return said
