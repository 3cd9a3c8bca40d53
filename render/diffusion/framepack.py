"""FramePack: clips of any length from a first frame, in sections that see all earlier ones, packed.

Its two sets of weights each know one order. The first (layout none) makes the last section first, and
can go towards a last frame; F1 (layout ``f1``) makes them in the order of time, and its frames are
given away as they are made. Either order with the other's weights would be noise beside the point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, InputName, Method, Pixels
from . import packed
from .clips import clip_frames, image, need_first, on_device, spread, window_start
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words
from .hunyuan_video import encoded_by_two, hunyuan_words
from .noise import generator
from .seam import shot_latent
from .weight_files import read_json

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

_FORWARD = "f1"
_SIGLIP_SIDE = 384
_GUIDANCE = 10.0
"""As the makers' own program sets it; it is distilled into the weights."""


class FramePack(Family):
    """``layout``: none for the weights that make the last section first, ``f1`` for those that go forward."""

    name: ClassVar[str] = "framepack"
    pipeline: ClassVar[str] = "HunyuanVideoFramepackPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("", _FORWARD)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")
    settings: frozenset[str] = Family.settings - {"negative"} | {"method"}

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._forward = weights.layout == _FORWARD
        self._method: Method = "packed" if self._forward else "end-first"

    def capabilities(self) -> Capabilities:
        ends: frozenset[InputName] = frozenset({"first"} if self._forward else {"first", "last"})
        return Capabilities(
            requests=frozenset({"between"}),
            inputs=ends | {"lora", "words"},
            required=frozenset({"first"}),
            frame_rule=FrameRule(step=packed.FRAMES, offset=1, least=packed.FRAMES + 1),
            size_multiple=16,
            longest=4 * packed.FRAMES + 1,
            methods=frozenset({self._method}),
            most_pixels=640 * 640,
            native_rate=Rate(num=30),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return hunyuan_words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 25), _GUIDANCE

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_by_two(pipe, words)

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        return load_pipeline(self.pipeline, located, loading, components=_parts(located, loading))

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        for ready in batch:
            self._check_method(ready)
            need_first(ready, f"diffusion:{self.weights.name}")
        return [Sampled(frames=self._clip(pipe, ready, step)) for ready in batch]

    def _check_method(self, ready: Ready) -> None:
        asked = ready.settings.get("method", self._method)
        if asked != self._method:
            raise BadInput(
                f"The weights {self.weights.name} of FramePack know the method {self._method} alone, and the "
                f"setting method is {asked!r}. Take it out, or take other weights."
            )

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Iterator[Shades]:
        """The frames wanted, piece by piece. The pipeline can be used again afterwards, however it ended."""
        first = need_first(ready, f"diffusion:{self.weights.name}")
        wanted, to_last = clip_frames(ready.request), ready.last is not None
        count = packed.section_count(wanted - to_last)
        start = shot_latent(window_start(ready)) + 1
        try:
            ends = _ends(pipe, ready, first)
            prompt = on_device(pipe, [ready.prompt])
            sections = packed.Sections(pipe, ready, prompt, ends, count, start, step)
            if self._forward:
                pieces = packed.forward_pieces(pipe, ends.first, sections.forward())
            else:
                pieces = packed.end_first_pieces(pipe, ends.first, sections.end_first())
            if ends.last is None:
                yield from _beginning(pieces, wanted)
            else:
                yield from _to_last(pieces, count, packed.still_shades(pipe, ends.last), wanted)
        finally:
            pipe.maybe_free_model_hooks()


def _parts(located: Located, loading: Loading) -> dict[str, Any]:
    """What lies in folders of its own beside HunyuanVideo's, whose pipeline has other classes there.

    The makers give the transformer alone; the image encoder is FLUX.1 Redux's, whose processor scales to
    its size and to -1 to 1, as the class does of itself. Raises ``BadInput`` for a single file.
    """
    from .pipelines import from_folder

    parts: dict[str, Any] = {}
    own = located.files.get("transformer")
    if own is not None:
        if not own.is_dir():
            raise BadInput(
                f"{own} is a single file, and FramePack's transformer is only read from a folder with its "
                "configuration. Name the folder."
            )
        parts["transformer"] = from_folder("HunyuanVideoFramepackTransformer3DModel", own, loading)
    encoder = located.files.get("image_encoder")
    if encoder is not None:
        parts["feature_extractor"] = _processor(encoder)
    return parts


def _processor(encoder: Path) -> Any:
    from transformers import SiglipImageProcessor

    side = int(read_json(encoder / "config.json").get("image_size", _SIGLIP_SIDE))
    return SiglipImageProcessor(size={"height": side, "width": side})


def _ends(pipe: Any, ready: Ready, first: Pixels) -> packed.Ends:
    """The first and last frame as the autoencoder sees them, and the first as the image encoder does.

    The encoder's view of the last frame is left out, as the pipeline leaves it out.
    """
    import torch

    device = pipe._execution_device

    def latents(shown: Any, name: str) -> Any:
        random = generator(ready.seed, name)
        return pipe.prepare_image_latents(shown, dtype=torch.float32, device=device, generator=random)

    shown = [
        pipe.video_processor.preprocess(image(pixels, ready), ready.height, ready.width)
        for pixels in (first, ready.last)
        if pixels is not None
    ]
    with torch.no_grad():
        seen = pipe.encode_image(shown[0], device=device)
        last = latents(shown[1], "last") if ready.last is not None else None
        return packed.Ends(latents(shown[0], "first"), last, seen)


def _beginning(pieces: Iterator[Shades], wanted: int) -> Iterator[Shades]:
    """The first ``wanted`` frames."""
    for piece in pieces:
        yield piece[:wanted]
        wanted -= len(piece)
        if wanted <= 0:
            return


def _to_last(pieces: Iterator[Shades], count: int, last: Shades, wanted: int) -> Iterator[Shades]:
    """``wanted`` of the frames and the last one, evenly: the model is shown it as the one after its clip."""
    total = count * packed.FRAMES + 1
    kept = set(spread(total + 1, wanted))
    at = 0
    for piece in pieces:
        chosen = [n for n in range(len(piece)) if at + n in kept]
        if chosen:
            yield piece[chosen]
        at += len(piece)
    yield last
