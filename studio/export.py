"""``photoplay export``: the film in a form that other programs read."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Film

if TYPE_CHECKING:
    from ..agent.interchange.reel import Reel
    from ..agent.production import Production

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]
_TO = (
    "otio, otioz, fcp7xml, edl, mlt, fountain, fdx, csv, pdf, srt, vtt or ass (by --out's suffix); or stems, "
    "a folder of WAV files."
)
STEMS = "stems"


@dataclass(frozen=True)
class Format:
    """A form that a film can be written in. ``left_out`` says what it does not hold.

    ``write`` takes the production, the open file and the folder that it will lie in, and gives back what a
    person should know besides.
    """

    suffix: str
    write: Callable[[Production, IO[bytes], Path], list[str]]
    left_out: str


def _fountain(film: Film) -> bytes:
    from ..storyboard.fountain import fountain_of

    if film.story is None or not film.shots:
        raise BadInput("The film has no shots yet, so there is no screenplay of it. Make it first.")
    return fountain_of(film).encode()


def _final_draft(film: Film) -> bytes:
    from ..agent.interchange.final_draft import final_draft_of

    return final_draft_of(film)


def _captions(form: str) -> Callable[[Film], bytes]:
    def written(film: Film) -> bytes:
        from ..agent.interchange import captions

        made: bytes = getattr(captions, f"{form}_of")(film)
        return made

    return written


def _words(of: Callable[[Film], bytes]) -> Callable[[Production, IO[bytes], Path], list[str]]:
    """A form that is a pure function of the film."""

    def write(production: Production, file: IO[bytes], beside: Path) -> list[str]:
        file.write(of(production.film))
        return []

    return write


def _cut(form: str) -> Callable[[Production, IO[bytes], Path], list[str]]:
    """A form of the cut with its media."""

    def write(production: Production, file: IO[bytes], beside: Path) -> list[str]:
        from ..agent.interchange import edl, mlt, otio, shot_list
        from ..agent.interchange.reel import reel_of

        writers: dict[str, Callable[[Reel, IO[bytes], Path], None]] = {
            "otio": otio.write_otio,
            "otioz": otio.write_otioz,
            "fcp7xml": otio.write_fcp7,
            "edl": edl.write_edl,
            "mlt": mlt.write_mlt,
            "csv": shot_list.write_shot_list,
        }
        reel = reel_of(production)
        writers[form](reel, file, beside)
        told = [f"{words[:1].upper()}{words[1:]}." for words in (*reel.offline(), *reel.earlier())]
        if form == "edl" and (events := edl.events_of(reel)) > edl.MOST_EVENTS:
            told.append(
                f"It has {events} events; CMX 3600 numbers {edl.MOST_EVENTS}, and some programs stop there."
            )
        return told + _not_carried(form, reel)

    return write


def _not_carried(form: str, reel: Reel) -> list[str]:
    """What of this cut the form has no word for."""
    from ..storyboard.vocabulary import Opening

    told = []
    settings = reel.film.settings
    graded = [f"the grade {settings.grade}"] if settings.grade else []
    graded += ["the matching of shots"] if settings.match else []
    if form != "csv" and graded:
        told.append(f"Not in it: {' and '.join(graded)}: takes are as they were made.")
    if form != "csv" and reel.laid.thirds:
        told.append(f"{len(reel.laid.thirds)} lower thirds are not in it: set them as titles in the editor.")
    turned = [
        s.clip.item for s in reel.seen if s.clip.opens is Opening.wipe and s.clip.wipe in ("left", "up")
    ]
    if form == "edl" and turned:
        told.append(
            f"Wipes to the left and upwards stand as their reverse, with a comment: {', '.join(turned)}."
        )
    return told


def _sheet(production: Production, file: IO[bytes], beside: Path) -> list[str]:
    """The storyboard sheet, which is drawn to ``out/`` as ``photoplay board`` does."""
    from ..agent.sheet import write_sheet

    file.write(write_sheet(production)[1].read_bytes())
    return []


_MIX = "the mix (ducked music, ambience, effects, loudness: lines and music are tracks as they were made)"
_CUT = "the storyboard"


def formats() -> dict[str, Format]:
    """Every form, by its name."""
    from ..storyboard.fountain import NOT_CARRIED

    subtitles = "who speaks, and everything that is not said"
    return {
        "otio": Format(".otio", _cut("otio"), f"{_MIX}, subtitles, {_CUT}"),
        "otioz": Format(".otioz", _cut("otioz"), f"{_MIX}, subtitles, {_CUT}"),
        "fcp7xml": Format(
            ".xml",
            _cut("fcp7xml"),
            f"{_MIX}, subtitles, {_CUT}, other takes, seeds and keys",
        ),
        "edl": Format(
            ".edl",
            _cut("edl"),
            f"sound, subtitles, {_CUT}, handles, other takes, seeds and keys, markers but scenes",
        ),
        "mlt": Format(".mlt", _cut("mlt"), f"{_MIX}, subtitles, {_CUT}, other takes, markers"),
        "fountain": Format(".fountain", _words(_fountain), NOT_CARRIED),
        "fdx": Format(".fdx", _words(_final_draft), NOT_CARRIED),
        "csv": Format(".csv", _cut("csv"), "pictures, sound, looks and voices of the cast"),
        "pdf": Format(
            ".pdf", _sheet, "pictures but one of each shot, cards, sound, looks and voices of the cast"
        ),
        "srt": Format(".srt", _words(_captions("srt")), subtitles),
        "vtt": Format(".vtt", _words(_captions("vtt")), subtitles),
        "ass": Format(".ass", _words(_captions("ass")), f"{subtitles}; times to a hundredth of a second"),
    }


def export(
    folder: Folder,
    to: Annotated[str | None, typer.Option(help=_TO)] = None,
    out: Annotated[Path | None, typer.Option(help="The file; else out/ in the film's folder.")] = None,
) -> None:
    """Write the film for other programs: a timeline for editors, a screenplay, a shot list, subtitles."""
    from ..agent.production import open_film

    path, told = write_as(open_film(folder), to, out)
    for line in told:
        typer.echo(line, err=True)
    typer.echo(path)


def write_as(production: Production, to: str | None, out: Path | None) -> tuple[Path, list[str]]:
    """Write a film in a form, to ``out`` or into its own folder; (where, what a person should know of it).

    Without ``to`` the form is that of ``out``'s suffix, else a screenplay. The file is replaced only whole.
    Raises ``UnknownName`` for a form that there is none of, ``BadInput`` where there is nothing to write yet
    or a package is missing.
    """
    from ..memory.files import plain_error
    from ..memory.slug import slug

    name = to or (named_by(out) if out is not None else "fountain")
    if name == STEMS:
        from ..agent.stems import write_stems_of

        return write_stems_of(production, out)
    if name not in formats():
        raise UnknownName("format", name, [*formats(), STEMS])
    form, project = formats()[name], production.project
    if project.film.story is None:
        raise BadInput("The film has no story yet, so there is nothing to write. Make it first.")
    if out is None:
        project.files.make_folder(project.out)
        path = project.out / (slug(project.film.story.title) + form.suffix)
        draft = path.with_name(path.name + ".part")
    else:
        path = out
        draft = path.with_name(f".{path.name}-{os.getpid()}-{time.monotonic_ns()}.part")
    try:
        if out is None:
            draft.unlink(missing_ok=True)  # what a killed process left, or a link that somebody put there
        with draft.open("xb") as file:
            told = form.write(production, file, path.parent)
            file.flush()
            os.fsync(file.fileno())
        if out is None:
            project.files.replace(draft, path)
        else:
            draft.replace(path)
    except OSError as error:
        raise plain_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return path, [f"Not in it: {form.left_out}.", *told]


def named_by(path: Path) -> str:
    """The form that a file's suffix means. Raises ``UnknownName``."""
    for name, form in formats().items():
        if form.suffix == path.suffix.lower():
            return name
    raise UnknownName("format", path.suffix or path.name, list(formats()))
