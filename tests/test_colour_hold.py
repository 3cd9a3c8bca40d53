"""The hold on colour against its formula."""

import numpy as np

from photoplay.render.diffusion.hold import hold_colour


def test_held_colours_are_those_of_the_formula_however_frames_lie_in_memory():
    """Channels last or first in memory, the frames are (x - m) / s * s' + m', s' and m' a share towards the anchor's."""
    draw = np.random.default_rng(4)
    frames = (draw.random((5, 6, 8, 3)) * [0.5, 0.8, 0.3] + [0.1, 0.05, 0.4]).astype(np.float32)
    anchor = draw.integers(0, 256, (7, 9, 3), dtype=np.uint8)
    seen, wanted = frames.reshape(-1, 3).astype(float), anchor.reshape(-1, 3) / 255
    mean = seen.mean(0) + 0.25 * (wanted.mean(0) - seen.mean(0))
    spread = seen.std(0) + 0.25 * (wanted.std(0) - seen.std(0))
    expected = np.clip((frames - seen.mean(0)) / seen.std(0) * spread + mean, 0, 1)
    held = hold_colour(frames, anchor, 0.25)
    assert held.dtype == np.float32
    np.testing.assert_allclose(held, expected, atol=1e-5)
    channels_first = np.moveaxis(np.ascontiguousarray(np.moveaxis(frames, -1, 1)), 1, -1)
    np.testing.assert_allclose(hold_colour(channels_first, anchor, 0.25), held, atol=1e-6)
    np.testing.assert_array_equal(channels_first, frames)
