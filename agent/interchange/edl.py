"""The reel as a CMX 3600 edit decision list: one picture track, dissolves, wipes, and fades by black.

A wipe is a code of SMPTE 258M; a list has no word for its way back, so left and up are said in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from ...storyboard.errors import BadInput
from ...storyboard.vocabulary import Opening, Wipe
from .reel import Reel, Seen

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600
MOST_FPS = 60
"""Frames a second that a timecode of two digits can count."""
MOST_EVENTS = 999
"""That CMX 3600 numbers; longer lists get four digits, which most programs read."""
BLACK = "BL"
_REEL = 8
_WIPES = {
    Wipe.right: 1, Wipe.left: 1, Wipe.down: 2, Wipe.up: 2, Wipe.iris: 119, Wipe.clock: 201,
}  # fmt: skip
_REVERSED = (Wipe.left, Wipe.up)


def write_edl(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write the list, UTF-8 with line ends of two characters, timecode without dropped numbers.

    Raises ``BadInput`` for a rate that timecode cannot count.
    """
    if round(reel.rate.fps) > MOST_FPS:
        raise BadInput(f"An EDL counts at most {MOST_FPS} frames a second; the film has {reel.rate}.")
    rows = [f"TITLE: {_plain(reel.title, 70)}", "FCM: NON-DROP FRAME", ""]
    for number, event in enumerate(_events(reel), 1):
        first, *rest = event
        rows += [line if line.startswith("*") else f"{number:03}  {line}" for line in (first, *rest)]
    file.write(("\r\n".join(rows) + "\r\n").encode())


def events_of(reel: Reel) -> int:
    """How many events the list has."""
    return sum(1 for _ in _events(reel))


def _events(reel: Reel) -> Iterator[list[str]]:
    names = _reels(reel)
    locators = {start: title for start, _, title in reel.scenes}
    before: Seen | None = None
    for seen in reel.seen:
        clip, name = seen.clip, names[seen.clip.item]
        length = clip.frames - seen.fade_out
        fades = clip.opens is Opening.fade and clip.overlap > 0
        row = ["C", 0, length, clip.start]
        comments = [f"* FROM CLIP NAME: {clip.item}"]
        event: list[str] = []
        if fades and before is not None:
            yield _to_black(reel, before, names[before.clip.item], clip.start)
        if clip.overlap and length > 0:
            how = f"W{_WIPES[clip.wipe]:03}" if clip.opens is Opening.wipe else "D   "
            row[0] = f"{how} {min(clip.overlap, length):03}"
            source, at = (BLACK, 0) if fades or before is None else (names[before.clip.item], _end(before))
            event.append(_row(reel, source, "C", at, 0, clip.start))
            from_ = BLACK if fades or before is None else before.clip.item
            comments = [f"* FROM CLIP NAME: {from_}", f"* TO CLIP NAME: {clip.item}"]
            if clip.opens is Opening.wipe and clip.wipe in _REVERSED:
                comments.append("* COMMENT: WIPE REVERSED")
        if length > 0:
            event.append(_row(reel, name, str(row[0]), clip.source, length, clip.start))
            yield [*event, *comments, *_comments(reel, seen, locators)]
        before = seen


def _to_black(reel: Reel, before: Seen, name: str, at: int) -> list[str]:
    """The end of a shot that fades out: a dissolve to black that is over ``at``."""
    overlap = before.fade_out
    return [
        _row(reel, name, "C", _end(before) - overlap, 0, at - overlap),
        _row(reel, BLACK, f"D    {overlap:03}", 0, overlap, at - overlap),
        f"* FROM CLIP NAME: {before.clip.item}",
        f"* TO CLIP NAME: {BLACK}",
    ]


def _end(seen: Seen) -> int:
    """The frame of its take that a clip ends before."""
    return seen.clip.source + seen.clip.frames


def _row(reel: Reel, name: str, how: str, source: int, frames: int, record: int) -> str:
    hour = HOUR * round(reel.rate.fps)
    times = (source, source + frames, hour + record, hour + record + frames)
    return f"{name:<8} V     {how:<8} " + " ".join(map(reel.rate.timecode, times))


def _comments(reel: Reel, seen: Seen, locators: dict[int, str]) -> Iterator[str]:
    if seen.media is not None:
        yield f"* SOURCE FILE: {seen.media.path}"
    yield f"* COMMENT: {_plain(seen.title, 200)}"
    if (title := locators.get(seen.clip.start)) is not None:
        time = reel.rate.timecode(HOUR * round(reel.rate.fps) + seen.clip.start)
        yield f"* LOC: {time} GREEN   {_plain(title, 100)}"


def _reels(reel: Reel) -> dict[str, str]:
    """A reel's name of at most eight characters for every item, each another."""
    names: dict[str, str] = {}
    for number, seen in enumerate(reel.seen, 1):
        kept = "".join(c for c in seen.clip.item if c.isascii() and c.isalnum())
        short = kept if len(kept) <= _REEL and kept not in ("", BLACK, "AX") else f"R{number:05}"
        names[seen.clip.item] = short if short not in names.values() else f"R{number:05}"
    return names


def _plain(text: str, most: int) -> str:
    """One line of at most ``most`` characters."""
    return " ".join(text.split())[:most]
