"""What a finished film is, read back from its file."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av

from .encoding import url


def film_facts(path: Path) -> dict[str, object]:
    """Codecs, size, rate, exact lengths, title, subtitle track and order of the boxes of an MP4.

    Lengths are ``Fraction`` seconds as the tracks' edit lists present them.
    """
    facts: dict[str, object] = {"faststart": boxes(path).index("moov") < boxes(path).index("mdat")}
    with av.open(url(path), "r", format="mov", options={"protocol_whitelist": "file"}) as film:
        facts["title"] = film.metadata.get("title", "")
        picture = film.streams.video[0]
        codec = picture.codec_context
        facts |= {
            "video": codec.name,
            "pix_fmt": codec.pix_fmt,
            "width": codec.width,
            "height": codec.height,
            "rate": Fraction(picture.average_rate),
            "frames": picture.frames,
            "seconds": Fraction(picture.duration * picture.time_base),
            "matrix": int(codec.colorspace),
            "range": int(codec.color_range),
        }
        if film.streams.audio:
            sound = film.streams.audio[0]
            facts |= {
                "audio": sound.codec_context.name,
                "sound_hz": sound.codec_context.sample_rate,
                "channels": sound.codec_context.channels,
                "sound_seconds": Fraction(sound.duration * sound.time_base),
            }
        if film.streams.subtitles:
            text = film.streams.subtitles[0]
            facts |= {"subtitles": text.codec_context.name, "language": text.metadata.get("language", "")}
        facts["container_seconds"] = Fraction(film.duration or 0, 1_000_000)
    return facts


def boxes(path: Path) -> list[str]:
    """Names of the top-level boxes of an MP4, in order (ISO/IEC 14496-12, 4.2)."""
    names: list[str] = []
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size = int.from_bytes(head[:4], "big")
            names.append(head[4:].decode("latin-1"))
            skipped = 8
            if size == 1:
                size = int.from_bytes(file.read(8), "big")
                skipped = 16
            if size < skipped:
                break
            file.seek(size - skipped, 1)
    return names
