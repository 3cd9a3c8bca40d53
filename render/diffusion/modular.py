"""Pipelines that diffusers has as blocks alone (modular ones): loading, running, progress, stopping.

What diffusers does by itself is left out where it would be unsafe or silent: its index may send a part
to another repository, and a part that fails to load is only logged. Here every part lies in the set's own
folder, was examined, and fits what the blocks expect, or nothing is loaded. No code comes with weights.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ...storyboard.errors import BadInput
from .family import Step
from .loading import DENOISERS, Loading, is_quantised

if TYPE_CHECKING:
    from .weights import Located

_REMARKS = "diffusers.modular_pipelines.modular_pipeline"
"""The logger that gives every fault in a block again, with its whole trace, a stop among them."""
_DECODERS = frozenset({"vae", "audio_vae"})
"""Parts whose layers are not streamed: they are called by other methods than ``forward``."""


def load_modular(
    cls_name: str,
    located: Located,
    loading: Loading,
    given: Mapping[str, Any] = {},
    skip: Collection[str] = (),
) -> Any:
    """The modular pipeline ``cls_name`` of a set, on its device, quiet and off the network.

    ``given`` parts are used as they are; ``skip`` are left out: the family does not use them. As
    ``pipelines.load_pipeline``, it raises ``BadInput`` in one line, and lets running out of memory pass as
    the library raises it.
    """
    import diffusers

    from .pipelines import check_device, overlays, plainly, quiet, tune
    from .weight_safety import components, values

    cls: Any = getattr(diffusers, cls_name, None)
    blocks_name = str(getattr(cls, "default_blocks_name", None))
    if not (hasattr(diffusers, blocks_name) and issubclass(cls, diffusers.ModularPipeline)):
        raise BadInput(
            f"The installed diffusers {diffusers.__version__} has no {cls_name}. Install 0.42 or newer."
        )
    check_device(loading)
    with quiet(), plainly(located), _without_remarks():
        blocks = deepcopy(getattr(diffusers, blocks_name)())
        pipe = cls(blocks=blocks, modular_config_dict=values(located.folder))
        parts = {**overlays(located, loading, {**given, **dict.fromkeys(skip)}), **given}
        kinds = components(located.folder)
        for spec in blocks.expected_components:
            if spec.default_creation_method != "from_pretrained" or spec.name in (*parts, *skip):
                continue
            if spec.name not in kinds:
                raise BadInput(
                    f"{located.folder} is no {cls_name}: it has no {spec.name}. Check that the weights are "
                    "of the family that is named for them."
                )
            kind = _kind(*kinds[spec.name])
            if spec.type_hint is not None and not issubclass(kind, spec.type_hint):
                raise BadInput(
                    f"{located.folder} is no {cls_name}: its {spec.name} is a {kind.__name__}, not a "
                    f"{spec.type_hint.__name__}."
                )
            parts[spec.name] = _part(kind, spec.name, located, loading)
        pipe.register_components(**parts)
        for loop in _loops(blocks):
            loop.set_progress_bar_config(disable=True)
        pipe.photoplay_loading = loading
        tune(pipe, loading)
        _place(pipe, loading)
    return pipe


def _kind(library: str, name: str) -> Any:
    """A class by what the index says, which was examined: of diffusers, transformers or a known pipeline."""
    from .weight_safety import LIBRARIES

    return getattr(
        importlib.import_module(library if library in LIBRARIES else f"diffusers.pipelines.{library}"), name
    )


def _part(kind: Any, name: str, located: Located, loading: Loading) -> Any:
    """One part from its own folder: a model in its precision, or a scheduler or tokenizer."""
    import diffusers
    import transformers

    from .pipelines import dtype_of, quantisation

    folder = str(located.folder / name)
    if not issubclass(kind, diffusers.ModelMixin | transformers.PreTrainedModel):
        return kind.from_pretrained(folder, local_files_only=True)
    library = diffusers if issubclass(kind, diffusers.ModelMixin) else transformers
    dtype = "torch_dtype" if not hasattr(diffusers.pipelines.pipeline_utils, "_resolve_dtype") else "dtype"
    more: dict[str, Any] = {"dtype" if library is transformers else dtype: dtype_of(loading, kind.__name__)}
    if loading.quantise in ("int8", "nf4") and is_quantised(name, loading):
        more["quantization_config"] = quantisation(loading, library)
    model, report = kind.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, output_loading_info=True, **more
    )
    missing = sorted(report["missing_keys"])
    if missing:
        raise BadInput(f"{folder} is not whole: it lacks {missing[0]} and {len(missing) - 1} more.")
    return model.eval()


# -- placing ----------------------------------------------------------------------------------


def _place(pipe: Any, loading: Loading) -> None:
    """Put the parts where they compute; give the pipeline the method that plain ones have to free them.

    Parts come in as they are called, each sending the one before it away, in the order of the work.
    """
    import torch

    models = {n: part for n, part in pipe.components.items() if isinstance(part, torch.nn.Module)}
    order = sorted(models, key=lambda n: 2 if n in _DECODERS else 1 if n in DENOISERS else 0)
    hooks: list[Any] = []
    device = torch.device(loading.device)
    if loading.offload == "none":
        pipe.to(loading.device)
    elif loading.offload == "model":
        from accelerate import cpu_offload_with_hook

        for name in order:
            _, hook = cpu_offload_with_hook(models[name], device, prev_module_hook=(hooks or [None])[-1])
            hooks.append(hook)
    elif loading.offload == "sequential":
        from accelerate import cpu_offload

        for name in order:
            cpu_offload(models[name], device)
    else:
        from diffusers.hooks import apply_group_offloading

        for name in order:
            if name in _DECODERS:
                models[name].to(device)
            else:
                apply_group_offloading(
                    models[name], onload_device=device, offload_type="leaf_level",
                    use_stream=loading.device.startswith("cuda"), low_cpu_mem_usage=True,
                )  # fmt: skip
    pipe.maybe_free_model_hooks = _freeing(models, hooks)


def _freeing(models: Mapping[str, Any], hooks: Sequence[Any]) -> Callable[[], None]:
    def free() -> None:
        for model in models.values():
            if hasattr(model, "_reset_stateful_cache"):
                model._reset_stateful_cache()
        for hook in hooks:
            hook.offload()

    return free


# -- running ----------------------------------------------------------------------------------


def run(
    pipe: Any, names: Sequence[str], given: Mapping[str, Any], step: Step | None = None, of: int = 0
) -> Any:
    """Run these blocks of the pipeline in order; their state (``state.get("videos")``).

    ``step`` is told after each of the ``of`` steps of a loop, and may raise to stop: the pipeline is then as
    it was. Raises ``TypeError`` for a value that none of the blocks reads.
    """
    import torch
    from diffusers.modular_pipelines import PipelineState

    blocks = [pipe.blocks.sub_blocks[name] for name in names]
    state = PipelineState()
    known = {p.name: p for block in blocks for p in block.inputs if p.name is not None}
    unread = sorted(given.keys() - known.keys())
    if unread:
        raise TypeError(f"{type(pipe).__name__} reads no {', '.join(unread)} in {', '.join(names)}")
    for name, param in known.items():
        state.set(name, given.get(name, param.default), param.kwargs_type)
    with torch.no_grad(), _without_remarks(), _telling(blocks, step, of):
        for block in blocks:
            _, state = block(pipe, state)
    return state


@contextlib.contextmanager
def _telling(blocks: Sequence[Any], step: Step | None, of: int) -> Iterator[None]:
    """Modular pipelines have no callback: each loop's own method for one step tells of it when it is done."""
    loops = [loop for block in blocks for loop in _loops(block)] if step is not None else []

    def counted(loop: Any) -> Callable[..., Any]:
        once = loop.loop_step

        def and_told(components: Any, state: Any, **named: Any) -> Any:
            found = once(components, state, **named)
            assert step is not None
            step(int(named["i"]) + 1, of)
            return found

        return and_told

    try:
        for loop in loops:
            loop.loop_step = counted(loop)
        yield
    finally:
        for loop in loops:
            vars(loop).pop("loop_step", None)


def _loops(block: Any) -> Iterator[Any]:
    """The loops in a block, at any depth."""
    if hasattr(block, "loop_step"):
        yield block
    for inner in (getattr(block, "sub_blocks", None) or {}).values():
        yield from _loops(inner)


@contextlib.contextmanager
def _without_remarks() -> Iterator[None]:
    """Faults are raised all the same; they are only not printed as well, once for every block around."""
    remarks = logging.getLogger(_REMARKS)
    level = remarks.level
    remarks.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        remarks.setLevel(level)
