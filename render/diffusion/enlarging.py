"""What upscalers share: which sizes are allowed, chunks that overlap, the last step to the size asked for.

An upscaler multiplies both sides by a number of its own. What comes out of it is then scaled down to
cover the raster (Lanczos, in floating point) and what stands over is cut off evenly, so any raster is
served from the take's own size up to that many times it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from ...storyboard.errors import BadTake, Refused
from ..protocol import Footage, Pixels
from ..requests import Upscale
from .family import Ready, Sampled, Shades

Enlarged = Callable[[Ready, Footage], Iterator[Shades]]
"""(request, its take) -> large frames, piece by piece."""
_ROOM = 1e-6
_DARK, _BRIGHT = 2, 32
"""Of 255: what counts as black, and what certainly does not."""


def taken(ready: Ready, times: int, name: str) -> Footage:
    """The take that is enlarged. Raises ``Refused`` for a raster or a number of frames it cannot give."""
    assert isinstance(ready.request, Upscale)  # upscalers declare no others
    assert ready.take is not None  # the renderer reads it for every such request
    take, wanted = ready.take, ready.request.frames
    if take.count < wanted:
        raise Refused(
            f"The take has {take.count} frames, and {wanted} are to be enlarged. Ask for fewer. "
            "Nothing was changed."
        )
    height, width = take.frame(0).shape[:2]
    scale = max(ready.width / width, ready.height / height)
    if not 1 - _ROOM <= scale <= times + _ROOM:
        raise Refused(
            f"{name} makes a take of {width} x {height} up to {times} times larger, so not "
            f"{ready.width} x {ready.height}. Ask for a size from {width} x {height} to {times * width} x "
            f"{times * height}, or choose another upscaler."
        )
    return take


def each_enlarged(batch: Sequence[Ready], times: int, name: str, enlarged: Enlarged) -> list[Sampled]:
    """A batch, each take made larger when its frames are asked for. All are looked at before the first is.

    Raises ``Refused`` as ``taken`` does.
    """
    takes = [taken(ready, times, name) for ready in batch]
    return [Sampled(frames=enlarged(ready, take)) for ready, take in zip(batch, takes, strict=True)]


def chunks(frames: Iterable[Pixels], length: int, overlap: int) -> Iterator[list[Pixels]]:
    """Runs of ``length`` frames, each beginning with the last ``overlap`` ones of the run before.

    The last run may be shorter, but is longer than ``overlap``. No frame is asked for before it is needed,
    and none twice.
    """
    given = iter(frames)
    run = list(islice(given, length))
    while run:
        yield run
        new = list(islice(given, length - overlap))
        run = [*run[-overlap:], *new] if new else []


def whole(run: Sequence[Pixels], step: int) -> list[Pixels]:
    """The run, its last frame repeated until there are ``step * k + 1`` frames."""
    more = -(len(run) - 1) % step
    return [*run, *[run[-1]] * more]


def cross_faded(runs: Iterable[Shades], overlap: int) -> Iterator[Shades]:
    """One clip of runs whose first ``overlap`` frames are those that the run before ends with.

    Over these the earlier run fades into the later one, in equal steps; no frame comes twice.
    """
    tail: Shades | None = None
    for run in runs:
        if tail is not None:
            share = (np.arange(1, overlap + 1, dtype=np.float32) / (overlap + 1))[:, None, None, None]
            run = np.concatenate([(1 - share) * tail + share * run[:overlap], run[overlap:]])
        if len(run) > overlap:
            yield run[:-overlap]
        tail = run[-overlap:]
    if tail is not None:
        yield tail


def lit(frames: Shades, given: Sequence[Pixels], name: str) -> Shades:
    """The frames. Raises ``BadTake`` where they are black, and what they were made from was not."""
    if float(frames.max()) * 255 <= _DARK and max(int(pixels.max()) for pixels in given) >= _BRIGHT:
        raise BadTake(f"{name} gave black frames of a take that is not black")
    return frames


def padded(pixels: Pixels, step: int) -> Pixels:
    """A frame whose sides are multiples of ``step``: its last column and row are repeated."""
    height, width = pixels.shape[:2]
    more = ((0, -height % step), (0, -width % step), (0, 0))
    return np.pad(pixels[:, :, :3], more, mode="edge")


def fitted(frames: Shades, ready: Ready) -> Shades:
    """Frames scaled to cover the raster, and what stands over cut off evenly; as they are where they fit."""
    from PIL import Image

    height, width = frames.shape[1:3]
    if (width, height) == (ready.width, ready.height):
        return frames
    scale = max(ready.width / width, ready.height / height)
    across, down = ready.width / scale, ready.height / scale
    left, top = (width - across) / 2, (height - down) / 2
    box = (left, top, left + across, top + down)

    def scaled(channel: Shades) -> Shades:
        given = Image.fromarray(np.ascontiguousarray(channel))
        made = given.resize((ready.width, ready.height), Image.Resampling.LANCZOS, box=box)
        return np.clip(np.asarray(made, np.float32), 0, 1)

    return np.stack([np.stack([scaled(f[:, :, c]) for c in range(3)], axis=-1) for f in frames])
