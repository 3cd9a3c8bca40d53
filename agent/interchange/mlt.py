"""The reel as MLT XML, which ``melt`` renders and Kdenlive and Shotcut open.

Picture on one track; dissolves, wipes and fades are short tractors of two tracks that ``luma`` mixes. Lines
and music are tracks of their own, added up.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ...render.cut.wiping import SOFT
from ...storyboard.vocabulary import Opening, Wipe
from .reel import Media, Reel, Said, need_media

if TYPE_CHECKING:
    from pathlib import Path

BLACK = "black"
_LUMAS = {
    Wipe.right: ("01", "0"), Wipe.left: ("01", "1"), Wipe.down: ("02", "0"), Wipe.up: ("02", "1"),
    Wipe.iris: ("16", "0"), Wipe.clock: ("22", "0"),
}  # fmt: skip
"""Which of the maps that MLT itself draws is nearest to a wipe, and whether it is turned round."""


def write_mlt(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write the timeline; media are named by paths, relative to ``beside`` within the film's folder.

    Raises ``BadInput`` where something is not made yet.
    """
    need_media(reel, "MLT")
    written = _Writer(reel, beside).document()
    ET.indent(written)
    file.write(ET.tostring(written, encoding="utf-8", xml_declaration=True) + b"\n")


class _Writer:
    """Writes one document: producers first, then what uses them."""

    def __init__(self, reel: Reel, beside: Path) -> None:
        self._reel = reel
        self._beside = beside
        self._root = ET.Element("mlt", LC_NUMERIC="C", title=_clean(reel.title), producer="film")
        self._producers: dict[str, str] = {}

    def document(self) -> ET.Element:
        reel, rate = self._reel, self._reel.rate
        ET.SubElement(
            self._root,
            "profile",
            description="photoplay",
            width=str(reel.raster.width),
            height=str(reel.raster.height),
            progressive="1",
            sample_aspect_num="1",
            sample_aspect_den="1",
            display_aspect_num=str(reel.raster.width),
            display_aspect_den=str(reel.raster.height),
            frame_rate_num=str(rate.num),
            frame_rate_den=str(rate.den),
            colorspace="709",
        )
        tracks = [self._picture()]
        tracks += [self._voice(f"voice-{n}", lines) for n, lines in enumerate(reel.voices, 1)]
        if reel.score is not None:
            tracks.append(self._score(reel.score))
        film = ET.SubElement(self._root, "tractor", id="film")
        for track in tracks:
            ET.SubElement(film, "track", producer=track)
        for number in range(1, len(tracks)):
            _service(film, "transition", "mix", a_track="0", b_track=str(number), sum="1", always_active="1")
        return self._root

    def _picture(self) -> str:
        """Every clip less its dissolve or fade at either end, which stand between as tractors."""
        entries: list[tuple[str, int, int]] = []
        before = None
        for number, seen in enumerate(self._reel.seen):
            assert seen.media is not None
            clip = seen.clip
            producer = self._producer(seen.media)
            tail = clip.frames - seen.fade_out
            head, first = min(clip.overlap, tail), clip.source
            if head and clip.opens is Opening.fade:
                entries.append((self._mix(f"in-{number}", (BLACK, 0), (producer, first), head), 0, head))
            elif head and before is not None:
                under = (self._producer(before.media), before.clip.source + before.clip.frames)
                wipe = clip.wipe if clip.opens is Opening.wipe else None
                mix = self._mix(f"{clip.opens}-{number}", under, (producer, first), head, wipe)
                entries.append((mix, 0, head))
            if tail > head:
                entries.append((producer, first + head, first + tail))
            if seen.fade_out:
                out = self._mix(f"out-{number}", (producer, first + tail), (BLACK, 0), seen.fade_out)
                entries.append((out, 0, seen.fade_out))
            before = seen
        playlist = ET.SubElement(self._root, "playlist", id="picture")
        for used, start, stop in entries:
            ET.SubElement(playlist, "entry", {"producer": used, "in": str(start), "out": str(stop - 1)})
        return "picture"

    def _mix(
        self,
        name: str,
        under: tuple[str, int],
        over: tuple[str, int],
        frames: int,
        wipe: Wipe | None = None,
    ) -> str:
        """A tractor in which ``over`` comes up over ``under``; each is a producer and its first frame."""
        for producer, _ in (under, over):
            if producer == BLACK:
                self._black()
        tractor = ET.SubElement(self._root, "tractor", {"id": name, "in": "0", "out": str(frames - 1)})
        for producer, first in (under, over):
            span = {"in": str(first), "out": str(first + frames - 1)}
            ET.SubElement(tractor, "track", {"producer": producer, **span})
        mixed = _service(tractor, "transition", "luma", a_track="0", b_track="1")
        if wipe is not None:
            number, turned = _LUMAS[wipe]
            for key, value in (
                ("resource", f"%luma{number}.pgm"),
                ("softness", str(SOFT)),
                ("invert", turned),
            ):
                _property(mixed, key, value)
        mixed.set("in", "0")
        mixed.set("out", str(frames - 1))
        return name

    def _black(self) -> None:
        if BLACK not in self._producers:
            self._producers[BLACK] = BLACK
            black = ET.Element("producer", {"id": BLACK, "in": "0", "out": "100000"})
            for name, value in (("resource", "black"), ("mlt_service", "color"), ("length", "100001")):
                _property(black, name, value)
            self._root.insert(1, black)

    def _producer(self, media: Media | None) -> str:
        assert media is not None
        if media.key not in self._producers:
            name = f"{media.item}-{media.key[:12]}"
            self._producers[media.key] = name
            last = str(media.frames - 1)
            producer = ET.SubElement(self._root, "producer", {"id": name, "in": "0", "out": last})
            properties = {
                "resource": self._path(media),
                "mlt_service": "avformat",
                "length": str(media.frames),
                "eof": "pause",
                "photoplay:item": media.item,
                "photoplay:key": media.key,
                "photoplay:renderer": _clean(media.renderer),
            }
            if media.seed is not None:
                properties["photoplay:seed"] = str(media.seed)
            for key, value in properties.items():
                _property(producer, key, value)
        return self._producers[media.key]

    def _path(self, media: Media) -> str:
        """Relative paths begin at the folder of the document."""
        address = self._reel.address(media, self._beside)
        return str(media.path) if urlsplit(address).scheme else unquote(address)

    def _voice(self, name: str, lines: tuple[Said, ...]) -> str:
        used = [(said, self._producer(said.media)) for said in lines]
        playlist, at = ET.SubElement(self._root, "playlist", id=name), 0
        for said, producer in used:
            if said.start > at:
                ET.SubElement(playlist, "blank", length=str(said.start - at))
            span = {"in": "0", "out": str(said.frames - 1)}
            ET.SubElement(playlist, "entry", {"producer": producer, **span})
            at = said.start + said.frames
        return name

    def _score(self, media: Media) -> str:
        producer = self._producer(media)
        playlist = ET.SubElement(self._root, "playlist", id="music")
        span = {"in": "0", "out": str(self._reel.laid.frames - 1)}
        ET.SubElement(playlist, "entry", {"producer": producer, **span})
        return "music"


def _service(parent: ET.Element, kind: str, service: str, **properties: str) -> ET.Element:
    made = ET.SubElement(parent, kind)
    for name, value in {"mlt_service": service, **properties}.items():
        _property(made, name, value)
    return made


def _property(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, "property", name=name).text = value


def _clean(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join("".join(c for c in text if c.isprintable() or c == " ").split())
