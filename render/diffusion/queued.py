"""Families that make a clip of any length by the diagonal queue: what is common, and how each is asked.

These take a noise level for each latent frame: Wan and LTX for each token, SkyReels for each frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ...storyboard.errors import BadInput, Refused
from ..protocol import Pixels
from ..requests import Between
from .clips import image, on_device, window_start
from .diagonal import DiagonalQueue, Ladder, Predict, cost
from .family import Ready, Sampled, Shades, Step, choice
from .noise import frame_noise, generator, seed_of
from .seam import shot_latent
from .streaming import decoded_by_ltx, decoded_by_wan

if TYPE_CHECKING:
    import torch

SETTINGS = frozenset({"method", "queue-tail"})
"""Settings of a request that families with a queue read."""


def is_queued(ready: Ready, name: str) -> bool:
    """Whether a clip is asked for by the queue. Raises for what the queue would not do, before any work.

    ``BadInput`` for a method that is none, ``Refused`` for what would be ignored.
    """
    asked = ready.settings.get("method")
    if asked is None:
        return False
    if asked != "queue":
        raise BadInput(f"{name} has no method {asked!r}; it has: queue. Nothing was drawn.")
    choice(ready.settings, "queue-tail")
    if not isinstance(ready.request, Between):
        raise Refused(f"{name} makes a clip from its beginning by the queue, and goes on from none with it.")
    for given in ("last", "goal"):
        if getattr(ready, given) is not None:
            raise Refused(
                f"{name} cannot end on a frame by the queue: it would ignore {given}. Choose the method "
                "infill, or leave the queue to shots that end freely. Nothing was drawn."
            )
    if ready.settings.get("cache", "none") != "none":
        raise Refused(
            f"{name} cannot use a step cache with the queue: each call of the model sees other frames. "
            "Leave out the setting cache. Nothing was drawn."
        )
    return True


def ladder_of(scheduler: Any) -> Ladder:
    """The noise levels of a scheduler whose time steps are set. ``Refused`` for one of another kind."""
    sigmas = tuple(float(sigma) for sigma in scheduler.sigmas[:-1])
    times = tuple(float(time) for time in scheduler.timesteps)
    falling = all(one > other for one, other in zip(sigmas, (*sigmas[1:], 0.0), strict=True))
    flow = getattr(scheduler.config, "prediction_type", "flow_prediction") == "flow_prediction"
    if not (flow and falling and len(sigmas) == len(times) and sigmas[0] <= 1):
        raise Refused(
            f"The scheduler {type(scheduler).__name__} of these weights cannot serve the queue, which needs "
            "flow matching with noise that falls in every step. Choose another method. Nothing was drawn."
        )
    return Ladder((*sigmas, 0.0), times)


# -- Wan and SkyReels, which have one autoencoder ---------------------------------------------------


def by_wan(pipe: Any, ready: Ready, step: Step, longest: int, predict: Callable[[], Predict]) -> Sampled:
    """A clip by the queue over Wan's autoencoder. The scheduler's shift is set already."""
    per = pipe.vae_scale_factor_temporal
    pipe.scheduler.set_timesteps(ready.steps)
    ladder = ladder_of(pipe.scheduler)

    def noise(number: int) -> torch.Tensor:
        spatial = pipe.vae_scale_factor_spatial
        start = shot_latent(window_start(ready), per) + number
        size = (pipe.vae.config.z_dim, ready.height // spatial, ready.width // spatial)
        return frame_noise(ready.seed, start, 1, *size).to(pipe._execution_device)

    def pieces() -> Iterator[Shades]:
        first = None if ready.first is None else _wan_latent(pipe, ready, ready.first)
        queue = _queue(predict(), ladder, noise, ready, step, (longest - 1) // per + 1, first)
        return decoded_by_wan(pipe, queue((ready.frames - 1) // per + 1))

    return Sampled(_given_away(pipe, pieces))


def wan_predict(pipe: Any, ready: Ready) -> Predict:
    """Wan's transformer with a time step for each token: those of a frame are equal."""
    given, model = on_device(pipe, [ready.prompt]), pipe.transformer
    rows, columns = model.config.patch_size[1:]

    def predict(latents: torch.Tensor, times: torch.Tensor) -> torch.Tensor:
        tokens = (latents.shape[-2] // rows) * (latents.shape[-1] // columns)
        stamps = times.repeat_interleave(tokens)[None]
        return _guided(model, latents, stamps, given, ready.guidance)

    return predict


def skyreels_predict(pipe: Any, ready: Ready, guidance: float, known_noise: float) -> Predict:
    """SkyReels' transformer, with diffusion forcing: a time step for each frame.

    ``known_noise``: thousandths of noise on frames that are known, which are told so, as its pipelines do.
    """
    import torch

    given, random = on_device(pipe, [ready.prompt]), generator(ready.seed, "known", ready.at)
    share = known_noise / 1000

    def predict(latents: torch.Tensor, times: torch.Tensor) -> torch.Tensor:
        known = times == 0
        if share and bool(known.any()):
            noise = torch.randn(latents[:, :, known].shape, generator=random).to(latents)
            latents, times = latents.clone(), times.clone()
            latents[:, :, known] = (1 - share) * latents[:, :, known] + share * noise
            times[known] = known_noise
        more = {"enable_diffusion_forcing": True, "fps": [1]}
        return _guided(pipe.transformer, latents, times[None], given, guidance, **more)

    return predict


def _guided(
    model: Any,
    latents: torch.Tensor,
    times: torch.Tensor,
    given: dict[str, Any],
    guidance: float,
    **more: Any,
) -> torch.Tensor:
    """The model's output, led away from what it gives for the words of what is not to be seen."""

    def asked(name: str, context: str) -> torch.Tensor:
        with model.cache_context(context):
            found: torch.Tensor = model(
                hidden_states=latents.to(model.dtype),
                timestep=times,
                encoder_hidden_states=given[name],
                return_dict=False,
                **more,
            )[0]
        return found.float()

    wanted = asked("prompt_embeds", "cond")
    if guidance <= 1:
        return wanted
    against = asked("negative_prompt_embeds", "uncond")
    return against + guidance * (wanted - against)


def _wan_latent(pipe: Any, ready: Ready, pixels: Pixels) -> torch.Tensor:
    """The latent frame of a clip's first frame, as the pipelines make it."""
    import torch

    vae = pipe.vae
    mean, std = (
        torch.tensor(values, device=pipe._execution_device).view(1, -1, 1, 1, 1)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    return (_encoded(pipe, ready, pixels) - mean) / std


def _encoded(pipe: Any, ready: Ready, pixels: Pixels) -> torch.Tensor:
    import torch

    vae = pipe.vae
    given = pipe.video_processor.preprocess(image(pixels, ready), ready.height, ready.width)
    with torch.no_grad():
        latent = vae.encode(given[:, :, None].to(pipe._execution_device, vae.dtype)).latent_dist.mode()
    found: torch.Tensor = latent.float()
    return found


# -- LTX --------------------------------------------------------------------------------------------


def by_ltx(
    pipe: Any, ready: Ready, step: Step, longest: int, ladder: Ladder, rate: float, known_noise: float
) -> Sampled:
    """A clip by the queue over LTX. ``known_noise``: its pipeline's ``image_cond_noise_scale``, 0 to 1."""
    per, spatial = pipe.vae_temporal_compression_ratio, pipe.vae_spatial_compression_ratio
    size = (pipe.transformer.config.in_channels, ready.height // spatial, ready.width // spatial)
    start = shot_latent(window_start(ready), per)
    held = (longest - 1) // per + 1

    def noise(number: int, seed: int = ready.seed) -> torch.Tensor:
        return frame_noise(seed, start + number, 1, *size).to(pipe._execution_device)

    def pieces() -> Iterator[Shades]:
        first = None if ready.first is None else _ltx_latent(pipe, ready, ready.first)
        predict = ltx_predict(pipe, ready, rate, known_noise)
        queue = _queue(predict, ladder, noise, ready, step, held, first)
        latents = queue((ready.frames - 1) // per + 1)
        other = seed_of(ready.seed, "decoded")
        return decoded_by_ltx(pipe, latents, held, lambda number: noise(number, other))

    return Sampled(_given_away(pipe, pieces))


def ltx_predict(pipe: Any, ready: Ready, rate: float, known_noise: float) -> Predict:
    """LTX's transformer with a time step for each token.

    Frames that are known are given the noise that its pipeline gives them: ``known_noise`` of it at the
    beginning, and by the square of the noisiest frame's time step less afterwards.
    """
    import torch

    given, random = on_device(pipe, [ready.prompt]), generator(ready.seed, "known", ready.at)
    model = pipe.transformer
    guided = ready.guidance > 1
    signs = ("negative_", "") if guided else ("",)
    words, mask = (
        torch.cat([given[f"{sign}{name}"] for sign in signs])
        for name in ("prompt_embeds", "prompt_attention_mask")
    )
    patch = (pipe.transformer_spatial_patch_size, pipe.transformer_temporal_patch_size)

    def predict(latents: torch.Tensor, times: torch.Tensor) -> torch.Tensor:
        frames, height, width = latents.shape[2:]
        known = times == 0
        if known_noise and bool(known.any()):
            noise = torch.randn(latents[:, :, known].shape, generator=random).to(latents)
            latents = latents.clone()
            latents[:, :, known] += known_noise * noise * (times.max() / 1000) ** 2
        tokens = pipe._pack_latents(latents, *patch).to(words.dtype)
        stamps = times.repeat_interleave(tokens.shape[1] // frames)[None]
        places = pipe._prepare_video_ids(1, frames, height, width, *patch, device=latents.device)
        places = pipe._scale_video_ids(
            places,
            scale_factor=pipe.vae_spatial_compression_ratio,
            scale_factor_t=pipe.vae_temporal_compression_ratio,
            frame_index=0,
            device=latents.device,
        ).float()
        places[:, 0] /= rate
        count = len(signs)
        with model.cache_context("cond_uncond"):
            found = model(
                hidden_states=tokens.repeat(count, 1, 1),
                encoder_hidden_states=words,
                timestep=stamps.repeat(count, 1).float(),
                encoder_attention_mask=mask,
                video_coords=places.repeat(count, 1, 1),
                return_dict=False,
            )[0].float()
        if guided:
            against, wanted = found.chunk(2)
            found = against + ready.guidance * (wanted - against)
        unpacked: torch.Tensor = pipe._unpack_latents(found, frames, height, width, *patch)
        return unpacked

    return predict


def _ltx_latent(pipe: Any, ready: Ready, pixels: Pixels) -> torch.Tensor:
    vae, latent = pipe.vae, _encoded(pipe, ready, pixels)
    found: torch.Tensor = pipe._normalize_latents(latent, vae.latents_mean, vae.latents_std)
    return found


# -- common -----------------------------------------------------------------------------------------


def _queue(
    predict: Predict,
    ladder: Ladder,
    noise: Callable[[int], torch.Tensor],
    ready: Ready,
    step: Step,
    longest: int,
    first: torch.Tensor | None,
) -> Callable[[int], Iterator[torch.Tensor]]:
    """A queue's latent frames, that tell of each call of the model."""

    def frames(count: int) -> Iterator[torch.Tensor]:
        of, done = cost(ladder.steps, count, longest).calls, 0

        def told() -> None:
            nonlocal done
            done += 1
            step(done, of)

        coherent = choice(ready.settings, "queue-tail") == "coherent"
        queue = DiagonalQueue(predict, ladder, noise, longest, first=first, coherent=coherent, told=told)
        return queue.frames(count)

    return frames


def _given_away(pipe: Any, pieces: Callable[[], Iterator[Shades]]) -> Iterator[Shades]:
    """The pieces; parts that are moved in as they are used are off the device afterwards, stopped or not."""
    try:
        yield from pieces()
    finally:
        pipe.maybe_free_model_hooks()
