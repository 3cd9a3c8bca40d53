"""Delivery: the chosen takes, the spoken lines and the music become ``out/``.

``out/cut.json`` records what the film was cut from. An equal cut is not made again; a kill in the
midst leaves the film before, or none, never half of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..memory.files import plain_error
from ..memory.project import Project
from ..memory.store import TakeRecord, file_digest
from ..render.makers import licence_of
from ..render.plan import Plan, raster_of, used_takes
from ..storyboard.errors import ProjectError, RenderError
from ..storyboard.grammar import grammar_notes
from ..storyboard.lower_third import unseen
from ..storyboard.schema import digest
from ..storyboard.subtitle_rules import breaches
from ..storyboard.subtitles import MOST_COLUMNS, line_columns, subtitles
from ..storyboard.timeline import Subtitle, Timeline, timeline
from .accounts import summary_of
from .cutting_room import PARTS, CuttingRoom, media
from .filming import drawn_as_labels
from .lab import graded
from .manifest import write_manifest
from .provenance import Sign
from .soundtrack import heard, placed_key, soundtrack, spoken_and_scored, told_sounds

if TYPE_CHECKING:
    from ..render.cut.report import CutReport

CUT_RECIPE = 1
"""Raised by hand when an equal timeline comes to be cut into other bytes."""
RECORD = "cut.json"
CAPTIONS = ("film.srt", "film.vtt", "film.ass")
"""Of ``out/``, beside the film; without the last where nothing is said, without any where they are off."""
MIXING = "voice and music"


@dataclass(frozen=True)
class Delivered:
    """What was delivered. ``frames`` is the film's exact length."""

    film: Path
    frames: int
    copied_frames: int
    composed_frames: int
    """Dissolves and fades, and what else is no copy of a take: ``composed_now`` were composed in this cut,
    the others by an earlier one."""
    composed_now: int
    mixed: bool
    """Whether the sound was mixed anew: not where nothing audible had changed."""
    lufs: float | None
    notices: tuple[str, ...]


def _sources(project: Project, plan: Plan) -> dict[str, str]:
    """Key of the take of each item, graded where the film is. Raises ``RenderError`` where one is missing."""
    used = used_takes(project.film, plan, project.store.has)
    missing = [item for item, (_, key) in used.items() if key is None]
    if missing:
        raise RenderError(
            f"The film cannot be cut: {', '.join(missing[:8])} have no take yet. Run `photoplay render`."
        )
    return graded(project, {item: key for item, (_, key) in used.items() if key is not None})


def _cut_key(project: Project, plan: Plan, laid: Timeline, takes: Mapping[str, str]) -> str:
    film = project.film
    assert film.story is not None
    lines, score = spoken_and_scored(plan)
    most = line_columns(film.settings.width, film.settings.height)
    return digest(
        {
            **({} if film.settings.subtitles == "soft" else {"way": film.settings.subtitles}),
            **({} if most == MOST_COLUMNS else {"columns": most}),
            "recipe": CUT_RECIPE,
            "timeline": laid.model_dump(mode="json"),
            "takes": takes,
            "lines": lines,
            "score": score,
            **placed_key(film, plan, laid),
            "title": film.story.title,
            "language": film.story.language,
            "raster": raster_of(film).model_dump(),
            "subtitles": [s.model_dump(mode="json") for s in subtitles(film)],
        }
    )


def _record(project: Project) -> dict[str, Any]:
    try:
        found = json.loads((project.out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def film_path(project: Project) -> Path:
    """Where the finished film is or will be."""
    return project.out / "film.mp4"


def finished(project: Project, plan: Plan) -> bool:
    """True where ``out/`` holds the film of exactly these takes and words, whole."""
    record = _record(project)
    path = film_path(project)
    key = _cut_key(project, plan, timeline(project.film), _sources(project, plan))
    signed = bool(record.get("signed", False)) == project.film.settings.credentials
    if record.get("key") != key or not signed or not path.is_file():
        return False
    return path.stat().st_size == record.get("size") and file_digest(path) == record.get("sha256")


def cut(
    project: Project,
    plan: Plan,
    tell: Callable[[str, str], None],
    assemble: Callable[..., CutReport] | None = None,
    sign: Sign | None = None,
) -> Delivered:
    """Mix and assemble the film. Afterwards ``out/`` holds film.mp4, its subtitles and the records.

    What the cut before composed and mixed is used again where all that it was made of is the same; what
    this one makes is kept in ``cut/`` for the next. ``assemble`` is who does it (None: ``assemble_aside``);
    ``sign`` signs the whole film, before it is recorded.
    """
    from ..render.cut.aside import assemble_aside

    film = project.film
    assert film.story is not None
    laid = timeline(film)
    takes = _sources(project, plan)
    key = _cut_key(project, plan, laid, takes)
    files, scratch = project.files, project.work / "cut"
    for folder in (project.out, project.work, scratch, project.folder / PARTS):
        files.make_folder(folder)
    pictures = {item: media(project.store, take, "picture") for item, take in takes.items()}
    track = soundtrack(project, plan, laid)
    way = film.settings.subtitles
    said = [] if way == "off" else subtitles(film)
    burnt = said if way == "burnt" else []
    room = CuttingRoom(project, laid, pictures, raster_of(film), track.key, burnt)
    known = room.sound()
    tell("mix", MIXING if known is None else f"{MIXING}, as they were")
    sound = project.work / "mix.wav"
    heard_now = heard(track, sound) if known is None else known
    captions = _captions(project, said, laid, scratch)
    tell("cut", f"{len(laid.clips)} clips")
    report = (assemble or assemble_aside)(
        laid,
        {item: picture.path for item, picture in pictures.items()},
        sound if known is None else None,
        captions if way == "soft" else None,
        film_path(project),
        project.work,
        raster_of(film),
        title=film.story.title,
        language=film.story.language,
        opticals=room.opticals(),
        track=known.track if known else None,
        keep=scratch,
        burnt=burnt,
    )
    for name in CAPTIONS:
        if (scratch / name).exists():
            files.replace(scratch / name, project.out / name)
        else:
            files.remove(project.out / name)
    delivered = Delivered(
        film=report.path,
        frames=report.frames,
        copied_frames=report.copied_frames,
        composed_frames=report.composed_frames,
        composed_now=sum(optical.stop - optical.start for optical in report.opticals),
        mixed=known is None,
        lufs=heard_now.lufs,
        notices=(*report.notices, *unseen(film), *heard_now.notices, *track.notices),
    )
    plain = file_digest(report.path)
    if sign is not None:
        tell("sign", "content credentials")
        sign(project, plan, report.path)
    _write_report(project, plan, delivered)
    before, parts = _record(project).get("parts"), room.keys(report)
    record = {
        "key": key,
        "size": report.path.stat().st_size,
        "sha256": plain if sign is None else file_digest(report.path),
        "parts": parts,
        "signed": sign is not None,
    }
    write_manifest(project, plan, plain, delivered.frames, sign is not None)
    files.write(project.out / RECORD, json.dumps(record).encode())
    try:
        room.keep(report, heard_now.lufs, heard_now.notices)
        room.let_go({*parts, *(map(str, before) if isinstance(before, list) else ())})
    except ProjectError as error:
        tell("notice", f"The film is finished; what the next cut could have used again was not kept. {error}")
    files.remove(sound)
    files.remove(scratch)
    return delivered


def _captions(project: Project, said: Sequence[Subtitle], laid: Timeline, folder: Path) -> Path | None:
    """The files of subtitles, written to ``folder``; the SubRip one, or None where nothing is shown."""
    from ..render.cut.captions import ass_text, write_srt, write_vtt

    if project.film.settings.subtitles == "off":
        return None
    try:
        if said:
            size = (project.film.settings.width, project.film.settings.height)
            (folder / "film.ass").write_bytes(ass_text(said, laid.rate, size).encode())
        write_srt(folder / "film.srt", said, laid.rate)
        write_vtt(folder / "film.vtt", said, laid.rate)
    except OSError as error:
        raise plain_error(error, folder / "film.srt") from error
    return folder / "film.srt" if said else None


def _renderers(records: Sequence[TakeRecord]) -> list[dict[str, Any]]:
    """Who really made the takes, with the identity and the licence of their weights."""
    made = {digest(r): r for r in (record.renderer for record in records)}
    named = sorted(made.values(), key=lambda r: str(r.get("name")))
    return [{**r, "licence": licence_of(str(r.get("name")))} for r in named]


def _write_report(project: Project, plan: Plan, delivered: Delivered) -> None:
    """``out/report.json``: who really made what, and everything a person should know."""
    film = project.film
    assert film.story is not None
    unknown, named, names = drawn_as_labels(film)
    notices: list[dict[str, str]] = []
    records: list[TakeRecord] = []
    for node in plan.nodes:
        record = project.store.record(node.key)
        if record is not None:
            records.append(record)
            notices += [{"item": node.item, "kind": n.kind, "words": n.words} for n in record.notices]
    report = {
        "title": film.story.title,
        "frames": delivered.frames,
        "rate": str(film.settings.rate),
        "size": f"{film.settings.width}x{film.settings.height}",
        "writer": film.wrote.model_dump(mode="json") if film.wrote else None,
        "renderer": film.settings.renderer,
        "renderers": _renderers(records),
        "shots": len(film.shots),
        "footage": [
            {"shot": s.id, **s.plate.model_dump(mode="json")} for s in film.shots if s.plate is not None
        ],
        "scenes": len(film.story.scenes),
        "named_things": named,
        "drawn_as_labels": {"count": unknown, "names": names},
        "loudness_lufs": None if delivered.lufs is None else round(delivered.lufs, 2),
        "copied_frames": delivered.copied_frames,
        "composed_frames": delivered.composed_frames,
        "grammar": [n.model_dump(mode="json") for n in grammar_notes(film)],
        "cost": summary_of(project),
        "decisions": [d.model_dump(mode="json") for d in film.decisions.recorded],
        "notices": [*notices, *({"item": "cut", "kind": "cut", "words": w} for w in delivered.notices)],
    }
    report["sound"] = told_sounds(film, timeline(film))
    report["grade"] = {"look": film.settings.grade, "matched": film.settings.match}
    report["subtitles"] = film.settings.subtitles
    report["subtitle_rules_broken"] = [
        {"rule": b.rule, "frame": b.start, "words": b.words} for b in breaches(film, subtitles(film))
    ]
    text = json.dumps(report, ensure_ascii=False, indent=1)
    project.files.write(project.out / "report.json", text.encode())
