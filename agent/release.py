"""Releases: the finished film in other encodings, beside it in ``out/``, and its poster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..memory.files import plain_error
from ..storyboard.aspects import is_aspect, read_aspect, short_of, size_of
from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Film
from ..storyboard.timeline import Timeline, timeline
from .delivery import film_path, finished
from .soundtrack import mixed, soundtrack

if TYPE_CHECKING:
    from ..render.cut.release import Chapter
    from .production import Production

LOUDNESS = (-16, -14, -23)
"""LUFS: the film's own; of streaming sites for music; of European broadcasting (EBU R 128)."""
CEILING_DBTP = -1.5
"""That no true peak is above."""


@dataclass(frozen=True)
class Released:
    """What was written, and the loudness and true peak measured on its sound (None: silence)."""

    paths: tuple[Path, ...]
    poster: Path
    lufs: float | None
    true_peak: float


def write_releases(
    production: Production,
    names: Sequence[str],
    loudness: int = LOUDNESS[0],
    artist: str = "",
    aspect: str = "",
) -> Released:
    """Write ``out/film-<name>`` for each preset, and ``out/poster.jpg``. A file is replaced only whole.

    In another ``aspect`` than the film's (``"9:16"``) its takes are re-framed by workers and cut anew; the
    files are then named ``film-<name>-9x16`` and ``poster-9x16``. The film itself stays as it is.

    Raises ``UnknownName`` for a preset that there is none of, ``BadInput`` for another loudness, where an
    encoder is missing or where the film is not finished, ``Locked`` while somebody else is at work on it:
    all of it before anything is written.
    """
    from ..render.cut.release import PRESETS, check_encoder

    project = production.project
    for name in names:
        if name not in PRESETS:
            raise UnknownName("preset", name, list(PRESETS))
        check_encoder(name)
    if loudness not in LOUDNESS:
        raise BadInput(f"--loudness {loudness}: give one of {', '.join(map(str, LOUDNESS))} (LUFS).")
    with project.lock(), production.one_planner():
        return _written(production, tuple(dict.fromkeys(names)), loudness, artist, aspect)


def _written(
    production: Production, names: Sequence[str], loudness: int, artist: str, aspect: str
) -> Released:
    """``write_releases``, all of it asked for rightly. Needs the lock: its scratch files have fixed names."""
    from ..render.cut.release import PRESETS, poster, preview, release

    project, film = production.project, production.film
    if film.story is None or not film.shots or not finished(project, plan := production.plan()):
        raise BadInput("The film is not finished. Run `photoplay render` first; nothing was written.")
    laid, source, work = timeline(film), film_path(project), project.work
    project.files.make_folder(work)
    sound, shape = work / "release.wav", ""
    size = (film.settings.width, film.settings.height)
    if aspect and not is_aspect(*size, name := read_aspect(aspect)):
        from .reframed import cut_anew

        shape = "-" + name.replace(":", "x")
        source = cut_anew(production, laid, size_of(name, short_of(*size)), work / "release-film.mp4")
    paths: list[Path] = []
    named = {"title": film.story.title, "artist": artist, "comment": "Made with Photoplay."}
    try:
        heard = mixed(soundtrack(project, plan, laid), sound, float(loudness))
        for name in names:
            suffix = PRESETS[name].suffix
            part, path = work / f"release{suffix}", project.out / f"film-{name}{shape}{suffix}"
            production.tell("deliver", name)
            if name == "preview":
                preview(source, part, _shots(film, laid))
            else:
                release(source, sound, part, name, chapters(film, laid), named)
            project.files.replace(part, path)
            paths.append(path)
        still = project.out / f"poster{shape}.jpg"
        project.files.write(still, poster(source, _still(film, laid)))
    except OSError as error:
        raise plain_error(error, project.out) from error
    finally:
        for left in (sound, *work.glob("release*.m*"), *work.glob("release.webp")):
            project.files.remove(left)
    return Released(tuple(paths), still, heard.lufs, heard.true_peak)


def chapters(film: Film, laid: Timeline) -> list[Chapter]:
    """One for each scene, over the whole film: cards belong to the scene that is next to them."""
    from ..render.cut.release import Chapter

    assert film.story is not None
    places = {place.id: place.name for place in film.story.places}
    titles = {scene.id: scene.title or places.get(scene.place, "") for scene in film.story.scenes}
    scene_of = {shot.id: shot.scene for shot in film.shots}
    starts: list[tuple[int, str]] = []
    before = None
    for clip in laid.clips:
        scene = scene_of.get(clip.item)
        if scene is not None and scene != before:
            starts.append((clip.start if starts else 0, titles[scene] or f"Scene {len(starts) + 1}"))
            before = scene
    stops = [start for start, _ in starts[1:]] + [laid.frames]
    return [Chapter(start, stop, title) for (start, title), stop in zip(starts, stops, strict=True)]


def _shots(film: Film, laid: Timeline) -> list[tuple[int, int]]:
    return [(clip.start, clip.start + clip.frames) for clip in laid.clips if not clip.is_card]


def _still(film: Film, laid: Timeline) -> int:
    """The frame of the poster: the middle of the longest shot, the first of them."""
    first, stop = max(_shots(film, laid), key=lambda shot: (shot[1] - shot[0], -shot[0]))
    return (first + stop) // 2
