"""MiniMax-H3: clips of 5 to 14 seconds with their sound, between given frames or from references.

One repository holds two transformers, one for each use; ``layout`` says which a set of weights takes.
Shorter clips are drawn at five seconds and cut: the model was made for no less. Its frames are 24 a second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import Refused
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Between, Extend
from . import wording
from .clips import clip_frames, image, spread_frames
from .family import Drawn, Extra, Family, Ready, Sampled, Step, Words
from .ltx2 import one_long_paragraph
from .modular import load_modular, run
from .noise import generator
from .sound_track import track

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

REFERENCES = 9
"""Pictures that one clip may be drawn from, as the pipeline allows."""
RULE = FrameRule(step=17, offset=5, least=124)
LONGEST = 345
"""The most frames of the rule below 15 seconds."""
_LEAST_TO_LAST = RULE.least - RULE.step + 1
"""Fewer wanted frames than that, taken evenly from those drawn, would let things move too fast."""
_RATE = Rate(num=24)
_LAYOUTS = ("", "references")


class MiniMaxH3(Family):
    """``layout``: none for given frames, ``references`` for pictures of who is seen. Guidance is built in."""

    name: ClassVar[str] = "minimax-h3"
    pipeline: ClassVar[str] = "MiniMaxH3ModularPipeline"
    layouts: ClassVar[tuple[str, ...]] = tuple(_LAYOUTS)
    settings: frozenset[str] = frozenset({"steps", "quality", "look"})

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._by_references = weights.layout == "references"

    def capabilities(self) -> Capabilities:
        frames = frozenset({"first", "last", "tail", "colour", "words"})
        return Capabilities(
            requests=frozenset({"between"} if self._by_references else {"between", "extend"}),
            inputs=frozenset({"references", "words"}) if self._by_references else frames,
            required=frozenset({"references"} if self._by_references else ()),
            references=REFERENCES if self._by_references else 0,
            frame_rule=RULE,
            size_multiple=32,
            longest=LONGEST,
            tail_frames=1,
            most_pixels=1344 * 768,
            native_rate=_RATE,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        """The prompt; each reference by the number that the model is shown it with, ``Picture 1``."""
        shown = wording.bound(request) if self._by_references else []
        named = [re.sub(r"\bimage(s?) (?=\d)", r"Picture\1 ", line) for line in shown]
        return Words(" ".join([*map(wording.sentence, named), one_long_paragraph(request)]))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (20 if draft else 50), 1.0

    def load(self, located: Located, loading: Loading) -> Any:
        return load_modular(
            self.pipeline, located, loading,
            {"processor": Seeing(located.folder / "processor", located.folder / "tokenizer")},
            self.weights.left_out(),
        )  # fmt: skip

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """Nothing yet: the model reads the words together with the pictures of the request."""
        return {}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        self._refuse(ready)
        state = run(
            pipe,
            ["before_encode", "text_encoder", "vae_encoder", "denoise", "decode"],
            {
                "prompt": ready.words.text,
                **(self._references(ready) if self._by_references else _frames(ready)),
                "height": ready.height,
                "width": ready.width,
                "num_frames": ready.frames,
                "num_inference_steps": ready.steps + 1,  # it counts the noise levels, the last of them none
                "generator": generator(ready.seed, "clip", ready.at),
                "output_type": "np",
            },
            step,
            ready.steps,
        )
        skip, new = len(ready.tail), clip_frames(ready.request)
        frames = np.asarray(state.get("videos")[0][skip:], dtype=np.float32)
        hz, waveform = int(state.get("sampling_rate")), state.get("audio")[0].float().cpu().numpy()
        if ready.last is not None:
            kept, waveform = spread_frames(frames, new), _hurried(waveform, len(frames) / new)
        else:
            kept = frames[:new]
        return Sampled(
            frames=kept, parts=lambda: [Extra("sound", "wav", track(waveform, hz, _RATE, skip, new))]
        )

    def _refuse(self, ready: Ready) -> None:
        """Raise ``Refused`` for what the model cannot draw; nothing was drawn then."""
        assert isinstance(ready.request, Between | Extend)  # no others are declared
        name, wanted = f"diffusion:{self.weights.name}", clip_frames(ready.request)
        if ready.request.rate != _RATE:
            raise Refused(f"{name} draws 24 frames a second, not {float(ready.request.rate.fps):g}.")
        if self._by_references and not ready.references:
            raise Refused(
                f"{name} draws from references, and this shot has none. Give its cast pictures, or choose "
                "weights of MiniMax-H3 for given frames."
            )
        if ready.last is not None and wanted < _LEAST_TO_LAST:
            raise Refused(
                f"{name} goes towards a last frame in clips of {_LEAST_TO_LAST} frames or more, not in "
                f"{wanted}: all would move too fast. Make the shot longer, or choose another renderer."
            )

    def _references(self, ready: Ready) -> dict[str, Any]:
        """The references as they are: the model scales them itself, and they do not bind the clip's shape."""
        from diffusers.modular_pipelines.minimax_h3 import MiniMaxH3ImageReference
        from PIL import Image

        shown = [np.ascontiguousarray(one.pixels[:, :, :3]) for one in ready.references]
        return {"references": [MiniMaxH3ImageReference(image=Image.fromarray(pixels)) for pixels in shown]}


def _frames(ready: Ready) -> dict[str, Any]:
    """Where the clip begins and ends: on a tail's last frame, which is not given again, or on its first."""
    start = ready.tail[-1] if ready.tail else ready.first
    return {
        "image": None if start is None else image(start, ready),
        "last_image": None if ready.last is None else image(ready.last, ready),
    }


def _hurried(waveform: Any, times: float) -> Any:
    """Sound so many times as fast, as the frames are that it belongs to; a little higher in pitch for it."""
    samples = waveform.shape[1]
    places = np.arange(round(samples / times)) * times
    return np.stack([np.interp(places, np.arange(samples), channel) for channel in waveform])


class Seeing:
    """What the pipeline uses of Qwen3-VL's processor, which cannot be made without torchvision.

    Its video half is what needs that, and no video is shown to the model here.
    """

    def __init__(self, folder: Any, tokenizer: Any) -> None:
        from transformers import AutoTokenizer, Qwen2VLImageProcessor

        self.image_processor = Qwen2VLImageProcessor.from_pretrained(str(folder), local_files_only=True)
        known = AutoTokenizer.from_pretrained(str(tokenizer), local_files_only=True)
        self._pictures = known.convert_tokens_to_ids("<|image_pad|>")

    def create_mm_token_type_ids(self, prompts: Sequence[Sequence[int]]) -> list[list[int]]:
        """For each token 1 where it stands for a part of a picture, 0 where it is text."""
        return [[int(token == self._pictures) for token in prompt] for prompt in prompts]
