"""What a person does with footage: puts it into a shot, has a shot changed by words, or takes it out.

Each is one ordinary edit of the film, journalled, that undo takes back. The film is planned with it first, so
that what no renderer could make is said before anything is kept or changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from ..memory.files import plain_error
from ..memory.footage import FootageBook, FootageRecord
from ..memory.images import Pixels, encode_png, pixels_digest, read_image
from ..memory.project import Project
from ..memory.store import file_digest
from ..storyboard.edit_parts import first_fault
from ..storyboard.edits import SetPlate, apply
from ..storyboard.errors import BadInput
from ..storyboard.film import Shot
from ..storyboard.plate import Plate
from ..storyboard.schema import clean_text
from .references import Changed
from .steps import Steps

MOST_SIDE = 8192
"""Pixels along a side of a still."""
_SHORTEST = 6
"""Digits of a take's key that are enough to name it."""
_UNKNOWN = "0" * 64
"""Stands for the digest of a clip that is only looked at yet."""
_SHAPE_OFF = Fraction(1, 50)
"""How far a mask's shape may be from that of what it masks."""
Tick = Callable[[float], None]


def add_footage(
    production: Steps,
    shot: str,
    path: Path,
    use: Literal["opens", "shot"] = "opens",
    framing: Literal["fill", "fit"] = "fill",
    tick: Tick = lambda share: None,
) -> Changed:
    """Let a person's own picture or clip open a shot, or be it.

    Raises ``UnknownName``, and ``BadInput`` for a file that is not taken in or a shot that the film's
    renderer cannot make so; then nothing was changed. ``tick`` hears the share of a clip taken in.
    """
    project = production.project
    with project.lock():
        wanted = production.film.shot(shot)
        brought = _looked_at(path)
        plate = brought.plate(use=use, framing=framing)
        _need_plan(production, wanted, plate)
        plate = plate.model_copy(update={"source": brought.kept(project, tick).digest})
        how = "opens on" if use == "opens" else "is"
        return _committed(production, wanted, plate, f"Shot {shot} {how} {brought.words}.", brought.aside)


def modify(
    production: Steps,
    shot: str,
    words: str,
    strength: int = 60,
    source: str | Path | None = None,
    keep: Path | None = None,
    renderer: str | None = None,
    tick: Tick = lambda share: None,
) -> Changed:
    """Have footage or an earlier take drawn over again in ``words``, as a shot.

    ``source`` is a file, or the first digits of a take's key; None: the person's own footage where that is
    the shot, else the take that the shot uses now. ``strength`` is how far it is changed, 1 to 100 percent;
    light parts of the picture ``keep`` stay as they are. ``renderer`` draws it where the shot's own is
    not to. Raises ``BadInput`` in one line; then nothing was changed.
    """
    project = production.project
    told = clean_text(words).strip()
    if not told:
        raise BadInput('Say what is to be seen: photoplay modify DIR SHOT "the same, at night in the rain".')
    if not 1 <= strength <= 100:
        raise BadInput(f"The strength is {strength}; it must be 1 (hardly changed) to 100 (nothing is kept).")
    with project.lock():
        wanted = production.film.shot(shot)
        brought = _source(production, wanted, source)
        plate = brought.plate(use="modify", words=told, strength=strength, renderer=renderer)
        mask = None
        if keep is not None:
            mask = _mask(keep, plate)
            plate = plate.model_copy(update={"keep": mask.record.digest})
        _need_plan(production, wanted, plate)
        plate = plate.model_copy(update={"source": brought.kept(project, tick).digest})
        if mask is not None:
            mask.kept(project, tick)
        said = f"Shot {shot} is {brought.words}, changed by {strength} %: {told[:80]}."
        return _committed(production, wanted, plate, said, brought.aside)


def clear_footage(production: Steps, shot: str) -> Changed:
    """Take footage, or a change by words, out of a shot: it is drawn as before. The footage is kept."""
    with production.project.lock():
        wanted = production.film.shot(shot)
        if wanted.plate is None:
            raise BadInput(f"Shot {shot} has no footage and is changed by no words. Nothing was changed.")
        _need_plan(production, wanted, None)
        return _committed(production, wanted, None, f"Shot {shot} is drawn again.", "")


# -- what is brought ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Brought:
    """Footage that was looked at. ``aside``: what a person should know of it."""

    record: FootageRecord
    words: str
    aside: str = ""
    pixels: Pixels | None = None
    path: Path | None = None
    seen: Any = None
    take: bool = False

    def plate(self, **parts: Any) -> Plate:
        """It, in a shot. Raises ``BadInput``."""
        record = self.record
        given = {
            "source": record.digest,
            "kind": "take" if self.take else record.kind,
            "frames": record.frames,
            "rate": record.rate,
            "width": record.width,
            "height": record.height,
        }
        try:
            return Plate(**given, **parts)
        except ValidationError as error:
            raise BadInput(f"{first_fault(error)}. Nothing was changed.") from None

    def kept(self, project: Project, tick: Tick) -> FootageRecord:
        """Keep it in the project, as far as it is not there already; returns its record."""
        if self.take:
            return self.record
        files, book = project.files, FootageBook(project.folder, project.files)
        files.make_folder(project.work)
        made = project.work / f"footage-{os.getpid()}.{'png' if self.pixels is not None else 'mp4'}"
        digest = self.record.digest
        if self.pixels is not None:
            files.write(made, encode_png(self.pixels))
        else:
            from ..render.cut.intake import take_in

            assert self.path is not None
            digest = take_in(self.path, self.seen, made, tick)
        try:
            sha256, size = file_digest(made), made.stat().st_size
        except OSError as error:
            raise plain_error(error, made) from error
        record = self.record.model_copy(update={"digest": digest, "sha256": sha256, "size": size})
        return book.keep(record, made)


def _looked_at(path: Path) -> _Brought:
    """A picture or a clip, by its first bytes and never by its name. Raises ``BadInput``."""
    from ..render.cut.intake import kind_of, look_at

    if kind_of(path) == "still":
        return _still(path)
    seen = look_at(path)
    seconds = float(Fraction(seen.frames) / seen.rate.fps)
    wide, high = seen.raster.width, seen.raster.height
    record = FootageRecord(
        digest=_UNKNOWN, kind="clip", width=wide, height=high, frames=seen.frames, rate=seen.rate, size=1,
        sha256=_UNKNOWN,
    )  # fmt: skip
    words = f"a clip of {seconds:.1f} s ({seen.frames} frames at {seen.rate}, {wide}x{high})"
    return _Brought(record, words, "Its sound is not used." if seen.sound else "", path=path, seen=seen)


def _still(path: Path) -> _Brought:
    pixels = read_image(path)
    high, wide = pixels.shape[:2]
    if max(high, wide) > MOST_SIDE:
        raise BadInput(
            f"{path} is {wide}x{high} pixels; a side has at most {MOST_SIDE}. Save a smaller picture."
        )
    record = FootageRecord(
        digest=pixels_digest(pixels), kind="still", width=wide, height=high, frames=1, size=1, sha256=_UNKNOWN
    )
    return _Brought(record, f"a still of {wide}x{high}", pixels=pixels)


def _mask(path: Path, plate: Plate) -> _Brought:
    """A mask of what stays. Raises ``BadInput`` where it has another shape, or keeps nothing or all."""
    mask = _still(path)
    assert mask.pixels is not None
    has, wants = mask.record, Fraction(plate.width, plate.height)
    if abs(Fraction(has.width, has.height) / wants - 1) > _SHAPE_OFF:
        raise BadInput(
            f"{path} is {has.width}x{has.height} pixels, and what it is to mask is "
            f"{plate.width}x{plate.height}: paint it over one of its frames. Nothing was changed."
        )
    light = mask.pixels.mean(axis=2) > 127.5
    if not light.any() or light.all():
        kept, dark = ("everything", "light") if light.all() else ("nothing", "dark")
        raise BadInput(f"{path} is {dark} all over, so {kept} would stay as it is. Nothing was changed.")
    return mask


def _source(production: Steps, shot: Shot, named: str | Path | None) -> _Brought:
    """What is to be changed. Raises ``BadInput``."""
    plate = shot.plate
    if named is None and plate is not None and plate.use == "shot" and plate.kind != "take":
        record = FootageBook(production.project.folder).get(plate.source)
        if record is None:
            raise BadInput(f"The footage of shot {shot.id} is not in the film's folder. Add it again.")
        return _Again(record, "its footage")
    if named is None:
        state, key = production.takes()[shot.id]
        if key is None:
            raise BadInput(
                f"Shot {shot.id} has no take yet that could be changed: run `photoplay render` first, or "
                "name footage with --from."
            )
        aside = "That take is an earlier one: the shot was changed since." if state == "stale" else ""
        return _take(production.project, key, aside)
    if os.path.lexists(named):
        return _looked_at(Path(named))
    wanted = str(named).strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", wanted):
        raise BadInput(
            f"{str(named)[:200]!r} is no file, and not the first {_SHORTEST} or more digits of a take's key "
            "(`photoplay show DIR --plan` lists those)."
        )
    found = [key for key in production.project.store.keys() if key.startswith(wanted)]  # noqa: SIM118
    if len(found) != 1:
        raise BadInput(f"{len(found)} takes of this film have a key that begins with {wanted}.")
    return _take(production.project, found[0])


class _Again(_Brought):
    """Footage that is kept already."""

    def kept(self, project: Project, tick: Tick) -> FootageRecord:
        """Its record. Raises ``Damaged`` unless it is whole."""
        FootageBook(project.folder).path(self.record.digest)
        return self.record


def _take(project: Project, key: str, aside: str = "") -> _Brought:
    """A take that is to be changed. Raises ``BadInput`` where it has no picture, or is not whole."""
    record = project.store.record(key)
    if record is None or "picture" not in record.parts or record.rate is None or not record.frames:
        raise BadInput(f"The take {key[:8]} holds no picture that could be changed.")
    if project.store.check(key, deep=True) != "whole":
        raise BadInput(
            f"The take {key[:8]} is damaged; it cannot be changed. `photoplay render` makes it again."
        )
    kept = FootageRecord(
        digest=key, kind="clip", width=record.width, height=record.height, frames=record.frames,
        rate=record.rate, size=1, sha256=_UNKNOWN,
    )  # fmt: skip
    return _Brought(kept, f"the take {key[:8]}", aside, take=True)


# -- the edit -----------------------------------------------------------------------------


def _need_plan(production: Steps, shot: Shot, plate: Plate | None) -> None:
    """Raises ``BadInput`` where the film could not be made with it."""
    production.planner().plan(apply(production.film, SetPlate(shot=shot.id, plate=plate)))


def _committed(production: Steps, shot: Shot, plate: Plate | None, said: str, aside: str) -> Changed:
    before = _keys(production)
    production.project.commit([SetPlate(shot=shot.id, plate=plate)], said, "person")
    after = _keys(production)
    again = tuple(item for item, key in after.items() if before.get(item) != key)
    missing = [item for item in again if not production.project.store.has(after[item])]
    if not again:
        then = "No shot changes."
    elif not missing:
        then = "Its take is there already."
    else:
        many = f"{len(missing)} shot{'' if len(missing) == 1 else 's'}"
        listed = ", ".join(missing[:12]) + (" ..." if missing[12:] else "")
        then = f"{many} will be made again by `photoplay render`: {listed}."
    return Changed(" ".join(part for part in (said, aside, then) if part), (shot.id,), again)


def _keys(production: Steps) -> dict[str, str]:
    """Key of what each shot and card shows, as planned."""
    plan = production.plan()
    return {item: plan.by_id[node].key for item, node in plan.shown.items()}
