"""The reel: the cut with the media that it is made of, laid out for whoever writes it down for an editor.

Plain data, the same for every form. Frames are of the film's rate; media are files inside the film's
folder, only to be named and read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from ...memory.store import TakeRecord, TakeStore
from ...render.plan import Plan, raster_of
from ...render.requests import Raster
from ...storyboard.errors import BadInput, Damaged
from ...storyboard.film import Card, Film, Shot
from ...storyboard.rate import Rate
from ...storyboard.timeline import Clip, Cue, Timeline, items, timeline
from ...storyboard.vocabulary import Opening
from ..production import Production


@dataclass(frozen=True)
class Media:
    """A take as a file: ``frames`` from its first, of which the cut uses fewer (the rest are handles)."""

    item: str
    key: str
    path: Path
    frames: int
    seed: int | None = None
    renderer: str = ""

    @property
    def name(self) -> str:
        """A name that no other take has: ``s04-1b2c3d4e5f60.mp4``."""
        return f"{self.item}-{self.key[:12]}{self.path.suffix}"


@dataclass(frozen=True)
class Seen:
    """A clip of the picture. ``media`` is None where there is no take yet."""

    clip: Clip
    media: Media | None
    alternates: tuple[Media, ...]
    """Other takes of the shot of the film's size and rate, the key decides their order."""
    fade_out: int
    """So many of its last frames darken, for the fade that follows."""
    shot: Shot | None
    """None for a card."""
    title: str
    """What happens in it, or what stands on the card."""
    stale: bool = False
    """Whether the take is an earlier one, to be made again."""


@dataclass(frozen=True)
class Said:
    """A line where it is heard. ``media`` is None where it was not spoken yet."""

    cue: Cue
    start: int
    frames: int
    """Within the film."""
    media: Media | None
    who: str
    words: str


@dataclass(frozen=True)
class Reel:
    """The whole cut."""

    film: Film
    laid: Timeline
    raster: Raster
    seen: tuple[Seen, ...]
    voices: tuple[tuple[Said, ...], ...]
    """Lines on as many tracks as they need not to overlap."""
    score: Media | None
    scenes: tuple[tuple[int, str, str], ...]
    """Where scenes begin: frame, id and title."""
    folder: Path
    """The film's folder."""

    @property
    def rate(self) -> Rate:
        """Of the film."""
        return self.laid.rate

    @property
    def title(self) -> str:
        """Of the film."""
        assert self.film.story is not None
        return self.film.story.title

    def offline(self) -> list[str]:
        """What is on the reel without media, in words; empty where all is made."""
        pictures = [one.clip.item for one in self.seen if one.media is None]
        sounds = [one.cue.line for track in self.voices for one in track if one.media is None]
        told = [f"there is no take yet of {listed(pictures)}"] if pictures else []
        told += [f"not spoken yet: {listed(sounds)}"] if sounds else []
        return told + (["the music is not composed yet"] if self.score is None else [])

    def earlier(self) -> list[str]:
        """What shows an earlier take, in words; empty where nothing waits to be made again."""
        stale = [one.clip.item for one in self.seen if one.stale]
        return [f"an earlier take, to be made again, is shown of {listed(stale)}"] if stale else []

    def address(self, media: Media, beside: Path) -> str:
        """The URL of a take, for a file that lies in the folder ``beside``: relative within the film's
        folder (the folder may be moved), absolute outside of it."""
        there = Path(os.path.realpath(beside))
        if there.is_relative_to(self.folder):
            way = os.path.relpath(media.path, there)
            return quote(PurePosixPath(*Path(way).parts).as_posix())
        return media.path.as_uri()


def reel_of(production: Production) -> Reel:
    """The cut as it is now. Raises ``BadInput`` where there are no shots yet."""
    film, store = production.film, production.project.store
    laid = timeline(film)
    with production.one_planner():
        plan, used = production.plan(), production.takes()
    others = _others(film, store, plan)
    cards = {card.id: card for card in items(film) if isinstance(card, Card)}
    shots = {shot.id: shot for shot in film.shots}
    seen: list[Seen] = []
    for number, clip in enumerate(laid.clips):
        after = laid.clips[number + 1] if number + 1 < len(laid.clips) else None
        state, key = used[clip.item]
        shot = shots.get(clip.item)
        seen.append(
            Seen(
                clip=clip,
                media=None if key is None else _media(store, clip.item, key, "picture"),
                alternates=tuple(m for m in others.get(clip.item, ()) if m.key != key),
                fade_out=after.overlap if after and after.opens is Opening.fade else 0,
                shot=shot,
                title=shot.event.sentence if shot else cards[clip.item].heading,
                stale=state == "stale",
            )
        )
    return Reel(
        film=film,
        laid=laid,
        raster=raster_of(film),
        seen=tuple(seen),
        voices=_voices(film, laid, store, plan),
        score=_sound(store, plan.node("score").key, "score", laid.frames),
        scenes=tuple(_scenes(film, laid)),
        folder=production.project.folder,
    )


def listed(names: list[str], most: int = 6) -> str:
    """``s01, s02 and 7 more``."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _media(store: TakeStore, item: str, key: str, part: str, frames: int = 0) -> Media:
    """A committed take as media. Raises ``Damaged`` where its record cannot be read."""
    record = store.record(key)
    path = store.path(key, part)
    assert record is not None
    return Media(
        item, key, path, record.frames or frames, _seed(record), str(record.renderer.get("name", ""))
    )


def _seed(record: TakeRecord) -> int | None:
    seed = record.request.get("seed")
    return seed if isinstance(seed, int) else None


def _sound(store: TakeStore, key: str, item: str, frames: int) -> Media | None:
    return _media(store, item, key, "sound", frames) if store.has(key) else None


def _voices(film: Film, laid: Timeline, store: TakeStore, plan: Plan) -> tuple[tuple[Said, ...], ...]:
    """Every line, on the first track that is free where it begins."""
    keys = {node.item: node.key for node in plan.nodes if node.request.kind == "speak"}
    lines = {line.id: line for shot in film.shots for line in shot.lines}
    tracks: list[list[Said]] = []
    for cue in sorted(laid.cues, key=lambda cue: cue.start):
        frames = min(cue.frames, laid.frames - cue.start)
        if frames < 1:
            continue
        line = lines[cue.line]
        who = film.characters[line.speaker].name if line.speaker else "Narrator"
        media = _sound(store, keys[cue.line], cue.line, cue.frames)
        said = Said(cue, cue.start, frames, media, who, line.words)
        free = next((t for t in tracks if t[-1].start + t[-1].frames <= cue.start), None)
        if free is None:
            tracks.append([said])
        else:
            free.append(said)
    return tuple(map(tuple, tracks))


def _scenes(film: Film, laid: Timeline) -> list[tuple[int, str, str]]:
    scene_of = {shot.id: shot.scene for shot in film.shots}
    found: list[tuple[int, str, str]] = []
    for clip in laid.clips:
        scene = scene_of.get(clip.item)
        if scene is not None and (not found or found[-1][1] != scene):
            found.append((clip.start, scene, film.scenes[scene].title or scene))
    return found


def _others(film: Film, store: TakeStore, plan: Plan) -> Mapping[str, list[Media]]:
    """All takes of every item of the film's size and rate, by item, in the order of their keys."""
    raster, rate = raster_of(film), film.settings.rate
    steps = {node.key for node in plan.nodes} - {plan.by_id[shown].key for shown in plan.shown.values()}
    found: dict[str, list[Media]] = {}
    for key in store.keys():  # noqa: SIM118  a store is no dictionary
        try:
            record = store.record(key)
        except Damaged:
            continue  # is no choice for an editor
        if record is None or key in steps or record.item not in plan.shown:
            continue
        size = (record.width, record.height)
        if size != (raster.width, raster.height) or record.rate != rate or record.frames < 2:
            continue
        part = record.parts.get("picture")
        if part is not None and part.file.endswith(".mp4"):
            found.setdefault(record.item, []).append(_media(store, record.item, key, "picture"))
    return found


def need_media(reel: Reel, form: str) -> None:
    """Raises ``BadInput`` where a form cannot do without media and some are missing."""
    if told := reel.offline():
        raise BadInput(f"{form} needs everything made, and this is not ({told[0]}). Run `photoplay render`.")
