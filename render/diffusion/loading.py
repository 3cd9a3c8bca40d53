"""Putting a pipeline on a device: precision, offload, tiling, quantisation, attention, caches.

``Loading`` says how; ``how`` decides it from the memory there is and from settings; ``rungs`` is what
is tried after running out of memory; ``load_pipeline`` does it. What changes pixels is decided by
settings alone, save for tiling on a small GPU, which is said aloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast, get_args

from ...storyboard.errors import BadInput
from ...storyboard.film import Scalar

if TYPE_CHECKING:
    from .weights import Located

Precision = Literal["bf16", "fp16", "fp32"]
Quantise = Literal["none", "fp8", "int8", "nf4"]
Offload = Literal["none", "model", "group", "sequential"]
Cache = Literal["none", "first-block"]

SETTINGS = frozenset({"precision", "quantise", "offload", "tiling", "attention", "cache", "compile"})
"""Names of the settings that ``how`` reads."""
ATTENTIONS = (
    "native", "_native_cudnn", "_native_efficient", "_native_flash", "_native_math", "flash", "_flash_3",
    "flex", "sage", "xformers",
)  # fmt: skip
"""Attention back ends of diffusers that fetch nothing; those named ``..._hub`` download code."""
DENOISERS = ("transformer", "transformer_2", "transformer_ref", "unet")
_LARGE = (*DENOISERS, "text_encoder", "text_encoder_2")
_WORKING = 0.25
"""Share of the memory kept for what is computed. An estimate: the ladder corrects it."""
_DENOISING = 0.35
"""The same beside what denoises: a clip has many frames. By calculation a large model that is streamed is as
fast, since a layer computes for longer than the next one takes to come; running out costs the whole batch."""
_TILING_BELOW_MB = 8_500
"""So that a card of 8 GB decodes in tiles, and half of one of 24 GB does not. An estimate."""
_SHRINKS: dict[Quantise, float] = {"none": 1.0, "fp8": 0.5, "int8": 0.5, "nf4": 0.28}
_MB = 1_000_000


@dataclass(frozen=True)
class Loading:
    """How a pipeline is put on a device."""

    device: str
    precision: Precision
    quantise: Quantise = "none"
    offload: Offload = "none"
    tiling: bool = False
    attention: str = "native"
    cache: Cache = "none"
    compile: bool = False

    def words(self) -> str:
        """The choice in words: ``on cuda:0 in bf16, parts moved in as they are used``."""
        said = [f"on {self.device} in {self.precision}"]
        if self.quantise != "none":
            said.append(f"weights quantised to {self.quantise}")
        if self.offload != "none":
            said.append(_OFFLOADS[self.offload])
        if self.tiling:
            said.append("frames decoded in tiles")
        if self.attention != "native":
            said.append(f"{self.attention} attention")
        if self.cache != "none":
            said.append(f"{self.cache} step cache")
        if self.compile:
            said.append("compiled")
        return ", ".join(said)


_OFFLOADS: dict[str, str] = {
    "model": "parts moved in as they are used",
    "group": "layers streamed from main memory",
    "sequential": "layers moved in one by one (slow)",
}


def how(
    model: Located | Mapping[str, int],
    device: str,
    budget_mb: int | None,
    settings: Mapping[str, Scalar] = {},
) -> Loading:
    """How a set is loaded: pure in what it is given.

    ``model`` is the set, or bytes of its parts at 16 bits by name. ``budget_mb`` is the memory that may
    be used (10^6 bytes); None where it is not known: then everything is put on the device. Offload
    and tiling follow from the budget unless settings name them; precision, quantisation, attention,
    cache and compilation follow from settings alone. Raises ``BadInput`` for a value that is none.
    """
    kind = device.partition(":")[0]
    loading = Loading(
        device=device,
        precision=cast(Precision, _one(settings, "precision", get_args(Precision), _usual(kind))),
        quantise=cast(Quantise, _one(settings, "quantise", get_args(Quantise), "none")),
        attention=_one(settings, "attention", ATTENTIONS, "native"),
        cache=cast(Cache, _one(settings, "cache", get_args(Cache), "none")),
        compile=_yes(settings, "compile", False),
    )
    small = kind == "cuda" and budget_mb is not None and budget_mb < _TILING_BELOW_MB
    fitting = _fitting(model, loading, budget_mb) if kind == "cuda" else "none"
    return replace(
        loading,
        offload=cast(Offload, _one(settings, "offload", get_args(Offload), fitting)),
        tiling=_yes(settings, "tiling", small),
    )


def _usual(kind: str) -> str:
    """bf16 where it is fast; processors are slow in it."""
    return "fp32" if kind == "cpu" else "bf16"


def _one(settings: Mapping[str, Scalar], name: str, known: tuple[str, ...], otherwise: str) -> str:
    given = settings.get(name, otherwise)
    if given not in known:
        raise BadInput(f"The setting {name} is {given!r}; it must be one of: {', '.join(known)}.")
    return str(given)


def _yes(settings: Mapping[str, Scalar], name: str, otherwise: bool) -> bool:
    given = settings.get(name, otherwise)
    if not isinstance(given, bool):
        raise BadInput(f"The setting {name} is {given!r}; it must be true or false.")
    return given


def _fitting(model: Located | Mapping[str, int], loading: Loading, budget_mb: int | None) -> Offload:
    if budget_mb is None:
        return "none"
    given = model if isinstance(model, Mapping) else model.sizes()
    wide = 2 if loading.precision == "fp32" else 1
    sizes = {
        part: size * wide * (_SHRINKS[loading.quantise] if is_quantised(part, loading) else 1)
        for part, size in given.items()
    }
    room = budget_mb * _MB * (1 - _WORKING)
    if sum(sizes.values()) <= room:
        return "none"
    alone = all(
        size <= budget_mb * _MB * (1 - (_DENOISING if part in DENOISERS else _WORKING))
        for part, size in sizes.items()
    )
    return "model" if alone else "group"


def is_quantised(part: str, loading: Loading) -> bool:
    """fp8 is for what denoises alone; the others for text encoders too."""
    return part in (DENOISERS if loading.quantise == "fp8" else _LARGE)


def changes_pixels(one: Loading, other: Loading) -> bool:
    """Whether going from one to the other may change pixels: anything but device, offload and compilation."""
    return replace(one, device=other.device, offload=other.offload, compile=other.compile) != other
