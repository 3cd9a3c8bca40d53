"""Images within a prompt of Qwen 2.5-VL, as its text encoder reads them.

``Qwen2VLProcessor`` does this in transformers, and cannot be made where torchvision is not installed, for
the sake of videos. Images need no more than its image processor and the tokenizer; with these the pixels of
a still are the same with torchvision and without.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...storyboard.errors import BadInput

IMAGE = "<|image_pad|>"
"""Stands in a prompt for an image, once for each token that the image takes."""


class ImageReader:
    """Called as diffusers calls ``Qwen2VLProcessor``: prompts and images to what the encoder is given."""

    def __init__(self, images: Any, tokenizer: Any) -> None:
        self._images, self._tokenizer = images, tokenizer

    def __call__(
        self, text: Sequence[str], images: Sequence[Any], padding: bool = True, return_tensors: str = "pt"
    ) -> Any:
        """``input_ids``, ``attention_mask``, ``pixel_values``, ``image_grid_thw``.

        An image of ``t x h x w`` patches takes ``t * h * w / merge ** 2`` tokens, since so many patches are
        merged into one (arXiv 2502.13923, section 2.1).
        """
        from transformers import BatchFeature

        seen = self._images(images=list(images), return_tensors=return_tensors)
        counts = [int(grid.prod()) // self._images.merge_size**2 for grid in seen["image_grid_thw"]]
        prompts = [with_places(prompt, counts) for prompt in text]
        read = self._tokenizer(prompts, padding=padding, return_tensors=return_tensors)
        return BatchFeature({**read, **seen})


@contextmanager
def images_in_place(encoder: Any) -> Iterator[None]:
    """Let a Qwen 2.5-VL know which tokens are of images, so that they have rows and columns.

    Since transformers 5 it must be told (``mm_token_type_ids``), and places all tokens in one line where it
    is not, without a word; the pipelines of diffusers 0.42 do not tell it. Before, it saw for itself.
    """
    if "mm_token_type_ids" not in inspect.signature(type(encoder).forward).parameters:
        yield
        return
    own, before = encoder.forward, vars(encoder).get("forward")
    image = encoder.config.image_token_id

    def forward(*given: Any, **named: Any) -> Any:
        if named.get("image_grid_thw") is not None:
            named.setdefault("mm_token_type_ids", (named["input_ids"] == image).int())
        return own(*given, **named)

    encoder.forward = forward
    try:
        yield
    finally:
        del encoder.forward
        if before is not None:
            encoder.forward = before


def with_places(prompt: str, counts: Sequence[int]) -> str:
    """A prompt whose marks of images, one each, are repeated by the number of each image's tokens."""
    pieces = prompt.split(IMAGE)
    if len(pieces) != len(counts) + 1:
        raise ValueError(f"{len(counts)} images, and the prompt has places for {len(pieces) - 1}")
    return pieces[0] + "".join(IMAGE * n + piece for n, piece in zip(counts, pieces[1:], strict=True))


def image_reader(folder: Path, tokenizer: Any) -> ImageReader:
    """The reader of a set whose processor is in ``folder``. Raises ``BadInput`` where that says nothing."""
    import transformers

    kind = getattr(transformers, "Qwen2VLImageProcessorPil", None) or transformers.Qwen2VLImageProcessor
    if not (folder / "preprocessor_config.json").is_file():
        raise BadInput(
            f"{folder} is not whole: it has no preprocessor_config.json, which says how images are read. "
            "Get the weights again."
        )
    return ImageReader(kind.from_pretrained(str(folder), local_files_only=True), tokenizer)
