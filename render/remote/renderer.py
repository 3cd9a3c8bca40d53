"""The remote renderer: stills, clips and lines from a server of the settings file, over the OpenAI wire.

Stills by ``images/generations``, or ``images/edits`` where there are references; clips by ``videos``
(create, poll, download); lines by ``audio/speech``. Work is bought by way of the job's till (``buying.py``);
what was bought is kept, so a take whose making was interrupted costs nothing more.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...memory.images import decode_image, encode_png
from ...memory.ledger import Ledger, Order
from ...memory.price import Price
from ...memory.till import Till
from ...storyboard.errors import BadInput, BadTake, Refused
from ...storyboard.looks import Voice
from ...storyboard.schema import digest
from ..protocol import Capabilities, Frame, FrameRule, Job, Notice, Output, Pixels, Tick
from ..requests import Between, Extend, PictureRequest, Raster, Speak, Still
from .buying import Asked, Buyer
from .servers import Server, find_server
from .speech import bought, capabilities_of_speech, check_voice
from .wire import Form, Wire
from .words import prompt

if TYPE_CHECKING:
    from ..cut.footage import TakeFootage

MOST_IMAGES = 16
"""References and an earlier keyframe together, on one still."""
MISSING_SECONDS = Fraction(1, 8)
"""What may be missing at the end of a clip: its last frame is held so long."""
_MOST_LONGER = 2
"""A clip of more frames than so often the longest (at 60 a second, or the server's rate) is not decoded."""
_MOST_PICTURE_BYTES = 72_000_000
Bought = Still | Between | Extend


class Remote:
    """``variant`` names the server; without it the settings file must hold exactly one."""

    pixels = 1
    pace = 1.0
    """Waits are multiplied by this."""

    def __init__(self, variant: str = "") -> None:
        """Raises ``BadInput`` where the settings file has no such server."""
        self._variant = variant
        self._server: Server | None = find_server(variant) if variant else None
        self._wire: Wire | None = None
        self.name = f"remote:{variant}" if variant else "remote"

    @property
    def server(self) -> Server:
        """The server that draws. Raises ``BadInput`` where it was not named and cannot be chosen."""
        if self._server is None:
            self._server = find_server(self._variant)
        return self._server

    @property
    def weights(self) -> str:
        """The server's name in the settings file, and its model: not where it is."""
        try:
            return self.server.identity
        except BadInput:
            return "none"

    def preflight(self) -> None:
        """Raise ``BadInput`` where no server is named. Asks nothing of the network."""
        assert self.server is not None

    def capabilities(self) -> Capabilities:
        try:
            server = self.server
        except BadInput:
            return Capabilities(requests=frozenset({"still"}), device="network", settings=frozenset())
        if server.speech:
            return capabilities_of_speech(server)
        return _of_clips(server) if server.videos else _of_stills(server)

    def check_voice(self, voice: Voice) -> None:
        """Raise ``BadInput`` for a voice that the server has not, as far as the settings file tells."""
        check_voice(self.server, voice)

    def price(self, request: PictureRequest | Speak) -> Price:
        """What a request costs, as the settings file says."""
        if isinstance(request, Speak):
            return self.server.cost_of_words(request.words)
        return self.server.cost(self._seconds(request) if isinstance(request, Between | Extend) else 1)

    def load(self, device: str, budget_mb: int | None) -> None:
        self.unload()
        self._wire = Wire(self.server)

    def unload(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.__exit__()

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        for index, job in enumerate(jobs):
            request = job.request
            if isinstance(request, Speak) and self.server.speech:
                yield from self._line(index, job, request, tick)
                continue
            if not isinstance(request, Still | Between | Extend):
                raise Refused(f"{self.name} draws stills and clips only.")
            _need_known(request, self.capabilities(), self.name)
            yield from self._one(index, job, request, tick)

    def _one(self, index: int, job: Job, request: Bought, tick: Tick) -> Iterator[Output]:
        with ExitStack() as stack:
            till = job.till or self._loose(request, stack)
            most = int(_MOST_LONGER * max(self.server.seconds) * max(Fraction(60), self.server.rate.fps))
            check = (lambda path: _whole(path, most)) if self.server.videos else _is_picture
            buyer = self._buyer(till, check, lambda share, words: tick(index, 0.9 * share, words))
            path, order = buyer.buy(self._asked(job, request))
            yield from self._notices(index, request, order)
            if isinstance(request, Still):
                yield Frame(index, fitted(_picture(path), request.raster))
            else:
                yield from self._clip(index, request, path, stack, tick)
        tick(index, 1.0)

    def _line(self, index: int, job: Job, request: Speak, tick: Tick) -> Iterator[Output]:
        with ExitStack() as stack:
            till = job.till or self._loose(request, stack)

            def buyer(check: Callable[[Path], None]) -> Buyer:
                return self._buyer(till, check, lambda share, words: tick(index, 0.9 * share, words))

            yield from bought(index, self.server, request, buyer)
        tick(index, 1.0)

    def _buyer(self, till: Till, check: Callable[[Path], None], tell: Callable[[float, str], None]) -> Buyer:
        if self._wire is None:
            raise Refused(f"{self.name} was not loaded.")
        return Buyer(self.server, till, self._wire, tell, check, self.pace)

    def _loose(self, request: Bought | Speak, stack: ExitStack) -> Till:
        """A till where nobody keeps a ledger: in a folder of its own, and nothing may be spent."""
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="photoplay-")))
        return Till(Ledger(folder), digest(request), "", self.name, "")

    # -- what is asked --------------------------------------------------------------------

    def _asked(self, job: Job, request: Bought) -> Asked:
        server = self.server
        width, height = asked_size(server, request.raster)
        size = f"{width}x{height}"
        fields = {"model": server.model, "prompt": prompt(request), "size": size}
        if server.seed:
            fields["seed"] = str(request.seed)
        if isinstance(request, Still):
            fields["n"] = "1"
            fields |= {"quality": server.quality} if server.quality else {}
            fields |= {"response_format": "b64_json"} if server.b64 else {}
            given = [*request.anchors, *([request.like] if request.like else [])]
            name = "image[]" if len(given) > 1 else "image"
            files: Form = [
                (name, (f"image-{n}.png", _png(job.frame(one)), "image/png"))
                for n, one in enumerate(given, 1)
            ]
            path = "/images/edits" if files else "/images/generations"
            return Asked(path, f"still {size}", server.cost(), fields, files)
        seconds = self._seconds(request)
        fields["seconds"] = str(seconds)
        files = []
        opens = request.tail if isinstance(request, Extend) else request.first
        if opens is not None:
            shown = fitted(job.frame(opens), Raster(width=width, height=height))
            files = [("input_reference", ("first.png", _png(shown), "image/png"))]
        return Asked("/videos", f"clip {size}, {seconds} s", server.cost(seconds), fields, files)

    def _seconds(self, request: Between | Extend) -> int:
        """The shortest length of the server's that holds the clip."""
        wanted = Fraction(request.frames) / request.rate.fps
        for seconds in sorted(self.server.seconds):
            if seconds >= wanted:
                return seconds
        raise Refused(
            f"{self.name} makes clips of at most {max(self.server.seconds)} s; "
            f"{float(wanted):.1f} s were asked for."
        )

    # -- what comes back ------------------------------------------------------------------

    def _notices(self, index: int, request: Bought, order: Order) -> Iterator[Notice]:
        server = self.server
        if not server.seed:
            words = f"{server.name} takes no seed: ordered again, the same would look otherwise"
            yield Notice(index, "seed", words)
        size, raster = asked_size(server, request.raster), request.raster
        if size != (raster.width, raster.height):
            yield Notice(
                index,
                "size",
                f"asked for at {size[0]}x{size[1]}, cropped and scaled to {raster.width}x{raster.height}",
            )
        if order.price.amount != 0:
            yield Notice(index, "cost", f"bought from {server.name}, {order.price}")

    def _clip(
        self, index: int, request: Between | Extend, path: Path, stack: ExitStack, tick: Tick
    ) -> Iterator[Frame]:
        from ..cut.footage import open_footage

        footage = stack.enter_context(open_footage(path))
        skip = 1 if isinstance(request, Extend) else 0  # the first frame is the tail's own
        holds = Counter(_picks(footage, request, skip, self.name))
        made = 0
        for at, pixels in enumerate(footage.frames(0, max(holds) + 1)):
            if at in holds:
                yield Frame(index, fitted(pixels, request.raster), holds[at])
                made += holds[at]
                tick(index, 0.9 + 0.1 * made / request.frames)


def _of_stills(server: Server) -> Capabilities:
    listed = server.sizes
    return Capabilities(
        requests=frozenset({"still"}),
        inputs=frozenset({"references", "like"}) if server.references else frozenset(),
        references=server.references,
        size_multiple=2 if listed else max(2, server.multiple),
        most_pixels=max((w * h for w, h in listed), default=server.pixels),
        device="network",
        parallel=server.parallel,
        settings=frozenset({"look"}),
    )


def _of_clips(server: Server) -> Capabilities:
    lengths = sorted(int(seconds * server.rate.fps) for seconds in server.seconds)
    least = lengths[0]
    even = lengths == [least * n for n in range(1, len(lengths) + 1)]
    return Capabilities(
        requests=frozenset({"between", "extend"} if server.first else {"between"}),
        inputs=frozenset({"first", "tail", "words"} if server.first else {"words"}),
        frame_rule=FrameRule(step=least if even else 1, least=least),
        size_multiple=2 if server.sizes else max(2, server.multiple),
        longest=lengths[-1],
        tail_frames=1,
        most_pixels=max((w * h for w, h in server.sizes), default=server.pixels),
        native_rate=server.rate,
        device="network",
        parallel=server.parallel,
        settings=frozenset({"look"}),
    )


def _need_known(request: Bought, can: Capabilities, name: str) -> None:
    """``Refused`` for a request, an input or a setting that would be ignored."""
    if request.kind not in can.requests:
        raise Refused(f"{name} does not make {request.kind!r}.")
    given = {
        "references": bool(request.anchors),
        "lora": bool(request.loras),
        **{
            field: getattr(request, field, None) is not None
            for field in ("first", "last", "origin", "like", "goal", "colour", "control")
        },
        "beside": bool(getattr(request, "beside", ())),
        "latents": isinstance(request, Extend) and request.tail.part == "latents",
    }
    for what in sorted(what for what, there in given.items() if there and what not in can.inputs):
        raise Refused(f"{name} does not use {what!r}.")
    images = len(request.anchors) + (isinstance(request, Still) and request.like is not None)
    if images > min(MOST_IMAGES, can.references):
        raise Refused(f"{name} draws from at most {can.references} images; {images} were given.")
    for what in sorted(request.settings.keys() - (can.settings or frozenset())):
        raise Refused(f"{name} does not read the setting {what!r}.")


def asked_size(server: Server, raster: Raster) -> tuple[int, int]:
    """The size to ask for: the raster's own, or the listed one nearest in shape, and then in area."""
    if not server.sizes:
        return raster.width, raster.height

    def apart(size: tuple[int, int]) -> tuple[float, int]:
        shape = (size[0] * raster.height) / (size[1] * raster.width)
        return round(max(shape, 1 / shape), 3), abs(size[0] * size[1] - raster.width * raster.height)

    return min(server.sizes, key=apart)


def fitted(pixels: Pixels, raster: Raster) -> Pixels:
    """The middle of a picture in the raster's shape, scaled to it."""
    from PIL import Image

    height, width = pixels.shape[:2]
    if (width, height) == (raster.width, raster.height):
        return pixels
    scale = min(width / raster.width, height / raster.height)
    wide, high = raster.width * scale, raster.height * scale
    left, top = (width - wide) / 2, (height - high) / 2
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    size = raster.width, raster.height
    box = (left, top, left + wide, top + high)
    return np.asarray(image.resize(size, Image.Resampling.LANCZOS, box=box), dtype=np.uint8)


def _png(pixels: Pixels) -> bytes:
    return encode_png(pixels)


def _picture(path: Path) -> Pixels:
    """The pixels of a bought still. Raises ``BadTake``."""
    if path.stat().st_size > _MOST_PICTURE_BYTES:
        raise BadTake(f"a picture of more than {_MOST_PICTURE_BYTES // 1_000_000} MB")
    try:
        return decode_image(path.read_bytes(), "the picture")
    except BadInput as error:
        words = str(error)
    raise BadTake(words)


def _is_picture(path: Path) -> None:
    _picture(path)


def _whole(path: Path, most: int) -> None:
    """Raises ``BadTake`` unless a clip of at most so many frames is decoded to its end."""
    from ..cut.footage import open_footage

    with open_footage(path) as footage:
        if footage.is_still or footage.count < 1:
            raise BadTake("a picture and no clip")
        if footage.count > most:
            raise BadTake(f"a clip of {footage.count} frames, where at most {most} could be meant")
        for _ in footage.frames(0, footage.count):
            pass


def _picks(footage: TakeFootage, request: Between | Extend, skip: int, name: str) -> list[int]:
    """The clip's frame that is shown at each frame of the request: the one at that time, the last one held.

    Raises ``Refused`` where more is missing at the end than ``MISSING_SECONDS``.
    """
    theirs, ours = footage.rate.fps, request.rate.fps
    picks = [skip + int(n * theirs / ours) for n in range(request.frames)]
    last = footage.count - 1
    most = MISSING_SECONDS * theirs + skip
    if picks[-1] - last > most:
        raise Refused(
            f"{name} sent a clip of {footage.count} frames at {footage.rate} a second; {request.frames} at "
            f"{request.rate} were ordered. It is kept in the film's folder bought/, and is not ordered again."
        )
    return [min(pick, last) for pick in picks]
