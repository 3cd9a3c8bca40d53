"""The soundtrack: everything that is heard in a film, where it lies, and its mix and stems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..memory.files import plain_error
from ..memory.project import Project
from ..memory.store import TakeStore
from ..memory.tracks import TrackBook
from ..render.plan import Plan, used_takes
from ..render.sounds import own_sound, sound_node
from ..storyboard.errors import Damaged
from ..storyboard.film import Film
from ..storyboard.soundscape import Soundscape, soundscape
from ..storyboard.timeline import Clip, Timeline
from .cutting_room import Heard, Media, media, sound_key

if TYPE_CHECKING:
    from ..render.sound.mix import MixReport, Sound

BYTES_A_SAMPLE = 4
"""Of the mix on the disk: two channels of 16 bits."""
_OF_A_TAKE = frozenset({"conform", "grade", "reframe", "upscale"})
"""Requests whose frames are those of the take that they read: its sound is theirs."""


@dataclass(frozen=True)
class Soundtrack:
    """What is mixed, for so many ``samples``, and ``key``, the digest of all of it."""

    lines: tuple[tuple[Media, int], ...]
    """Each with its first sample."""
    score: Media
    sounds: tuple[Sound, ...]
    samples: int
    key: str
    notices: tuple[str, ...] = ()


def spoken_and_scored(plan: Plan) -> tuple[dict[str, str], str]:
    """Key of each line's take by line id, and of the score."""
    lines = {n.item: n.key for n in plan.nodes if n.request.kind == "speak"}
    return lines, plan.node("score").key


def placed_key(film: Film, plan: Plan, laid: Timeline) -> dict[str, Any]:
    """What a cut's key holds of ambience, effects and takes' own sound; empty where there is none."""
    scape = soundscape(film, laid)
    kept = [shot.id for shot in film.shots if shot.take_sound == "keep"]
    if not kept and not scape.wanted:
        return {}
    made = [_source(film, plan, name, variant) for name, variant, _ in scape.wanted]
    return {"sounds": {"placed": scape.model_dump(mode="json"), "made": made, "kept": kept}}


def soundtrack(project: Project, plan: Plan, laid: Timeline) -> Soundtrack:
    """Everything that is heard. Raises ``Damaged`` where a sound is gone or is not as it was."""
    from ..render.sound.mix import samples_of

    takes, score = spoken_and_scored(plan)
    spoken = tuple(
        (media(project.store, takes[cue.line], "sound"), samples_of(cue.start, laid.rate))
        for cue in laid.cues
    )
    music = media(project.store, score, "sound")
    samples = samples_of(laid.frames, laid.rate)
    told: list[str] = []
    placed = [*_placed(project, plan, laid), *_of_takes(project, plan, laid, told)]
    key = sound_key(
        [(line.sha256, start) for line, start in spoken],
        music.sha256,
        samples,
        [[sha256, *_places(sound)] for sound, sha256 in placed],
    )
    return Soundtrack(spoken, music, tuple(sound for sound, _ in placed), samples, key, tuple(told))


def mixed(track: Soundtrack, out: Path, lufs: float | None = None) -> MixReport:
    """The mix, written to the WAV ``out`` at ``lufs`` (None: the film's own).

    Raises where a sound is damaged, or the disk refuses.
    """
    from ..render.sound.mix import TARGET_LUFS, Placed, mix

    lines = [Placed(line.path, start) for line, start in track.lines]
    target = TARGET_LUFS if lufs is None else lufs
    try:
        return mix(lines, track.score.path, track.samples, out, target_lufs=target, sounds=track.sounds)
    except OSError as error:
        raise plain_error(error, out, track.samples * BYTES_A_SAMPLE) from error


def heard(track: Soundtrack, out: Path) -> Heard:
    """The film's sound, mixed to ``out``, and what a person should know of the mix. Raises as ``mixed``.

    What is said of the track itself (``Soundtrack.notices``) is none of it: another film may have this mix.
    """
    found = mixed(track, out)
    return Heard(out, found.lufs, tuple(_notices(found)))


def stems(track: Soundtrack, folder: Path, work: Path) -> tuple[tuple[Path, ...], MixReport]:
    """The stems and their sum, written to ``folder`` (``sound/mix.py``), and the mix they belong to.

    ``work`` is for the mix itself, whose gain they have. Raises as ``mixed``.
    """
    from ..render.sound.mix import Placed, write_stems

    found = mixed(track, work)
    lines = [Placed(line.path, start) for line, start in track.lines]
    try:
        paths = write_stems(
            lines, track.score.path, track.samples, folder, found.gain_db, sounds=track.sounds
        )
    except OSError as error:
        raise plain_error(error, folder, track.samples * BYTES_A_SAMPLE * 10) from error
    return paths, found


def told_sounds(film: Film, laid: Timeline) -> dict[str, Any]:
    """What ``report.json`` says of ambience and effects: names, in how many shots, which are one's own."""
    scape = soundscape(film, laid)
    names = sorted({name for name, _, _ in scape.wanted})
    return {
        "effects": film.settings.effects,
        "ambience": sorted({bed.name for bed in scape.beds}),
        "sounds": sorted({cue.name for cue in scape.effects}),
        "shots_with_an_effect": len({cue.shot for cue in scape.effects}),
        "shots_with_ambience": sum(1 for clip in laid.clips if not clip.is_card and _lies_in(clip, scape)),
        "your_own": sorted({own for name in names if (own := own_sound(film, name)[0])}),
        "sound_of_takes": [shot.id for shot in film.shots if shot.take_sound == "keep"],
    }


def _lies_in(clip: Clip, scape: Soundscape) -> bool:
    middle = clip.start + clip.frames // 2
    return any(bed.start <= middle < bed.stop for bed in scape.beds)


def _notices(found: MixReport) -> Iterator[str]:
    """What a person should know about the mix."""
    for path in found.cut_short:
        yield f"{path.parent.name[:8]}: a line is cut off by the film's end"
    if found.score_missing:
        yield f"the music ends {found.score_missing / 48_000:.2f} s before the film"


def _source(film: Film, plan: Plan, name: str, variant: int) -> str:
    """Digest of a sound of one's own, or key of the take: what is heard by that name."""
    return own_sound(film, name)[1] or plan.node(sound_node(name, variant)).key


def _placed(project: Project, plan: Plan, laid: Timeline) -> Iterator[tuple[Sound, str]]:
    """Beds and effects of the film, each with the digest of its bytes."""
    from ..render.sound.mix import Sound, samples_of

    film, rate = project.film, laid.rate
    scape, found = soundscape(project.film, laid), _found(project, plan, soundscape(film, laid))
    for bed in scape.beds:
        one = found[bed.name, 0]
        start, stop, rise, fall = (samples_of(n, rate) for n in (bed.start, bed.stop, bed.rise, bed.fall))
        yield Sound(one.path, start, stop, bed.level, bed=True, rise=rise, fall=fall), one.sha256
    for cue in scape.effects:
        one = found[cue.name, cue.variant]
        start, stop = samples_of(cue.start, rate), samples_of(cue.stop, rate)
        yield Sound(one.path, start, stop, cue.level, pan=cue.pan), one.sha256


def _found(project: Project, plan: Plan, scape: Soundscape) -> Mapping[tuple[str, int], Media]:
    """Where each wanted sound lies: in the film's own folder of sounds, or as a take."""
    book = TrackBook(project.folder, project.files)
    found: dict[tuple[str, int], Media] = {}
    for name, variant, _ in scape.wanted:
        own, digest = own_sound(project.film, name)
        if digest:
            found[name, variant] = _own(book, own, digest)
        else:
            found[name, variant] = media(project.store, plan.node(sound_node(name, variant)).key, "sound")
    return found


def _own(book: TrackBook, own: str, digest: str) -> Media:
    try:
        record, path = book.get(digest), book.path(digest)  # raises where there is none
    except Damaged:
        raise Damaged(
            f"Your own sound {own!r} is gone from this film's folder, or is not as it was added. Bring it "
            f"again (photoplay sounds DIR SOUNDS) or let it go (--forget {own}). All takes are kept."
        ) from None
    assert record is not None
    return Media(path, record.sha256)


# -- the sound of takes ---------------------------------------------------------------------------------


def _of_takes(project: Project, plan: Plan, laid: Timeline, told: list[str]) -> Iterator[tuple[Sound, str]]:
    """The sound that a video model made with a shot, where it is kept; what has none is ``told``."""
    from ..render.sound.mix import Sound, samples_of

    kept = {shot.id for shot in project.film.shots if shot.take_sound == "keep"}
    used = used_takes(project.film, plan, project.store.has) if kept else {}
    edge = samples_of(1, laid.rate)
    for clip in laid.clips:
        key = used[clip.item][1] if clip.item in kept else None
        if key is None:
            continue
        own = _sound_of(project.store, key)
        if own is None:
            told.append(f"{clip.item}: the sound of its take is to be heard, and the take has none")
            continue
        one, since = own
        start, stop = samples_of(clip.start, laid.rate), samples_of(clip.start + clip.frames, laid.rate)
        begins = samples_of(since + clip.source, laid.rate)
        yield Sound(one.path, start, stop, None, rise=edge, fall=edge, since=begins), one.sha256


def _sound_of(store: TakeStore, key: str) -> tuple[Media, int] | None:
    """The sound of a take, or of the one that its frames are those of, and the frame at which it begins."""
    since = 0
    for _ in range(8):
        record = store.record(key)
        if record is None:
            return None
        if "sound" in record.parts:
            return media(store, key, "sound"), since
        read: Any = record.request.get("take")
        if record.request.get("kind") not in _OF_A_TAKE or not isinstance(read, dict):
            return None
        start = record.request.get("start", 0)
        since += start if isinstance(start, int) else 0
        key = str(read.get("key", ""))
    raise Damaged("A take is said to be made of itself. Make the shot again.")


def _places(sound: Sound) -> list[Any]:
    return [
        sound.start, sound.stop, sound.level, sound.bed, sound.rise, sound.fall, sound.pan, sound.since,
    ]  # fmt: skip
