"""The finished film cut anew in another shape of frame, for a release. The film itself stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..render.requests import Raster
from ..storyboard.subtitles import subtitles
from ..storyboard.timeline import Timeline
from .lab import reframe

if TYPE_CHECKING:
    from .steps import Steps


def cut_anew(production: Steps, laid: Timeline, size: tuple[int, int], out: Path) -> Path:
    """Write the picture of the film at that size, without sound, to ``out``, and return that.

    Takes are re-framed first, as far as they are not there yet; cards and burnt text are lettered for the new
    frame. Raises ``RenderError``, ``BadInput`` or ``NoRoom``; nothing is then at ``out``.
    """
    from ..render.cut.aside import assemble_aside
    from ..render.cut.captions import write_srt

    project, film = production.project, production.film
    assert film.story is not None
    raster = Raster(width=size[0], height=size[1])
    with project.lock():
        takes = reframe(production, raster)
        way = film.settings.subtitles
        said = [] if way == "off" else subtitles(film, size)
        captions = out.with_suffix(".srt")
        try:
            write_srt(captions, said, laid.rate)
            production.tell("cut", f"{len(laid.clips)} clips at {size[0]}x{size[1]}")
            assemble_aside(
                laid,
                {item: project.store.path(key, "picture") for item, key in takes.items()},
                None,
                captions if said and way == "soft" else None,
                out,
                project.work,
                raster,
                title=film.story.title,
                language=film.story.language,
                burnt=said if way == "burnt" else [],
            )
        finally:
            project.files.remove(captions)
    return out
