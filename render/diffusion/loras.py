"""LoRA weights on a pipeline: loaded once each, worn by the batch that asks for them.

Where a pipeline has two experts, both wear them.
"""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...storyboard.errors import Refused

MOST = 8
"""LoRAs kept on a pipeline; the one loaded first goes first."""


def wear(
    pipe: Any,
    loaded: dict[str, None],
    wanted: Sequence[tuple[str, float]],
    weights: Mapping[str, bytes],
    name: str,
) -> None:
    """Let exactly ``wanted`` (adapter name, strength) act on ``pipe``. ``loaded`` names those already on it.

    Raises ``Refused`` where the weights do not fit this family; the pipeline is then as it was, with
    none of its LoRAs acting.
    """
    if loaded:
        pipe.disable_lora()
    if not wanted:
        return
    for adapter, _ in wanted:
        if adapter not in loaded:
            _load(pipe, adapter, weights[adapter], name)
            loaded[adapter] = None
    needed = {adapter for adapter, _ in wanted}
    for adapter in [a for a in loaded if a not in needed][: max(0, len(loaded) - MOST)]:
        pipe.delete_adapters(adapter)
        del loaded[adapter]
    pipe.enable_lora()
    pipe.set_adapters([a for a, _ in wanted], [strength for _, strength in wanted])


def _load(pipe: Any, adapter: str, data: bytes, name: str) -> None:
    """Put an adapter on the pipeline. Read as a file, for its metadata say how it is scaled."""
    if not hasattr(pipe, "load_lora_weights"):
        raise Refused(f"{name} takes no LoRA.")
    if importlib.util.find_spec("peft") is None:
        raise Refused(f'{name} needs the package peft for LoRAs: pip install "photoplay[diffusion]".')
    with tempfile.TemporaryDirectory(prefix="photoplay-lora-") as folder, quietly(), _not_in_8_bits(pipe):
        Path(folder, "lora.safetensors").write_bytes(data)
        try:
            for where in _experts(pipe):
                pipe.load_lora_weights(
                    folder,
                    weight_name="lora.safetensors",
                    adapter_name=adapter,
                    local_files_only=True,
                    use_safetensors=True,
                    **where,
                )
        except Exception as error:
            if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
                raise
            _forget(pipe, adapter)
            raise _unfit(name, error) from error
    if not any(adapter in adapters for adapters in pipe.get_list_adapters().values()):
        raise _unfit(name, "it has no weights for any of its layers")


@contextlib.contextmanager
def _not_in_8_bits(pipe: Any) -> Iterator[None]:
    """Adapters that are put on weights kept in fp8 stay in the precision that is computed in.

    peft gives an adapter the precision of the weights it lies on; nothing computes in fp8, and the small
    numbers of an adapter would be lost in it.
    """
    loading = getattr(pipe, "photoplay_loading", None)
    if loading is None or loading.quantise != "fp8":
        yield
        return
    from peft.tuners.tuners_utils import BaseTunerLayer

    from .pipelines import DTYPES

    moved = BaseTunerLayer._move_adapter_to_device_of_base_layer

    def moved_only(layer: Any, adapter_name: str, device: Any = None) -> None:
        given = device or next(layer.get_base_layer().parameters()).device
        for name in layer.adapter_layer_names:
            parts = getattr(layer, name)
            if adapter_name in parts and not any(p.is_meta for p in parts.parameters()):
                parts[adapter_name] = parts[adapter_name].to(given, dtype=DTYPES[loading.precision])

    BaseTunerLayer._move_adapter_to_device_of_base_layer = moved_only
    try:
        yield
    finally:
        BaseTunerLayer._move_adapter_to_device_of_base_layer = moved


def _experts(pipe: Any) -> list[dict[str, bool]]:
    """Where an adapter is put: on both experts of Wan 2.2, in one place elsewhere."""
    two = getattr(pipe, "transformer_2", None) is not None
    return [{}, {"load_into_transformer_2": True}] if two else [{}]


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Without the libraries' remarks on parts that an adapter does not have; errors pass."""
    from diffusers.utils import logging

    loud = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logging.set_verbosity(loud)


def _forget(pipe: Any, adapter: str) -> None:
    """Take off what was put on before loading failed."""
    if any(adapter in adapters for adapters in pipe.get_list_adapters().values()):
        pipe.delete_adapters(adapter)
        pipe.disable_lora()


def _unfit(name: str, why: object) -> Refused:
    words = " ".join(str(why).split())[:160].rstrip(" .")
    return Refused(
        f"A LoRA of this shot does not fit {name}: {words}. Take it off, or choose one made for it."
    )
