"""Wan's models drawing a take over: from words, and VACE with references and what is to stay as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..protocol import Pixels
from .clips import image, large_shift, on_device, shift_noise
from .family import Ready, Shades
from .noise import frame_noise, seed_of
from .pieces import WanEncoder, in_pieces, normalised, padded, video
from .refining import Chunk, set_levels, taken
from .seam import noised
from .streaming import decoded_by_wan

if TYPE_CHECKING:
    import torch

EDGE = 4
"""Pixels over which what is drawn begins beside what stays as it is."""
_GREY = 127
"""What stands in VACE's video where it is not known."""
Weight = npt.NDArray[np.float32]


class WanRedrawing:
    """See ``refining.Redrawing``: Wan from words alone. ``longest``: frames that it draws at once."""

    def __init__(self, pipe: Any, ready: Ready, longest: int) -> None:
        self._pipe, self._ready = pipe, ready
        self.per: int = pipe.vae_scale_factor_temporal
        self.longest = (longest - 1) // self.per + 1
        self._prompt = on_device(pipe, [ready.prompt])
        self._device: Any = pipe._execution_device

    def times(self, strength: float) -> int:
        shift_noise(self._pipe, self._ready, large_shift(self._ready))
        scheduler = self._pipe.scheduler
        scheduler.set_timesteps(self._ready.steps, device=self._device)
        set_levels(scheduler, strength)
        return len(scheduler.timesteps)

    def encoded(self) -> torch.Tensor:
        import torch

        encode = WanEncoder(self._pipe.vae)
        return torch.cat([encode(piece) for piece in self._pieces()], dim=2)

    def predicted(self, latents: torch.Tensor, chunk: Chunk, number: int, step: int) -> torch.Tensor:
        return self._guided(latents, number, step)

    def stepped(self, said: torch.Tensor, latents: torch.Tensor, step: int) -> torch.Tensor:
        scheduler = self._pipe.scheduler
        found: torch.Tensor = scheduler.step(said, scheduler.timesteps[step], latents, return_dict=False)[0]
        return found

    def decoded(self, latents: torch.Tensor) -> Iterator[Shades]:
        yield from decoded_by_wan(self._pipe, iter(latents.split(1, dim=2)))

    def finished(self) -> None:
        self._pipe.maybe_free_model_hooks()

    def _taken(self) -> Iterator[Pixels]:
        """The take's frames, the last one again until the length is one that the model draws."""
        return padded(taken(self._ready), self._ready.frames)

    def _pieces(self) -> Iterator[torch.Tensor]:
        vae = self._pipe.vae
        for frames in in_pieces(self._taken(), self.per):
            yield video(frames, self._device, vae.dtype)

    def _guided(self, latents: torch.Tensor, number: int, step: int, **known: Any) -> torch.Tensor:
        """The model's output with guidance, of the expert for this noise level where there are two."""
        import torch

        pipe, ready = self._pipe, self._ready
        time = pipe.scheduler.timesteps[step]
        boundary = pipe.config.boundary_ratio
        early = boundary is None or time >= boundary * pipe.scheduler.config.num_train_timesteps
        model = pipe.transformer if early else pipe.transformer_2
        given = {
            "hidden_states": latents.to(model.dtype),
            "timestep": time.expand(len(latents)).to(latents.device),
            **known,
        }
        said = []
        with torch.no_grad():
            for name in ("prompt_embeds", "negative_prompt_embeds")[: 1 + (ready.guidance > 1)]:
                with model.cache_context(f"{name} {number}"):
                    words = self._prompt[name]
                    said.append(model(**given, encoder_hidden_states=words, return_dict=False)[0].float())
        if len(said) == 1:
            return said[0]
        found: torch.Tensor = said[1] + ready.guidance * (said[0] - said[1])
        return found


class VaceRedrawing(WanRedrawing):
    """Wan VACE: told what stays as it is, and of references, as its pipeline tells it (arXiv 2503.07598).

    The model reads the part that stays (``inactive``), the part that is drawn (``reactive``, grey: what it
    was is not told, but is in the noised latents) and the mask. References stand in front of every chunk.
    """

    def __init__(self, pipe: Any, ready: Ready, longest: int) -> None:
        super().__init__(pipe, ready, longest)
        self._drawn = np.ones((ready.height, ready.width), np.float32)
        if ready.keep is not None:
            self._drawn[kept(ready)] = 0
        self._known: Any = None
        self._shown = self._references()
        self._seen: Any = None
        """The references' latents at the noise level of the moment, and what the model said of them last."""
        self._said: Any = None

    def encoded(self) -> torch.Tensor:
        """The take's latents; on the way what the model is told of it."""
        import torch

        vae = self._pipe.vae
        drawn = torch.from_numpy(self._drawn).to(self._device)
        whole, inactive, reactive = (WanEncoder(vae) for _ in range(3))
        grey = torch.tensor(_GREY / 127.5 - 1, device=self._device, dtype=vae.dtype)
        found, told = [], []
        for piece in self._pieces():
            shown = torch.where(drawn > 0, grey, piece)
            found.append(whole(piece))
            told.append(torch.cat([inactive(shown * (1 - drawn)), reactive(shown * drawn)], dim=1))
        self._known = self._with_mask(torch.cat(told, dim=2), drawn).to(self._prompt["prompt_embeds"])
        return torch.cat(found, dim=2)

    def times(self, strength: float) -> int:
        if self._shown is not None:
            noise = frame_noise(seed_of(self._ready.seed, "references"), 0, *_sizes(self._shown))
            self._seen = noised(self._shown, noise.to(self._shown), strength)
        return super().times(strength)

    def predicted(self, latents: torch.Tensor, chunk: Chunk, number: int, step: int) -> torch.Tensor:
        import torch

        known = self._known[:, :, chunk.start : chunk.stop]
        if self._shown is None:
            return self._guided(latents, number, step, **self._control(known))
        before = torch.cat([self._shown, self._shown.new_zeros(_told_of(self._shown, known))], dim=1)
        known = torch.cat([before.to(known), known], dim=2)
        seen = torch.cat([self._seen, latents], dim=2)
        said = self._guided(seen, number, step, **self._control(known))
        count = self._shown.shape[2]
        if number == 0:
            self._said = said[:, :, :count]
        return said[:, :, count:]

    def stepped(self, said: torch.Tensor, latents: torch.Tensor, step: int) -> torch.Tensor:
        import torch

        if self._shown is None:
            return super().stepped(said, latents, step)
        count = self._shown.shape[2]
        both = torch.cat([self._said, said], dim=2), torch.cat([self._seen, latents], dim=2)
        after = super().stepped(*both, step)
        self._seen = after[:, :, :count]
        return after[:, :, count:]

    def decoded(self, latents: torch.Tensor) -> Iterator[Shades]:
        frames = super().decoded(latents)
        if self._ready.keep is None:
            return frames
        return laid_over(frames, self._taken(), soft_edge(self._drawn == 0))

    def _control(self, known: torch.Tensor) -> dict[str, Any]:
        model = self._pipe.transformer or self._pipe.transformer_2
        layers = len(model.config.vace_layers)
        return {
            "control_hidden_states": known.to(model.dtype),
            "control_hidden_states_scale": known.new_ones(layers, dtype=model.dtype),
        }

    def _with_mask(self, told: torch.Tensor, drawn: torch.Tensor) -> torch.Tensor:
        """The mask as channels: one for each pixel of a latent pixel, equal in every frame."""
        import torch

        cell = self._pipe.vae_scale_factor_spatial
        high, wide = (size // cell for size in drawn.shape)
        channels = drawn.view(high, cell, wide, cell).permute(1, 3, 0, 2).reshape(1, -1, 1, high, wide)
        return torch.cat([told, channels.to(told).expand(-1, -1, told.shape[2], -1, -1)], dim=1)

    def _references(self) -> Any:
        """Latents of the references, each a frame of its own, the last one first as the pipeline has them."""
        import torch

        ready, vae = self._ready, self._pipe.vae
        if not ready.references:
            return None
        images = [_whole(reference.pixels) for reference in ready.references]
        shown = self._pipe.preprocess_conditions(
            None, None, images, 1, ready.height, ready.width, 1, torch.float32, self._device
        )[2][0]
        with torch.no_grad():
            given = [
                vae.encode(one[None, :, None].to(vae.dtype)).latent_dist.mode() for one in reversed(shown)
            ]
        return normalised(torch.cat(given, dim=2).float(), vae)


def kept(ready: Ready) -> npt.NDArray[np.bool_]:
    """Where the request's still is light (over half): height x width, in the size that is sampled."""
    assert ready.keep is not None
    light: npt.NDArray[np.bool_] = np.asarray(image(ready.keep, ready).convert("L")) > _GREY
    return light


def soft_edge(stays: npt.NDArray[np.bool_]) -> Weight:
    """How much of each pixel is the take's, height x width x 1, 0 to 1.

    All of it where it stays, and less and less over the ``EDGE`` pixels beside that.
    """
    from PIL import Image, ImageFilter

    mask = Image.fromarray(stays.astype(np.uint8) * 255)
    weight = stays.astype(np.float32)
    for ring in range(1, EDGE + 1):
        near = np.asarray(mask.filter(ImageFilter.MaxFilter(2 * ring + 1))) > 0
        weight = np.maximum(weight, near * np.float32(1 - ring / (EDGE + 1)))
    return weight[:, :, None]


def laid_over(frames: Iterable[Shades], taken: Iterator[Pixels], weight: Weight) -> Iterator[Shades]:
    """Frames with the take's own pixels where they stay; both are read a piece at a time."""
    for piece in frames:
        own = np.stack(list(islice(taken, len(piece)))).astype(np.float32) / np.float32(255)
        yield piece + weight * (own - piece)


def _sizes(latents: torch.Tensor) -> Sequence[int]:
    """Latent frames, channels, height and width, as ``frame_noise`` takes them."""
    _, channels, frames, height, width = latents.shape
    return frames, channels, height, width


def _told_of(shown: torch.Tensor, known: torch.Tensor) -> Sequence[int]:
    return (1, known.shape[1] - shown.shape[1], *shown.shape[2:])


def _whole(pixels: Pixels) -> Any:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
