"""The reel as an OpenTimelineIO timeline: ``.otio``, ``.otioz`` with its media, and FCP 7 XML by its adapter.

One video track of clips, a track for the spoken lines (more where they overlap) and one for the music.
A dissolve or wipe lies wholly after its cut, as in the film: the shot before goes on in its handle. A fade
lies on both sides of its cut.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from ...storyboard.errors import BadInput
from ...storyboard.vocabulary import Opening, Wipe
from .reel import Media, Reel, Said, Seen

if TYPE_CHECKING:
    from pathlib import Path

MARK = "photoplay"
"""Under which our own metadata stand."""
HOUR = 3600
"""Record time begins at one hour, as is the trade's custom."""
FCP7 = "fcp_xml"
"""The adapter's name."""
USED = "DEFAULT_MEDIA"
BUNDLE_VERSION = b"1.0.0"
"""Of the files of a bundle."""


def library() -> Any:
    """``opentimelineio``. Raises ``BadInput`` where it is not installed."""
    try:
        import opentimelineio
    except ImportError:
        raise BadInput(
            "OpenTimelineIO is not installed; it writes otio, otioz and fcp7xml. Install it with: "
            'pip install "photoplay[interchange]". The forms edl and mlt need nothing.'
        ) from None
    return opentimelineio


def write_otio(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write ``.otio``; media are named, relative to ``beside`` within the film's folder."""
    film = timeline_of(reel, lambda media: reel.address(media, beside))
    file.write(film.to_json_string(indent=1).encode())


def write_otioz(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write ``.otioz``: the timeline, and a copy of every take that it names, in flat memory."""
    packed: dict[str, Media] = {}

    def address(media: Media) -> str:
        name = f"media/{media.name}"
        packed[name] = media
        return name

    film = timeline_of(reel, address)
    with zipfile.ZipFile(file, "w") as bundle:
        bundle.writestr(_member("content.otio", zipfile.ZIP_DEFLATED), film.to_json_string(indent=1))
        bundle.writestr(_member("version.txt", zipfile.ZIP_DEFLATED), BUNDLE_VERSION)
        for name, media in sorted(packed.items()):
            with media.path.open("rb") as source, bundle.open(_member(name), "w", force_zip64=True) as target:
                while block := source.read(1 << 20):
                    target.write(block)


def _member(name: str, compress: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """A member without the hour of its making: equal cuts, equal bundles."""
    member = zipfile.ZipInfo(name)
    member.compress_type = compress
    return member


def timeline_of(reel: Reel, address: Callable[[Media], str]) -> Any:
    """The ``opentimelineio.schema.Timeline`` of a reel; ``address`` gives the URL of each take."""
    otio = library()
    schema = otio.schema
    made = _Maker(reel, otio, address)
    film = schema.Timeline(name=reel.title)
    film.global_start_time = made.time(HOUR * round(reel.rate.fps))
    film.metadata[MARK] = {
        "film": reel.film.id,
        "rate": str(reel.rate),
        "seed": reel.film.settings.seed,
        "size": f"{reel.raster.width}x{reel.raster.height}",
    }
    film.tracks.append(made.picture())
    for number, said in enumerate(reel.voices, 1):
        film.tracks.append(made.voice(f"Voice {number}" if len(reel.voices) > 1 else "Voice", said))
    if reel.score is not None:
        film.tracks.append(made.score(reel.score))
    for start, scene, title in reel.scenes:
        film.tracks.markers.append(made.marker(title, start, 1, "GREEN", {"scene": scene}))
    return film


class _Maker:
    """Makes the parts of one timeline."""

    def __init__(self, reel: Reel, otio: Any, address: Callable[[Media], str]) -> None:
        self._reel = reel
        self._otio = otio
        self._address = address
        self._fps = float(reel.rate.fps)

    def time(self, frames: int) -> Any:
        return self._otio.opentime.RationalTime(frames, self._fps)

    def range(self, start: int, frames: int) -> Any:
        return self._otio.opentime.TimeRange(self.time(start), self.time(frames))

    def marker(self, name: str, start: int, frames: int, colour: str, kept: dict[str, Any]) -> Any:
        return self._otio.schema.Marker(
            name=name, marked_range=self.range(start, frames), color=colour, metadata={MARK: kept}
        )

    def picture(self) -> Any:
        track = self._otio.schema.Track(name="Picture", kind=self._otio.schema.TrackKind.Video)
        for number, seen in enumerate(self._reel.seen):
            if seen.clip.overlap:
                track.append(self._transition(number, seen))
            track.append(self._clip(seen))
        return track

    def _transition(self, number: int, seen: Seen) -> Any:
        schema, overlap = self._otio.schema, seen.clip.overlap
        opens = seen.clip.opens
        before = overlap if opens is Opening.fade and number else 0
        kept: dict[str, Any] = {"opens": opens.value, "overlap": overlap}
        if opens is Opening.wipe:
            kept["wipe"] = seen.clip.wipe.value
        mixes = schema.TransitionTypes
        return schema.Transition(
            name=opens.value,
            transition_type=mixes.SMPTE_Dissolve if opens is Opening.dissolve else mixes.Custom,
            in_offset=self.time(before),
            out_offset=self.time(overlap),
            metadata={MARK: kept},
        )

    def _clip(self, seen: Seen) -> Any:
        schema = self._otio.schema
        kept: dict[str, Any] = {"item": seen.clip.item, "words": seen.title}
        if seen.shot is not None:
            shot = seen.shot
            kept |= {"scene": shot.scene, "size": shot.camera.size.value, "move": shot.camera.move.value}
        clip = schema.Clip(
            name=seen.clip.item,
            source_range=self.range(seen.clip.source, seen.clip.frames),
            metadata={MARK: kept},
        )
        references = {USED: self._reference(seen.media)}
        for media in seen.alternates:
            references[f"take-{media.key[:12]}"] = self._reference(media)
        clip.set_media_references(references, USED)
        clip.markers.extend(self._notes(seen))
        return clip

    def _notes(self, seen: Seen) -> list[Any]:
        """A shot's notes and lines, where they are in the take."""
        start, frames, source = seen.clip.start, seen.clip.frames, seen.clip.source
        found = []
        if seen.shot is not None and seen.shot.notes:
            found.append(self.marker(seen.shot.notes, source, 1, "YELLOW", {"note": True}))
        for said in (said for track in self._reel.voices for said in track):
            if said.cue.shot == seen.clip.item:
                at = max(0, min(said.start - start, frames - 1))
                kept = {"line": said.cue.line}
                words = f"{said.who}: {said.words}"
                long = max(1, min(said.frames, frames - at))
                found.append(self.marker(words, source + at, long, "CYAN", kept))
        return found

    def _reference(self, media: Media | None) -> Any:
        if media is None:
            return self._otio.schema.MissingReference()
        kept: dict[str, Any] = {"key": media.key, "renderer": media.renderer}
        if media.seed is not None:
            kept["seed"] = media.seed
        return self._otio.schema.ExternalReference(
            target_url=self._address(media),
            available_range=self.range(0, media.frames),
            metadata={MARK: kept},
        )

    def voice(self, name: str, lines: tuple[Said, ...]) -> Any:
        track = self._otio.schema.Track(name=name, kind=self._otio.schema.TrackKind.Audio)
        at = 0
        for said in lines:
            if said.start > at:
                track.append(self._otio.schema.Gap(source_range=self.range(0, said.start - at)))
            track.append(
                self._sound(said.cue.line, said.media, said.frames, {"words": said.words, "who": said.who})
            )
            at = said.start + said.frames
        return track

    def score(self, media: Media) -> Any:
        track = self._otio.schema.Track(name="Music", kind=self._otio.schema.TrackKind.Audio)
        track.append(self._sound("score", media, self._reel.laid.frames, {}))
        return track

    def _sound(self, name: str, media: Media | None, frames: int, kept: dict[str, Any]) -> Any:
        return self._otio.schema.Clip(
            name=name,
            source_range=self.range(0, frames),
            media_reference=self._reference(media),
            metadata={MARK: {"item": name, **kept}},
        )


def write_fcp7(reel: Reel, file: IO[bytes], beside: Path) -> None:
    """Write FCP 7 XML, as Premiere and Resolve read it; media by absolute addresses.

    Raises ``BadInput`` where the adapter is not installed.
    """
    otio = library()
    if FCP7 not in otio.adapters.available_adapter_names():
        raise BadInput(
            "The adapter for FCP 7 XML is not installed. Install it with: "
            'pip install "photoplay[interchange]". The forms otio, edl and mlt do without.'
        )
    film = timeline_of(reel, lambda media: media.path.as_uri())
    film.metadata[FCP7] = {"media": {"video": {"format": {"samplecharacteristics": {
        "width": str(reel.raster.width), "height": str(reel.raster.height),
        "pixelaspectratio": "square", "fielddominance": "none",
    }}}}}  # fmt: skip
    for transition in film.find_children(descended_from_type=otio.schema.Transition):
        wipe = transition.metadata[MARK].get("wipe")
        effect = _fcp7_wipe(Wipe(wipe)) if wipe else _fcp7_effect(transition.name == "fade")
        transition.metadata[FCP7] = effect
    text: str = otio.adapters.write_to_string(film, FCP7)
    file.write(text.encode())


def _fcp7_effect(fades: bool) -> dict[str, Any]:
    """A transition in the words of FCP 7: a dissolve begins at its cut, a fade lies around it."""
    name = "Dip to Color Dissolve" if fades else "Cross Dissolve"
    effect = {"name": name, "effectid": name, "effectcategory": "Dissolve"}
    effect |= {"effecttype": "transition", "mediatype": "video"}
    return {"alignment": "center" if fades else "start", "effect": effect}


_EDGES = {Wipe.right: 90, Wipe.left: 270, Wipe.down: 180, Wipe.up: 0}


def _fcp7_wipe(form: Wipe) -> dict[str, Any]:
    """A wipe in the words of FCP 7, which begins at its cut; codes are those of SMPTE 258M."""
    name, code = {Wipe.iris: ("Oval Iris", 119), Wipe.clock: ("Clock Wipe", 201)}.get(form, ("Edge Wipe", 1))
    effect: dict[str, Any] = {"name": name, "effectid": name, "effectcategory": "Wipe"}
    effect |= {"effecttype": "transition", "mediatype": "video", "wipecode": str(code)}
    if form in _EDGES:
        angle = {"parameterid": "angle", "name": "Angle", "value": str(_EDGES[form])}
        effect["parameter"] = angle
    return {"alignment": "start", "effect": effect}
