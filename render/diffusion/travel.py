"""Words that change within a clip: each frame is denoised in words of its own ("prompt travel").

Between two stations the embeddings are interpolated frame by frame, evenly, as FreeNoise (arXiv
2310.15169) and diffusers do it. For models that read one prompt a frame, such as AnimateDiff.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .family import Words

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Travel(Words):
    """Words as the clip begins (``text``), in its middle and at its end; empty where nothing changes then."""

    middle: str = ""
    end: str = ""

    @property
    def stations(self) -> dict[float, str]:
        """The words by the place in the clip, 0 to 1, from which they are meant."""
        places = {0.0: self.text, 0.5: self.middle, 1.0: self.end}
        return {place: text for place, text in places.items() if text or not place}


def per_frame(embedded: torch.Tensor, places: Sequence[float], wanted: int, frames: int) -> torch.Tensor:
    """Embeddings of each frame: frames x tokens x width, from stations x tokens x width.

    ``places`` (rising, 0 first) are shares of the ``wanted`` frames that are given; the others, up to
    ``frames``, keep the last words, as frames after the last station do.
    """
    import torch

    stops = [round(place * (wanted - 1)) for place in places]
    found = []
    for frame in range(frames):
        after = next((n for n, stop in enumerate(stops) if stop > frame), None)
        if after is None:
            found.append(embedded[-1])
            continue
        start, stop = stops[after - 1 : after + 1]
        share = (frame - start) / (stop - start)
        found.append((1 - share) * embedded[after - 1] + share * embedded[after])
    return torch.stack(found)


@contextmanager
def travelling(models: Sequence[Any], words: torch.Tensor) -> Iterator[None]:
    """While it lasts ``models`` read ``words`` (frames x tokens x width) instead of their one prompt.

    Where they are guided, the frames are there twice: unwanted words first, as the pipelines have them.
    """

    def reading(model: Any, args: Any, given: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        one = given["encoder_hidden_states"]
        if one.shape != words.shape:
            raise ValueError(f"words of {tuple(words.shape)} for frames that read {tuple(one.shape)}")
        return args, {**given, "encoder_hidden_states": words.to(one)}

    hooks = [model.register_forward_pre_hook(reading, with_kwargs=True) for model in models]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
