"""Reading an edited timeline (``.otio``, ``.otioz``) from anywhere, as plain data.

Read here and not by OpenTimelineIO, so that a hostile file meets bounds first: size, depth, number of
clips, numbers that are none. Media are never looked for: their addresses are text, in which keys of takes
may stand.
"""

from __future__ import annotations

import json
import math
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ...storyboard.errors import BadInput
from ...storyboard.schema import clean_text
from .otio import MARK, USED

MOST_BYTES = 64_000_000
MOST_CLIPS = 20_000
LONGEST_SECONDS = 36_000
_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_PACKED = re.compile(r"(?:^|/)([a-z0-9][a-z0-9-]*)-([0-9a-f]{12})\.(?:mp4|png)$")
_NTSC = (24, 30, 48, 60, 120)
_VIDEO = "Video"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of a bundle. Others are unpacked without a bound by Python's own reader."""


@dataclass(frozen=True)
class Piece:
    """A clip of the edit. Times in seconds."""

    name: str
    item: str
    """The shot or card as our metadata say it; empty where they are gone."""
    key: str
    """The take's key, or its first twelve digits; empty where nothing says it."""
    skipped: Fraction
    """How far into its take it begins."""
    length: Fraction
    enabled: bool
    effects: tuple[str, ...]


@dataclass(frozen=True)
class Mixed:
    """A transition. ``at`` is the number of the piece that it stands before."""

    at: int
    kind: str
    before: Fraction
    after: Fraction
    opens: str
    """``dissolve``, ``wipe`` or ``fade`` as our metadata say it; empty where they are gone."""
    wipe: str
    """The form of a wipe, likewise."""


@dataclass(frozen=True)
class Strip:
    """One video track."""

    name: str
    pieces: tuple[Piece, ...]
    mixes: tuple[Mixed, ...]
    gaps: int
    others: tuple[str, ...]
    """What else lies on it, by its kind."""


@dataclass(frozen=True)
class EditedCut:
    """What was read: the video tracks, and how many tracks of sound there are."""

    strips: tuple[Strip, ...]
    sounds: int


def read_edit(path: Path) -> EditedCut:
    """Read an edit. Raises ``BadInput`` for what is none, is damaged, or is beyond all measure."""
    found = _parsed(path, _text(path))
    if _kind(found) == "SerializableCollection":
        inside = [one for one in _children(path, found) if _kind(one) == "Timeline"]
        if len(inside) != 1:
            raise BadInput(f"{path} holds {len(inside)} timelines. Save the one that is meant, alone.")
        found = inside[0]
    stack = found.get("tracks") if _kind(found) == "Timeline" else None
    if not isinstance(stack, dict) or _kind(stack) != "Stack":
        raise BadInput(f"{path} is not an OpenTimelineIO timeline. Nothing was changed.")
    tracks = [t for t in _children(path, stack) if _kind(t) == "Track"]
    video = [track for track in tracks if track.get("kind") == _VIDEO]
    if sum(len(_children(path, track)) for track in video) > MOST_CLIPS:
        raise BadInput(f"{path} has more than {MOST_CLIPS:,} clips. Nothing was changed.")
    return EditedCut(tuple(_strip(path, track) for track in video), len(tracks) - len(video))


def _text(path: Path) -> bytes:
    """The timeline's text: the file, or what lies in the bundle under the name that bundles have."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise BadInput(f"{path} is not a file.")
        if path.suffix.lower() == ".otioz":
            return _unpacked(path)
        if kind.st_size > MOST_BYTES:
            raise BadInput(f"{path} is larger than {MOST_BYTES // 1_000_000} MB, the most that is read.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from None


def _unpacked(path: Path) -> bytes:
    """``content.otio`` of a bundle; its media are not looked at, and nothing is unpacked to the disk."""
    try:
        with zipfile.ZipFile(path) as bundle:
            if bundle.getinfo("content.otio").compress_type not in _PACKINGS:
                raise BadInput(f"{path}: its timeline is packed in a way that bundles do not use.")
            with bundle.open("content.otio") as file:
                text = file.read(MOST_BYTES + 1)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        struct.error,
    ):
        raise BadInput(f"{path} is not a whole .otioz bundle: it has no content.otio to read.") from None
    if len(text) > MOST_BYTES:
        raise BadInput(f"The timeline in {path} is larger than {MOST_BYTES // 1_000_000} MB.")
    return text


def _parsed(path: Path, text: bytes) -> dict[str, Any]:
    def no_number(word: str) -> None:
        raise ValueError(word)

    try:
        found = json.loads(text.decode("utf-8-sig"), parse_constant=no_number)
    except (ValueError, RecursionError, MemoryError):
        raise BadInput(
            f"{path} is not an OpenTimelineIO file: it is no plain JSON, or nested too deep. "
            "Nothing was changed."
        ) from None
    if not isinstance(found, dict):
        raise BadInput(f"{path} is not an OpenTimelineIO timeline. Nothing was changed.")
    return found


def _kind(thing: Any) -> str:
    """``Clip`` of ``Clip.2``; empty where it is nothing of OTIO."""
    schema = thing.get("OTIO_SCHEMA") if isinstance(thing, dict) else None
    return schema.partition(".")[0][:60] if isinstance(schema, str) else ""


def _children(path: Path, thing: dict[str, Any]) -> list[dict[str, Any]]:
    children = thing.get("children")
    if not isinstance(children, list) or not all(isinstance(one, dict) for one in children):
        raise BadInput(f"{path} is damaged: a {_kind(thing) or 'part'} has no list of what is in it.")
    return children


def _strip(path: Path, track: dict[str, Any]) -> Strip:
    pieces: list[Piece] = []
    mixes: list[Mixed] = []
    others: list[str] = []
    gaps = 0
    for child in _children(path, track):
        kind = _kind(child)
        if kind == "Clip":
            pieces.append(_piece(path, child))
        elif kind == "Transition":
            mixes.append(_mix(path, child, len(pieces)))
        elif kind == "Gap":
            gaps += 1
        else:
            others.append(_word(kind) or "something unknown")
    return Strip(_word(track.get("name")), tuple(pieces), tuple(mixes), gaps, tuple(others))


def _mix(path: Path, found: dict[str, Any], at: int) -> Mixed:
    offsets = [_seconds(path, found.get(name)) for name in ("in_offset", "out_offset")]
    kind = _word(found.get("transition_type"))
    ours = _ours(found)
    return Mixed(at, kind, offsets[0], offsets[1], _word(ours.get("opens")), _word(ours.get("wipe")))


def _piece(path: Path, clip: dict[str, Any]) -> Piece:
    reference = _reference(clip)
    there = _range(path, reference.get("available_range"))
    used = _range(path, clip.get("source_range")) or there
    name = _word(clip.get("name"))
    if used is None or used[1] <= 0:
        raise BadInput(f"{path}: the clip {name!r} says no length. Nothing was changed.")
    address = reference.get("target_url")
    item, key = _word(_ours(clip).get("item")), _word(_ours(reference).get("key"))
    if isinstance(address, str):
        address = unquote(address[:4096])
        packed = _PACKED.search(address)
        named = _KEY.search(address)
        key = key or (named[0] if named else packed[2] if packed else "")
        item = item or (packed[1] if packed else "")
    effects = clip.get("effects")
    kinds = [_word(one.get("effect_name") or one.get("name") or _kind(one)) for one in _dicts(effects)]
    return Piece(
        name=name,
        item=item,
        key=key if re.fullmatch("[0-9a-f]{12}|[0-9a-f]{64}", key) else "",
        skipped=used[0] - (there[0] if there else 0),
        length=used[1],
        enabled=clip.get("enabled") is not False,
        effects=tuple(kind or "an effect" for kind in kinds),
    )


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _reference(clip: dict[str, Any]) -> dict[str, Any]:
    """The media reference in use, of a clip of either version; empty where there is none."""
    references = clip.get("media_references")
    found = clip.get("media_reference")
    if isinstance(references, dict):
        found = references.get(str(clip.get("active_media_reference_key") or USED))
    return found if isinstance(found, dict) else {}


def _ours(thing: dict[str, Any]) -> dict[str, Any]:
    kept = thing.get("metadata")
    ours = kept.get(MARK) if isinstance(kept, dict) else None
    return ours if isinstance(ours, dict) else {}


def _range(path: Path, found: Any) -> tuple[Fraction, Fraction] | None:
    """Start and length in seconds."""
    if not isinstance(found, dict):
        return None
    return _seconds(path, found.get("start_time"), signed=True), _seconds(path, found.get("duration"))


def _seconds(path: Path, time: Any, signed: bool = False) -> Fraction:
    """Seconds of a ``RationalTime``. Raises ``BadInput`` for what is none."""
    if isinstance(time, dict):
        value, rate = _number(time.get("value")), _number(time.get("rate"))
        if value is not None and rate is not None and 0 < rate <= 1_000_000:
            seconds = Fraction(value) / exact_rate(rate)
            # Where a clip begins counts from its medium's own clock, which may stand at any hour.
            if abs(seconds) <= (1_000 if signed else 1) * LONGEST_SECONDS and (signed or seconds >= 0):
                return seconds
    raise BadInput(f"{path}: a time in it is no time, or longer than ten hours. Nothing was changed.")


def _number(value: Any) -> int | float | None:
    """The number, where it is one and has a sane size."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < 1e15 and math.isfinite(value) else None


def exact_rate(rate: float) -> Fraction:
    """The exact rate that a real number stands for: 23.976 is 24000/1001."""
    for whole in _NTSC:
        if abs(rate - whole * 1000 / 1001) < 0.004:
            return Fraction(whole * 1000, 1001)
    return Fraction(rate).limit_denominator(1001) or Fraction(rate)


def _word(found: Any) -> str:
    """A short text of the file, fit to be shown; empty where it is none."""
    return " ".join(clean_text(found[:240]).split())[:80] if isinstance(found, str) else ""
