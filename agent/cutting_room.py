"""The cutting room: what a cut makes besides takes, and what of it the next cut can use again.

A dissolve between two takes that are the same is the same dissolve; a mix of the same lines at the same
places over the same score is the same mix. Each is kept under a digest of all that made it, bits and not
names, so that a film cut with what is kept equals one cut from nothing, byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..memory.cut_parts import CutParts
from ..memory.project import Project
from ..memory.store import TakeStore
from ..render.cut.report import CutReport, Optical
from ..render.requests import Raster
from ..storyboard.schema import digest
from ..storyboard.subtitles import MOST_COLUMNS, line_columns
from ..storyboard.timeline import Subtitle, Timeline
from ..storyboard.vocabulary import MIXED, Opening

PARTS = "cut"
"""The folder of a film in which they lie."""
OPTICAL_RECIPE = 1
"""Raised by hand when equal takes come to be composed into other pixels."""
MIX_RECIPE = 1
"""Raised by hand when equal lines and music come to be mixed or encoded into another sound."""
LAID_RECIPE = 2
"""Raised by hand when effects and ambience that lie equally come to be mixed into another sound."""
TRACK = "sound.mp4"


@dataclass(frozen=True)
class Media:
    """A part of a take: where it lies, and the digest of its bytes."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class Heard:
    """A film's sound, ready to be copied: ``track``, its loudness, and what a person should know of it."""

    track: Path
    lufs: float | None
    notices: tuple[str, ...]


def media(store: TakeStore, key: str, part: str) -> Media:
    """The part of a take. Raises ``Damaged`` where there is none."""
    path, said = store.part(key, part)
    return Media(path, said.sha256)


class CuttingRoom:
    """For one cut of ``laid`` from ``pictures`` by item, with a mix of ``sound_key`` and ``burnt`` text."""

    def __init__(
        self,
        project: Project,
        laid: Timeline,
        pictures: Mapping[str, Media],
        raster: Raster,
        sound_key: str,
        burnt: Sequence[Subtitle] = (),
    ) -> None:
        self._parts = CutParts(project.folder / PARTS, project.files)
        self._keys = [_optical_key(laid, n, pictures, raster, burnt) for n in range(len(laid.clips))]
        self._sound_key = sound_key
        self._composed: set[str] = set()

    def sound(self) -> Heard | None:
        """The mix as an earlier cut encoded it; None where it is to be mixed."""
        kept = self._parts.find(self._sound_key)
        if kept is None or TRACK not in kept.files:
            return None
        lufs: Any = kept.notes.get("lufs")
        told: Any = kept.notes.get("notices", [])
        return Heard(kept.files[TRACK], lufs, tuple(map(str, told)))

    def opticals(self) -> list[Optical]:
        """Dissolves and fades of this timeline that an earlier cut composed."""
        found: list[Optical] = []
        for number, key in enumerate(self._keys):
            kept = self._parts.find(key)
            spans: Any = kept.notes.get("spans", []) if kept else []
            for start, stop, told in spans:
                path = kept.files.get(_name(start, stop)) if kept else None
                if path is not None:
                    self._composed.add(key)
                    found.append(Optical(number, start, stop, path, tuple(told)))
        return found

    def keep(self, report: CutReport, lufs: float | None, notices: Sequence[str]) -> None:
        """Keep what a cut composed and encoded anew. Raises ``ProjectError`` where the disk refuses."""
        if report.track is not None:
            notes: dict[str, Any] = {"lufs": lufs, "notices": list(notices)}
            self._parts.keep(self._sound_key, {TRACK: report.track}, notes)
        made: dict[str, list[Optical]] = {}
        for optical in report.opticals:
            made.setdefault(self._keys[optical.number], []).append(optical)
        for key, opticals in made.items():
            files = {_name(o.start, o.stop): o.path for o in opticals}
            spans: list[Any] = [[o.start, o.stop, list(o.notices)] for o in opticals]
            self._parts.keep(key, files, {"spans": spans})

    def keys(self, report: CutReport) -> list[str]:
        """Under what the parts of this cut are kept."""
        composed = {self._keys[optical.number] for optical in report.opticals}
        return sorted({*self._composed, *composed, self._sound_key})

    def let_go(self, wanted: Collection[str]) -> None:
        """Remove what earlier cuts kept, but for ``wanted``."""
        self._parts.let_go(wanted)


def sound_key(
    lines: Sequence[tuple[str, int]], score: str, samples: int, sounds: Sequence[Sequence[Any]] = ()
) -> str:
    """Digest of all that makes a mix: (digest, first sample) of each line, the score's, and the length;
    and of each other sound its digest and all that is said of how it lies."""
    placed = sorted(((start, sha256) for sha256, start in lines))
    more = {"sounds": sorted((list(one) for one in sounds), key=str), "laid": LAID_RECIPE} if sounds else {}
    return digest({"recipe": MIX_RECIPE, "lines": placed, "score": score, "samples": samples, **more})


def _optical_key(
    laid: Timeline, number: int, pictures: Mapping[str, Media], raster: Raster, burnt: Sequence[Subtitle]
) -> str:
    """Digest of all that makes the frames of a clip that are not its take's own."""
    clip = laid.clips[number]
    after = laid.clips[number + 1] if number + 1 < len(laid.clips) else None
    before = laid.clips[number - 1] if number and clip.opens in MIXED else None
    most = line_columns(raster.width, raster.height)  # by which narrow frames letter text larger
    drawn = [
        [max(0, s.start - clip.start), min(clip.frames, s.stop - clip.start), s.text]
        for s in burnt
        if s.start < clip.start + clip.frames and s.stop > clip.start
    ]
    names = [
        {**t.model_dump(mode="json"), "start": t.start - clip.start}
        for t in laid.thirds
        if t.start < clip.start + clip.frames and t.start + t.frames > clip.start
    ]
    return digest(
        {
            **({"burnt": drawn} if drawn else {}),
            **({"columns": most} if drawn and most != MOST_COLUMNS else {}),
            **({"thirds": names} if names else {}),
            **({"wipe": clip.wipe} if clip.opens is Opening.wipe else {}),
            "recipe": OPTICAL_RECIPE,
            "take": pictures[clip.item].sha256,
            "frames": clip.frames,
            **({"source": clip.source} if clip.source else {}),
            "opens": clip.opens,
            "overlap": clip.overlap,
            "before": [pictures[before.item].sha256, before.source + before.frames]
            if before and clip.overlap
            else None,
            "fade_out": after.overlap if after and after.opens is Opening.fade else 0,
            "item": clip.item,
            "told": before.item if before else "",
            "rate": [laid.rate.num, laid.rate.den],
            "raster": raster.model_dump(mode="json"),
        }
    )


def _name(start: int, stop: int) -> str:
    return f"{start}-{stop}.mp4"
