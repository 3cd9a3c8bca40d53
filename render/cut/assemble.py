"""The cut: takes in the order of the timeline, joined into a film.

Most of a film is the same in the cut as in its takes; those bodies are copied packet by packet. Only
what changes is decoded, composed and encoded anew: dissolves, wipes, fades, and the frames from the end
of a dissolve to the next keyframe, since a copied body can only begin on one.
"""

from __future__ import annotations

import errno
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from av.container import InputContainer

from ...storyboard.errors import BadInput, BadTake, RenderError
from ...storyboard.timeline import Clip, Subtitle, Timeline
from ...storyboard.vocabulary import MIXED, Opening
from ..protocol import Footage, Pixels
from ..requests import Raster
from .burning import Burnt
from .captions import read_srt
from .compose import composed
from .conform import Conformed
from .encoding import Encoder, failure
from .footage import TakeFootage, open_container, open_footage
from .language import three_letters
from .mux import FilmFile
from .report import CutReport, Optical, Tell
from .thirds import Thirds
from .track import SOUND_HZ, encode_track


@dataclass(frozen=True)
class Span:
    """Frames ``start`` up to but without ``stop`` of one clip: copied, or composed."""

    start: int
    stop: int
    copied: bool


def spans(
    clip: Clip, fade_out: int, keyframes: Sequence[int], drawn: Sequence[tuple[int, int]] = ()
) -> list[Span]:
    """How a clip is made: what changes is composed, the rest copied from a keyframe on.

    ``fade_out`` is how many frames at the end darken; ``keyframes`` are those of the take, in
    order, empty where it is not in the film's encoding and nothing can be copied; ``drawn`` (first frame,
    frame after the last) is where text is drawn over the picture.
    """

    def copied_from(frame: int) -> int:
        at = bisect_left(keyframes, frame)
        return min(keyframes[at], clip.frames) if at < len(keyframes) else clip.frames

    changed = [(0, clip.overlap), *sorted(drawn), (clip.frames - fade_out, clip.frames)]
    found: list[Span] = []
    at = 0
    for first, stop in changed:
        stop = copied_from(stop)
        if found and found[-1].copied is False and first <= at:
            found[-1] = Span(found[-1].start, max(at, stop), False)
        else:
            found += [Span(at, first, True), Span(first, stop, False)]
        at = found[-1].stop
    return [span for span in found if span.start < span.stop]


def assemble(
    timeline: Timeline,
    sources: Mapping[str, Path],
    sound: Path | None,
    subtitles: Path | None,
    out: Path,
    work: Path,
    raster: Raster,
    *,
    title: str = "",
    language: str = "und",
    tell: Tell = lambda stage, share: None,
    threads: int = 1,
    opticals: Sequence[Optical] = (),
    track: Path | None = None,
    keep: Path | None = None,
    burnt: Sequence[Subtitle] = (),
) -> CutReport:
    """Make the film of ``timeline`` at ``out`` from a take for each of its items.

    ``sound`` is a WAV of any length, cut or filled with silence to the picture; ``subtitles`` a
    SubRip file that becomes a soft track; ``language`` an ISO 639 code. Scratch files go to ``work``,
    on the same disk as ``out``. At most three takes are open at once.

    ``opticals`` and ``track`` are what an earlier cut left of the same takes and the same sound: they are
    copied, and the film has the same bytes as without them; ``sound`` is then not looked at. What is new
    is left for the next cut in the folder ``keep``, and listed in the report; without it nothing is left.
    ``burnt`` is text that is drawn into the picture; ``opticals`` hold it already.

    Raises ``BadInput`` for a timeline without clips or a clip without a take, ``BadTake`` for a take
    that is damaged or too short, ``NoRoom`` or ``RenderError`` where writing fails. Whatever happens,
    ``out`` is the film before or the whole new one.
    """
    missing = [clip.item for clip in timeline.clips if clip.item not in sources]
    if missing or not timeline.clips:
        raise BadInput(f"There is no take for {', '.join(missing)}." if missing else "The film is empty.")
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise failure("There is no scratch folder for the cut", fault) from fault
    part, pattern = work / "film.part.mp4", work / "pattern.mp4"
    encoded = (keep or work) / "sound.mp4"
    try:
        with Encoder(pattern, raster, timeline.rate) as encoder:
            encoder.write(np.zeros((raster.height, raster.width, 3), np.uint8))
        if track is None and sound is not None:
            encode_track(sound, encoded, round(timeline.frames * SOUND_HZ / timeline.rate.fps))
        cutter = _Cutter(timeline, sources, work, raster, pattern, threads, opticals, keep, burnt)
        captions = read_srt(subtitles) if subtitles else []
        with FilmFile(
            part,
            pattern,
            timeline.rate,
            timeline.frames,
            sound=track or (None if sound is None else encoded),
            captions=captions,
            title=title,
            language=three_letters(language),
        ) as film:
            for number in range(len(timeline.clips)):
                tell("cut", film.frames / timeline.frames)
                cutter.add(number, film)
            if film.frames != timeline.frames:
                raise BadInput(f"The clips are {film.frames} frames long, the timeline {timeline.frames}.")
            tell("mux", 1.0)
        _publish(part, out)
    finally:
        part.unlink(missing_ok=True)
        pattern.unlink(missing_ok=True)
        if keep is None:
            encoded.unlink(missing_ok=True)
    new = encoded if keep is not None and track is None and sound is not None else None
    return CutReport(
        timeline.frames, cutter.copied, cutter.composed, out, tuple(cutter.notices), tuple(cutter.made), new
    )


class _Cutter:
    """Adds one clip after the other to a film."""

    def __init__(
        self,
        timeline: Timeline,
        sources: Mapping[str, Path],
        work: Path,
        raster: Raster,
        pattern: Path,
        threads: int,
        opticals: Sequence[Optical],
        keep: Path | None,
        burnt: Sequence[Subtitle],
    ) -> None:
        self._clips = timeline.clips
        self._rate = timeline.rate
        self._sources = sources
        self._work = work
        self._raster = raster
        self._threads = threads
        self._parameters = _parameters(pattern)
        self._known = {(o.number, o.start, o.stop): o for o in opticals}
        self._keep = keep
        self.copied = 0
        self.composed = 0
        self.notices: list[str] = []
        self._over: list[Burnt | Thirds] = []
        if timeline.thirds:
            self._over.append(Thirds(timeline.thirds, raster))
        if burnt:
            self._over.append(Burnt(burnt, raster))
        self.notices += [words for text in self._over for words in text.notices()]
        self.made: list[Optical] = []
        """What was composed here and left in ``keep``."""

    def add(self, number: int, film: FilmFile) -> None:
        """Add clip ``number``."""
        clip = self._clips[number]
        path = self._sources[clip.item]
        after = self._clips[number + 1] if number + 1 < len(self._clips) else None
        fade_out = after.overlap if after and after.opens is Opening.fade else 0
        container = open_container(path)
        try:
            drawn = [span for text in self._over for span in text.spans(clip.start, clip.frames)]
            for span in spans(clip, fade_out, self._keyframes(clip, container), drawn):
                if span.copied:
                    film.copy(container, clip.source + span.start, clip.source + span.stop)
                    self.copied += span.stop - span.start
                else:
                    self._add_optical(number, span, fade_out, film)
                    self.composed += span.stop - span.start
        finally:
            container.close()

    def _keyframes(self, clip: Clip, take: InputContainer) -> list[int]:
        """Keyframes of a take in the film's encoding; none, and a notice, where it is in another."""
        stream = take.streams.video[0]
        if _identity(stream) != self._parameters or stream.average_rate != self._rate.fps:
            self.notices.append(f"{clip.item} is not in the film's encoding: it was encoded again.")
            return []
        if (short := clip.source + clip.frames - stream.frames) > 0:
            raise BadTake(f"The take of {clip.item} is {short} frames too short. Render it again.")
        found = (i - clip.source for i, entry in enumerate(stream.index_entries) if entry.is_keyframe)
        return [frame for frame in found if frame >= 0]

    def _add_optical(self, number: int, span: Span, fade_out: int, film: FilmFile) -> None:
        """Add what is composed: as it was kept, else anew."""
        optical = self._known.get((number, span.start, span.stop))
        made = self._open_kept(optical, span) if optical is not None else None
        if optical is None or made is None:
            optical = self._compose(number, span, fade_out)
            made = open_container(optical.path)
        with ExitStack() as stack:
            if self._keep is None and optical.path.parent == self._work:
                stack.callback(optical.path.unlink, missing_ok=True)
            stack.callback(made.close)
            if _identity(made.streams.video[0]) != self._parameters:
                item = self._clips[number].item
                raise RenderError(f"{item}: what was composed is not in the film's encoding.")
            film.copy(made, 0, span.stop - span.start)
        self.notices.extend(optical.notices)

    def _open_kept(self, optical: Optical, span: Span) -> InputContainer | None:
        """An optical of an earlier cut, opened; None where it is not what would be composed now."""
        try:
            made = open_container(optical.path)
        except BadTake:
            return None
        stream = made.streams.video[0]
        if _identity(stream) == self._parameters and stream.frames == span.stop - span.start:
            return made
        made.close()
        return None

    def _compose(self, number: int, span: Span, fade_out: int) -> Optical:
        """Compose what changes within a clip, into a file in the folder of what is kept or in the scratch."""
        clip = self._clips[number]
        name = "span.mp4" if self._keep is None else f"{number}-{span.start}-{span.stop}.mp4"
        path = (self._keep or self._work) / name
        told: list[str] = []
        with ExitStack() as stack:
            shot = stack.enter_context(self._shot(clip))
            handle = None
            if clip.opens in MIXED and span.start < clip.overlap and number:
                handle = stack.enter_context(self._handle(self._clips[number - 1], clip, told))
            with Encoder(path, self._raster, self._rate, threads=self._threads) as encoder:
                seen = composed(clip, span.start, span.stop, self._rate, shot, handle, fade_out)
                for index, pixels in enumerate(seen, clip.start + span.start):
                    for text in self._over:
                        pixels = text.over(pixels, index)
                    encoder.write(pixels)
        optical = Optical(number, span.start, span.stop, path, tuple(told))
        if self._keep is not None:
            self.made.append(optical)
        return optical

    @contextmanager
    def _shot(self, clip: Clip) -> Iterator[Footage]:
        """The clip's frames in the film's raster and rate."""
        with open_footage(self._sources[clip.item]) as take:
            used = clip.source + clip.frames
            reel = self._in_film(take, used)
            short = reel.held if isinstance(reel, Conformed) else used - reel.count
            if short > 0 and not take.is_still:
                raise BadTake(f"The take of {clip.item} is {short} frames too short. Render it again.")
            yield reel if take.is_still else _From(reel, clip.source)

    @contextmanager
    def _handle(self, clip: Clip, after: Clip, told: list[str]) -> Iterator[Footage]:
        """What the outgoing take shows after its clip, under the opening of the one ``after`` it. ``told`` is
        added to where it is too short."""
        used, overlap = clip.source + clip.frames, after.overlap
        with open_footage(self._sources[clip.item]) as take:
            reel = self._in_film(take, used + overlap)
            held = reel.held if isinstance(reel, Conformed) else used + overlap - reel.count
            if held > 0 and not take.is_still:
                told.append(
                    f"{clip.item} has no handle for the last {held} frames of the {after.opens} after it: "
                    "its last frame was held."
                )
            yield _From(reel, used)

    def _in_film(self, take: TakeFootage, frames: int) -> Footage:
        size = (self._raster.width, self._raster.height)
        if take.size == size and take.rate == self._rate and not take.is_still:
            return take
        return Conformed(take, self._raster, self._rate, frames)


class _From:
    """Footage from frame ``first`` on; past its end the last frame is held."""

    def __init__(self, footage: Footage, first: int) -> None:
        self._footage = footage
        self._first = first
        self._last = footage.count - 1
        self.count = max(1, footage.count - first)

    def frame(self, index: int) -> Pixels:
        return self._footage.frame(min(self._first + index, self._last))

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        if self._first + stop <= self._last + 1:
            yield from self._footage.frames(self._first + start, self._first + stop)
            return
        for index in range(start, stop):
            yield self.frame(index)


def _identity(stream: Any) -> tuple[object, ...]:
    """What must be equal for a stream to be copied: parameter sets (they tell the format), codec, size."""
    codec = stream.codec_context
    return (bytes(codec.extradata or b""), codec.name, codec.width, codec.height)


def _parameters(path: Path) -> tuple[object, ...]:
    container = open_container(path)
    try:
        return _identity(container.streams.video[0])
    finally:
        container.close()


def _publish(part: Path, out: Path) -> None:
    """Put the finished film in place, at once."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        try:
            os.replace(part, out)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            beside = out.with_name(out.name + ".part")
            shutil.copyfile(part, beside)
            os.replace(beside, out)
    except OSError as fault:
        raise failure("The film could not be put in place", fault) from fault
