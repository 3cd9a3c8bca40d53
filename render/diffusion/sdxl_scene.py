"""Stills of Stable Diffusion XL that are drawn beside a scene's identity pictures: which rows one call has.

``consistency.py`` is what they read of each other; this is who is drawn, what each begins from and which
references each is shown, since in one call these differ from picture to picture.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..requests import Still
from .family import Ready
from .noise import seed_of

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Scene:
    """Pictures of one call: the identity pictures, each once, then the stills that are none of them."""

    rows: tuple[Ready, ...]
    identities: int
    places: tuple[int, ...]
    """For each still that was asked for, its row."""

    @classmethod
    def of(cls, batch: Sequence[Ready]) -> Scene:
        """The scene of stills that have one ``beside`` in common."""
        rows, places = list(batch[0].beside), []
        identities = len(rows)
        for ready in batch:
            same = (n for n in range(identities) if is_that(ready, rows[n]))
            place = next(same, len(rows))
            if place == len(rows):
                rows.append(ready)
            places.append(place)
        return cls(tuple(rows), identities, tuple(places))

    def seed(self) -> int:
        """Of what is read when: the identity pictures', so that it is the same whoever reads them."""
        return seed_of(*(row.seed for row in self.rows[: self.identities]))


def is_that(ready: Ready, identity: Ready) -> bool:
    """Whether a still that is asked for is that identity picture."""
    one, other = ready.request, identity.request
    assert isinstance(one, Still)  # no other request has pictures beside it
    assert isinstance(other, Still)
    fields = ("picture", "moment", "seed", "anchors", "sheet", "like")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def kept_last(places: Sequence[int]) -> Callable[..., dict[str, Any]]:
    """A ``callback_on_step_end`` that leaves only these rows when all steps are done: no other is decoded."""

    def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        if index + 1 < pipeline.num_timesteps:
            return given
        return {**given, "latents": given["latents"][list(places)]}

    return on_step_end


def in_turn(*callbacks: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Several ``callback_on_step_end`` as one, each given what the one before gave."""

    def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        for callback in callbacks:
            given = callback(pipeline, index, timestep, given)
        return given

    return on_step_end


class LateStart:
    """Rows that begin from an earlier keyframe, some steps after the others (SDEdit, Meng and others 2021).

    Until then each is put back, after every step, to its keyframe at the noise level of the moment: so it
    begins as image-to-image does, though in one call with pictures that begin from noise. ``known``: by
    row, latents of keyframes and their noise, each 1 x channels x height x width. ``begins``: steps before
    they start.
    """

    def __init__(self, known: Mapping[int, tuple[torch.Tensor, torch.Tensor]], begins: int) -> None:
        self._known, self._begins = known, begins

    def opening(self, pipe: Any, latents: torch.Tensor, steps: int) -> torch.Tensor:
        """The latents that all rows begin with, as the pipeline wants them: not yet scaled."""
        if not self._known:
            return latents
        scheduler = pipe.scheduler
        scheduler.set_timesteps(steps, device=pipe._execution_device)
        return self._put(scheduler, latents, 0, 1 / float(scheduler.init_noise_sigma))

    def __call__(self, pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        """After step ``index``: ``given["latents"]`` with the rows that have not begun."""
        scheduler = pipeline.scheduler
        if not self._known or index + 1 > self._begins * getattr(scheduler, "order", 1):
            return given
        return {**given, "latents": self._put(scheduler, given["latents"], index + 1, 1.0)}

    def _put(self, scheduler: Any, latents: torch.Tensor, index: int, scale: float) -> torch.Tensor:
        latents, now = latents.clone(), scheduler.timesteps[index][None]
        for row, parts in self._known.items():
            known, noise = (part.to(latents) for part in parts)
            latents[row] = (scheduler.add_noise(known, noise, now) * scale)[0]
        return latents


@contextlib.contextmanager
def shown_by_row(unet: Any, embeddings: torch.Tensor, seeing: Sequence[bool]) -> Iterator[None]:
    """Let an IP-Adapter show each row of a batch its own references.

    ``embeddings``: those of the whole batch of the UNet, rows (times halves) x references x numbers; the
    pipeline itself knows only such as all rows share. ``seeing``: for each of these rows whether it sees
    any; the others' image tokens are zero, and zero is what their attention adds.
    """
    projection = unet.encoder_hid_proj
    mask = embeddings.new_tensor([float(sees) for sees in seeing]).view(-1, 1, 1, 1)

    def before(module: Any, given: Any) -> Any:
        return ([embeddings.to(given[0][0])],)

    def after(module: Any, given: Any, tokens: list[torch.Tensor]) -> list[torch.Tensor]:
        return [of_one * mask.to(of_one) for of_one in tokens]

    hooks = projection.register_forward_pre_hook(before), projection.register_forward_hook(after)
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
