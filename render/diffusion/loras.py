"""LoRA weights on a pipeline: loaded once each, worn by the batch that asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    Raises ``Refused`` where the weights do not fit this family.
    """
    if not wanted:
        if loaded:
            pipe.disable_lora()
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
    from safetensors.torch import load

    if not hasattr(pipe, "load_lora_weights"):
        raise Refused(f"{name} takes no LoRA.")
    try:
        pipe.load_lora_weights(load(data), adapter_name=adapter)
    except (ValueError, KeyError, RuntimeError) as error:
        raise Refused(f"A LoRA of this shot does not fit {name}: {str(error)[:160]}") from None
