"""A finished film in other encodings: one pass over its file, its sound, subtitles, chapters and names."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from .colour import TAG_BT709, TAG_LIMITED
from .encoding import failure, need_encoder, url
from .footage import TakeFootage, open_container
from .mux import TEXT_STYLE
from .track import SOUND_HZ, Track, encode_track


@dataclass(frozen=True)
class Preset:
    """An encoding. ``encoder`` "" copies the picture as it is; ``pcm``: sound as it was mixed, not AAC."""

    suffix: str
    encoder: str
    pix_fmt: str = "yuv420p"
    options: tuple[tuple[str, str], ...] = ()
    tag: str = ""
    pcm: bool = False


PRESETS: dict[str, Preset] = {
    "web": Preset(".mp4", ""),
    "h265": Preset(
        ".mp4", "libx265", options=(("crf", "22"), ("preset", "medium"), ("x265-params", "log-level=error")),
        tag="hvc1",
    ),
    "av1": Preset(".mp4", "libsvtav1", options=(("crf", "30"), ("preset", "8"))),
    "prores": Preset(".mov", "prores_ks", "yuv422p10le", (("profile", "hq"), ("vendor", "apl0")), pcm=True),
    "preview": Preset(".webp", "libwebp_anim", options=(("quality", "70"), ("compression_level", "4"))),
}  # fmt: skip
PREVIEW_WIDTH, PREVIEW_SECONDS, PREVIEW_SHARE = 480, 10, 2
"""Of the animated preview: pixels, the most seconds, and one of how many frames is shown."""


@dataclass(frozen=True)
class Chapter:
    """Frames ``start`` up to but without ``stop``, and what the chapter is called."""

    start: int
    stop: int
    title: str


def check_encoder(name: str) -> None:
    """Raise ``BadInput`` where this build of the codec library lacks an encoder of a preset."""
    preset = PRESETS[name]
    sound = "" if name == "preview" else "pcm_s16le" if preset.pcm else "aac"
    for encoder in filter(None, (preset.encoder, sound)):
        need_encoder(encoder, f"--as {name}")


def release(
    film: Path, sound: Path, out: Path, name: str, chapters: Sequence[Chapter], named: Mapping[str, str]
) -> None:
    """Write ``out``: the picture of ``film`` as the preset ``name`` has it, with the WAV ``sound``.

    ``named`` is metadata (title, artist ...). Beside ``out`` a scratch track lies while it is written.
    Raises ``NoRoom`` or ``RenderError`` where it cannot be written, ``BadTake`` for a damaged film.
    """
    preset = PRESETS[name]
    track = out.with_name("release-sound.mp4")
    source = open_container(film)
    try:
        picture = source.streams.video[0]
        rate = Fraction(picture.average_rate or 24)
        encode_track(sound, track, round(picture.frames * SOUND_HZ / rate))
        options = {"movflags": "+faststart"}
        with av.open(url(out), "w", options=options) as file:
            file.metadata.update({key: value for key, value in named.items() if value})
            tick = 1 / rate
            file.set_chapters(
                [
                    {
                        "id": n,
                        "start": c.start,
                        "end": c.stop,
                        "time_base": tick,
                        "metadata": {"title": c.title},
                    }
                    for n, c in enumerate(chapters)
                ]
            )
            _fill(file, source, rate, preset, sound if preset.pcm else track)
    except (FFmpegError, OSError) as fault:
        raise failure(f"{out.name} could not be written", fault) from fault
    finally:
        source.close()
        track.unlink(missing_ok=True)


def _fill(file: Any, source: Any, rate: Fraction, preset: Preset, sound: Path) -> None:
    picture = source.streams.video[0]
    encoded = _picture_stream(file, picture, rate, preset)
    texts = [s for s in source.streams.subtitles if s.codec_context.name == "mov_text"][:1]
    heard = _pcm(file, sound) if preset.pcm else _copied(file, sound)
    shown = None
    if texts:
        shown = file.add_stream("mov_text")
        shown.codec_context.subtitle_header = TEXT_STYLE
        shown.time_base = Fraction(1, 1000)
        shown.metadata.update(texts[0].metadata)
    next(heard)
    for packet in source.demux(picture, *texts):
        if packet.stream is not picture:
            if packet.size and shown is not None:
                packet.stream = shown
                file.mux(packet)
            continue
        if packet.size:
            heard.send(Fraction(packet.pts * packet.time_base))
        if not preset.encoder:
            if packet.size:
                packet.stream = encoded
                file.mux(packet)
            continue
        for frame in packet.decode():
            file.mux(encoded.encode(frame.reformat(format=preset.pix_fmt)))
    if preset.encoder:
        file.mux(encoded.encode(None))
    heard.send(None)


def _picture_stream(file: Any, picture: Any, rate: Fraction, preset: Preset) -> Any:
    if not preset.encoder:
        return file.add_stream_from_template(picture)
    stream = file.add_stream(preset.encoder, rate=rate, options=dict(preset.options))
    stream.width, stream.height = picture.codec_context.width, picture.codec_context.height
    stream.pix_fmt = preset.pix_fmt
    codec = stream.codec_context
    codec.time_base = 1 / rate
    codec.color_range = TAG_LIMITED
    codec.colorspace = codec.color_primaries = codec.color_trc = TAG_BT709
    if preset.tag:
        codec.codec_tag = preset.tag
    return stream


def _copied(file: Any, sound: Path) -> Generator[None, Fraction | None, None]:
    """Copies AAC packets up to half a second past each time sent; all that is left for None."""
    track = Track(sound)
    stream = file.add_stream_from_template(track.stream)
    try:
        until: Fraction | None = yield
        for packet in track.packets():
            while until is not None and packet.pts * packet.time_base > until + Fraction(1, 2):
                until = yield
            packet.stream = stream
            file.mux(packet)
    finally:
        track.close()
    while True:
        yield


def _pcm(file: Any, sound: Path) -> Generator[None, Fraction | None, None]:
    """As ``_copied``, the WAV's samples as they are."""
    stream = file.add_stream("pcm_s16le", rate=SOUND_HZ, layout="stereo")
    until: Fraction | None = yield
    with av.open(url(sound), "r", format="wav", options={"protocol_whitelist": "file"}) as wav:
        for frame in wav.decode(audio=0):
            while until is not None and frame.pts * frame.time_base > until + Fraction(1, 2):
                until = yield
            file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
    while True:
        yield


def preview(film: Path, out: Path, shots: Sequence[tuple[int, int]]) -> None:
    """An animated WebP of at most ten seconds: a second from the middle of each of ten shots.

    ``shots`` are (first frame, frame after the last). Raises as ``release``.
    """
    preset = PRESETS["preview"]
    chosen = [shots[round(n * (len(shots) - 1) / (PREVIEW_SECONDS - 1))] for n in range(PREVIEW_SECONDS)]
    chosen = sorted(set(chosen))
    try:
        with (
            TakeFootage(film) as footage,
            av.open(url(out), "w", format="webp", options={"loop": "0"}) as file,
        ):
            width = min(PREVIEW_WIDTH, footage.size[0])
            height = round(footage.size[1] * width / footage.size[0])
            fps = footage.rate.fps / PREVIEW_SHARE
            stream = file.add_stream(preset.encoder, rate=fps, options=dict(preset.options))
            stream.width, stream.height, stream.pix_fmt = width, height, preset.pix_fmt
            count = 0
            for first, stop in chosen:
                half = min(stop - first, round(footage.rate.fps)) // 2
                middle = (first + stop) // 2
                for pixels in list(footage.frames(middle - half, middle + half))[::PREVIEW_SHARE]:
                    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
                    frame = frame.reformat(width, height, preset.pix_fmt)
                    frame.pts, frame.time_base = count, 1 / fps
                    count += 1
                    file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
    except (FFmpegError, OSError) as fault:
        raise failure(f"{out.name} could not be written", fault) from fault


def poster(film: Path, frame: int) -> bytes:
    """One frame of the film as a JPEG."""
    import numpy as np
    import skia

    with TakeFootage(film) as footage:
        pixels = footage.frame(frame)
    opaque = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    image = skia.Image.fromarray(np.ascontiguousarray(opaque), colorType=skia.kRGBA_8888_ColorType)
    return bytes(image.encodeToData(skia.kJPEG, 90))
