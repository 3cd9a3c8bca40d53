"""A renderer whose every frame tells its place: a bar that grows from the first frame to the last.

Stills stand at their moment of the shot; clips go evenly from end to end; extensions go on at the same
pace. So a doubled, lost or swapped frame shows in a joined take. Keyframes come from ``ramp:stills``.
"""

import numpy as np

from photoplay.render.fake import SlateRenderer
from photoplay.render.protocol import Capabilities, Frame, FrameRule
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Between, Extend, Refine, Still, Upscale
from photoplay.storyboard.rate import Rate

PACE = 2.0
"""Pixels that a bar grows by in each frame of a clip without a last frame."""


def bar(pixels):
    """Length of the bar in pixels, to a fraction: its bright part."""
    row = pixels[pixels.shape[0] // 2, :, 0].astype(float)
    return float(row.sum() / 255)


def painted(raster, length):
    canvas = np.zeros((raster.height, raster.width, 3), np.uint8)
    whole = int(length)
    canvas[:, :whole] = 255
    canvas[:, whole : whole + 1] = round(255 * (length - whole))
    return canvas


class Ramp(SlateRenderer):
    """See the module. ``inputs``, ``longest`` and the rest are what a test wants it to be able to do."""

    def __init__(self, variant="", **can):
        super().__init__(variant)
        self.name = f"ramp:{variant}" if variant else "ramp"
        self.calls = []
        self._can = {
            "requests": frozenset({"between", "extend"}),
            "inputs": frozenset({"first", "last", "tail", "goal", "colour", "references"}),
            "references": 2,
            "frame_rule": FrameRule(step=4, offset=1, least=5),
            "size_multiple": 16,
            "longest": 33,
            "tail_frames": 5,
            "settings": frozenset({"quality", "steps"}),
        } | can

    def capabilities(self):
        return Capabilities(**self._can)

    def render(self, jobs, tick):
        for n, job in enumerate(jobs):
            request = job.request
            self.calls.append(request)
            raster = request.raster
            if isinstance(request, Still):
                yield Frame(n, painted(raster, 8 + request.moment / 100 * (raster.width - 16)))
                continue
            frames = request.frames
            if isinstance(request, Refine | Upscale):
                yield from self._again(n, job)
                continue
            if isinstance(request, Extend):
                shown = job.tail(request.tail, 5)
                start, count = bar(shown[-1]) + PACE, frames
            else:
                start = bar(job.frame(request.first)) if request.first else 8.0
                count = frames
            stop = bar(job.frame(request.last)) if request.last else start + PACE * (count - 1)
            if isinstance(request, Between) and request.last and not request.first:
                start = stop - PACE * (count - 1)
            for i in range(frames):
                share = i / max(1, count - 1)
                yield Frame(n, painted(raster, start + share * (stop - start)))
                tick(n, (i + 1) / frames)

    @staticmethod
    def _again(n, job):
        """The take's bar in the request's size: a refined one is one pixel longer."""
        request = job.request
        footage = job.footage[request.take]
        for pixels in footage.frames(0, request.frames):
            share = request.raster.width / pixels.shape[1]
            yield Frame(n, painted(request.raster, bar(pixels) * share + isinstance(request, Refine)))


def stills(**can):
    """A renderer of keyframes."""
    given = {
        "requests": frozenset({"still"}),
        "inputs": frozenset({"references", "like"}),
        "references": 3,
        "frame_rule": FrameRule(),
        "longest": None,
        "size_multiple": 16,
        "settings": frozenset({"steps"}),
    }
    return Ramp("stills", **(given | can))


def finder(*renderers):
    """A ``find`` that knows these before the registry."""
    own = {r.name: r for r in renderers}
    return lambda spec: own.get(spec) or find_renderer(spec)


NATIVE = Rate(num=16)
