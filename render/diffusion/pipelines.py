"""Building diffusers pipelines. Imports torch and diffusers: only ``loading`` imports it, when asked.

Everything is read from the disk: no network, no remote code, safetensors and GGUF alone, all of it
examined by ``weights.located`` before.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import diffusers
import torch
import transformers

from ...storyboard.errors import BadInput
from .hardware import processor
from .loading import DENOISERS, Loading, is_quantised
from .weight_files import read_json, read_weights
from .weight_safety import components as described
from .weights import Located

DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
FULL = frozenset({"AutoencoderKLWan", "CLIPVisionModel"})
"""Classes kept in 32 bits as their authors run them: in 16 they band and flicker."""
_SLICED = frozenset({"AutoencoderKL", "AutoencoderKLFlux2"})
"""Classes that decode a batch one by one when asked: the same pixels, a part of the memory."""
_ENCODERS = frozenset({"CLIPVisionModel", "CLIPVisionModelWithProjection", "SiglipVisionModel"})
_BESIDE = {
    "motion_adapter": ("MotionAdapter",),
    "controlnet": ("SparseControlNetModel", "ControlNetModel"),
}
"""Parts that are models of diffusers in folders of their own, and the classes they may be of."""
_CACHE_THRESHOLD = 0.05
_PINNED_MOST = 0.6
"""Share of the main memory that weights may take in pages that cannot be swapped out."""
_DTYPE = "dtype" if hasattr(diffusers.pipelines.pipeline_utils, "_resolve_dtype") else "torch_dtype"
"""What diffusers calls the precision: newer ones warn of the old name, older ones know no other."""


def load_pipeline(
    cls_name: str,
    located: Located,
    loading: Loading,
    components: Mapping[str, Any] = {},
    skip: tuple[str, ...] = (),
    then: Callable[[Any], None] | None = None,
) -> Any:
    """The diffusers pipeline ``cls_name`` of a set, on its device, quiet and off the network.

    ``components`` are used as they are given; ``skip`` are left out (None). ``then`` is called with the
    pipeline while it is in main memory, before it is tuned and placed. Raises ``BadInput`` in one
    line where a package is missing or the weights do not fit the class, and lets running out of
    memory pass as the library raises it.
    """
    cls = getattr(diffusers, cls_name, None)
    if not (isinstance(cls, type) and issubclass(cls, diffusers.DiffusionPipeline)):
        raise BadInput(
            f"The installed diffusers {diffusers.__version__} has no {cls_name}. Install 0.38 or newer."
        )
    check_device(loading)
    with quiet(), plainly(located):
        parts = {**components, **dict.fromkeys(skip)}
        parts |= overlays(located, loading, parts)
        pipe = _from_disk(cls, located, loading, parts)
        pipe.set_progress_bar_config(disable=True)
        pipe.photoplay_loading = loading
        _check_words(pipe)
        if then is not None:
            then(pipe)
        tune(pipe, loading)
        _place(pipe, loading)
    return pipe


def check_device(loading: Loading) -> None:
    if loading.device == "cpu" and loading.offload in ("model", "sequential"):
        raise BadInput(f"offload {loading.offload} is for GPUs; on a processor there is nothing to move.")
    if loading.quantise in ("int8", "nf4"):
        package = "torchao" if loading.quantise == "int8" else "bitsandbytes"
        if importlib.util.find_spec(package) is None:
            raise BadInput(
                f"quantise {loading.quantise} needs the package {package}, which is not installed: "
                f"pip install {package}. Or set quantise to fp8 or none."
            )


def dtype_of(loading: Loading, kind: str) -> torch.dtype:
    """The precision in which a class is loaded."""
    return torch.float32 if kind in FULL else DTYPES[loading.precision]


def _from_disk(cls: Any, located: Located, loading: Loading, parts: Mapping[str, Any]) -> Any:
    """The pipeline in main memory."""
    checkpoint = located.files.get("checkpoint")
    if checkpoint is not None:
        return cls.from_single_file(
            str(checkpoint), config=str(located.folder), local_files_only=True,
            **{_DTYPE: DTYPES[loading.precision]}, **parts,
        )  # fmt: skip
    kinds = described(located.folder)
    precisions = {name: dtype_of(loading, kind) for name, (_, kind) in kinds.items()}
    more = (
        {"quantization_config": config} if (config := _pipeline_quantisation(kinds, loading, parts)) else {}
    )
    return cls.from_pretrained(
        str(located.folder), local_files_only=True, use_safetensors=True, low_cpu_mem_usage=True,
        **{_DTYPE: {**precisions, "default": DTYPES[loading.precision]}}, **more, **parts,
    )  # fmt: skip


def _check_words(pipe: Any) -> None:
    """Raise ``BadInput`` where a T5 was read without its table of words, as transformers 5.0 may do."""
    encoder = getattr(pipe, "text_encoder", None)
    shared = getattr(encoder, "shared", None)
    own = getattr(getattr(encoder, "encoder", None), "embed_tokens", None)
    if shared is None or own is None or own.weight is shared.weight:
        return
    if not torch.equal(own.weight, shared.weight):
        raise BadInput(
            f"The installed transformers {transformers.__version__} reads the text encoder "
            f"{type(encoder).__name__} wrongly: prompts would mean nothing. Install another: "
            "pip install -U transformers."
        )


# -- single files over the folder -------------------------------------------------------------


def overlays(located: Located, loading: Loading, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parts that come from single files (or a folder of their own)."""
    made: dict[str, Any] = {}
    kinds = described(located.folder)
    for part, path in located.files.items():
        if part in given or part in ("checkpoint", "ip_adapter"):
            continue
        if part in _BESIDE:
            made[part] = _beside(path, _BESIDE[part], loading)
        elif path.is_dir() and part in DENOISERS and part in kinds:
            made[part] = from_folder(kinds[part][1], path, loading)
        elif path.is_dir():
            made[part] = _encoder(path, loading)
        elif part not in kinds:
            raise BadInput(
                f"The weights {located.weights.name!r} lay a file over {part}, which {located.folder} "
                f"has not. Its parts: {', '.join(kinds)}."
            )
        else:
            library, kind = kinds[part]
            load = _diffusers_file if library == "diffusers" else _transformers_file
            made[part] = load(kind, path, located.folder / part, loading)
    return made


def _beside(folder: Path, kinds: tuple[str, ...], loading: Loading) -> Any:
    """A model of diffusers from a folder of its own. Raises ``BadInput`` where it is of another class."""
    said = read_json(folder / "config.json") if folder.is_dir() else None
    found = said.get("_class_name") if isinstance(said, dict) else None
    if found not in kinds:
        wanted = " or a ".join(kinds)
        raise BadInput(
            f"{folder} is refused: it must be the folder of a {wanted}, not of {str(found)[:60]!r}."
        )
    return getattr(diffusers, found).from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, **{_DTYPE: dtype_of(loading, found)}
    )


def from_folder(kind: str, folder: Path, loading: Loading) -> Any:
    """What denoises, as the diffusers class ``kind``, from a folder of its own (whose own name for it is not
    asked: FramePack's is its makers'). Raises ``BadInput`` where it does not fit.
    """
    more: dict[str, Any] = {_DTYPE: dtype_of(loading, kind)}
    if loading.quantise in ("int8", "nf4"):
        more["quantization_config"] = quantisation(loading, diffusers)
    model, report = getattr(diffusers, kind).from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, output_loading_info=True, **more
    )
    missing = sorted(report["missing_keys"])
    if missing:
        raise BadInput(f"{folder} does not fit {kind}: it lacks {missing[0]} and {len(missing) - 1} more.")
    return model


def _encoder(folder: Path, loading: Loading) -> Any:
    """An image encoder from a folder of its own, of one of the few classes that are known here."""
    said = read_json(folder / "config.json")
    kinds = said.get("architectures") if isinstance(said, dict) else None
    kind = kinds[0] if isinstance(kinds, list) and kinds else None
    if kind not in _ENCODERS:
        raise BadInput(f"{folder} is refused: {str(kind)[:60]!r} is no image encoder that is known here.")
    return getattr(transformers, kind).from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, dtype=dtype_of(loading, kind)
    )


def _diffusers_file(kind: str, path: Path, config: Path, loading: Loading) -> Any:
    cls = getattr(diffusers, kind)
    names = [tensor.name for tensor in read_weights(path).tensors]
    if any(n.endswith((".scale_weight", "scaled_fp8", ".weight_scale")) for n in names):
        raise BadInput(
            f"{path} is a scaled fp8 file that only ComfyUI reads. Take the bf16, fp16 or GGUF file."
        )
    if not hasattr(cls, "from_single_file"):
        raise BadInput(f"{path}: diffusers {diffusers.__version__} loads no single file as {kind}.")
    dtype = dtype_of(loading, kind)
    more: dict[str, Any] = {}
    if path.suffix.lower() == ".gguf":
        more["quantization_config"] = diffusers.GGUFQuantizationConfig(compute_dtype=dtype)
    elif loading.quantise in ("int8", "nf4") and config.name in DENOISERS:
        more["quantization_config"] = quantisation(loading, diffusers)
    return cls.from_single_file(
        str(path), config=str(config.parent), subfolder=config.name, local_files_only=True,
        **{_DTYPE: dtype}, **more,
    )  # fmt: skip


def _transformers_file(kind: str, path: Path, config: Path, loading: Loading) -> Any:
    """A text or image encoder from one safetensors file with the names of transformers."""
    if path.suffix.lower() == ".gguf":
        raise BadInput(f"{path}: a GGUF file stands for what denoises only, not for {config.name}.")
    from safetensors.torch import load_file

    cls = getattr(transformers, kind)
    model, report = cls.from_pretrained(
        None, config=transformers.AutoConfig.from_pretrained(str(config), local_files_only=True),
        state_dict=load_file(str(path)), dtype=dtype_of(loading, kind), output_loading_info=True,
    )  # fmt: skip
    missing = sorted(report["missing_keys"])
    if missing:
        raise BadInput(f"{path} does not fit {kind}: it lacks {missing[0]} and {len(missing) - 1} more.")
    return model


# -- quantisation -----------------------------------------------------------------------------


def quantisation(loading: Loading, library: Any) -> Any:
    """The configuration object of ``library`` (diffusers or transformers) for int8 or nf4."""
    if loading.quantise == "nf4":
        return library.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=DTYPES[loading.precision],
        )
    from torchao.quantization import Int8WeightOnlyConfig

    return library.TorchAoConfig(Int8WeightOnlyConfig())


def _pipeline_quantisation(
    kinds: Mapping[str, tuple[str, str]], loading: Loading, given: Mapping[str, Any]
) -> Any:
    """int8 and nf4 for the large parts that are loaded from the folder; None for the others."""
    if loading.quantise not in ("int8", "nf4"):
        return None
    libraries = {"diffusers": diffusers, "transformers": transformers}
    chosen = {
        part: quantisation(loading, libraries[library])
        for part, (library, _) in kinds.items()
        if is_quantised(part, loading) and part not in given
    }
    return diffusers.PipelineQuantizationConfig(quant_mapping=chosen) if chosen else None


# -- tuning and placing -----------------------------------------------------------------------


def denoisers(pipe: Any) -> list[Any]:
    """The models of a pipeline that denoise."""
    found = (getattr(pipe, name, None) for name in DENOISERS)
    return [model for model in found if model is not None]


def tune(pipe: Any, loading: Loading) -> None:
    vae = getattr(pipe, "vae", None)
    if vae is not None and type(vae).__name__ in _SLICED:
        vae.enable_slicing()
    if loading.tiling and vae is not None:
        vae.enable_tiling()
    for model in denoisers(pipe):
        if loading.quantise == "fp8":
            model.enable_layerwise_casting(
                storage_dtype=torch.float8_e4m3fn, compute_dtype=DTYPES[loading.precision]
            )
        if loading.attention != "native":
            with _wanting(model, "attention", loading.attention, "native"):
                model.set_attention_backend(loading.attention)
        if loading.cache == "first-block":
            with _wanting(model, "cache", loading.cache, "none"):
                _enable_first_block_cache(model)
        if loading.compile:
            if getattr(model, "_repeated_blocks", None):
                model.compile_repeated_blocks(fullgraph=False)
            else:
                model.compile()


def _enable_first_block_cache(model: Any) -> None:
    """Let steps whose first block says little that is new reuse the others' work. Raises ``ValueError``.

    In diffusers 0.42 it is wrong for models that add something between their blocks (VACE), and fails
    in those with two kinds of blocks (FLUX.2).
    """
    if hasattr(model, "vace_blocks"):
        raise ValueError("steps that are left out would add what is known twice")
    if hasattr(model, "single_transformer_blocks"):
        raise ValueError("its blocks are of two kinds")
    model.enable_cache(diffusers.FirstBlockCacheConfig(threshold=_CACHE_THRESHOLD))


@contextlib.contextmanager
def _wanting(model: Any, setting: str, value: str, instead: str) -> Iterator[None]:
    """One line where a model or this machine has not what a setting asks for."""
    try:
        yield
    except (ValueError, RuntimeError, ImportError, AttributeError, IndexError, KeyError) as error:
        raise BadInput(
            f"{type(model).__name__} cannot be loaded with {setting} {value!r} here ({_line(error)}) "
            f"Set {setting} to {instead}."
        ) from error


def _place(pipe: Any, loading: Loading) -> None:
    if loading.offload == "none":
        pipe.to(loading.device)
    elif loading.offload == "model":
        pipe.enable_model_cpu_offload(device=loading.device)
    elif loading.offload == "sequential":
        pipe.enable_sequential_cpu_offload(device=loading.device)
    else:
        pipe.enable_group_offload(
            onload_device=torch.device(loading.device),
            offload_device=torch.device("cpu"),
            offload_type="leaf_level",
            use_stream=loading.device.startswith("cuda"),
            low_cpu_mem_usage=_is_scarce(pipe),
            exclude_modules=["vae"],
        )


def _is_scarce(pipe: Any) -> bool:
    """Whether the weights take too much of the main memory to be pinned there all at once."""
    models = [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]
    held = sum(p.numel() * p.element_size() for model in models for p in model.parameters())
    total_mb = processor().total_mb
    return total_mb > 0 and held > _PINNED_MOST * total_mb * 1_000_000


def in_full_precision(pipe: Any) -> str:
    """Turn a pipeline to 32 bits where it stands; what it was before, such as ``bf16``.

    Raises ``BadInput`` for quantised or streamed weights, which cannot be turned where they stand.
    """
    models = [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]
    kinds = {p.dtype for model in denoisers(pipe) for p in model.parameters() if p.is_floating_point()}
    kinds |= {p.dtype for model in models for p in model.parameters() if not p.is_floating_point()}
    streamed = pipe.photoplay_loading.offload not in ("none", "model")
    if streamed or kinds - set(DTYPES.values()):
        raise BadInput(
            "These weights are quantised or streamed, so they cannot be turned to full precision as they "
            "stand. Set precision to fp32 (and quantise to none) and render again."
        )
    for model in models:
        torch.nn.Module.to(model, dtype=torch.float32)  # diffusers' own warns of what is meant here
    return next((name for name, dtype in DTYPES.items() if dtype in kinds), "fp32")


# -- around -----------------------------------------------------------------------------------


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No bars while loading; what was on before is on again after."""
    switches = (diffusers.utils.logging, transformers.utils.logging)
    were = [switch.is_progress_bar_enabled() for switch in switches]
    for switch in switches:
        switch.disable_progress_bar()
    try:
        yield
    finally:
        for switch, was in zip(switches, were, strict=True):
            if was:
                switch.enable_progress_bar()


@contextlib.contextmanager
def plainly(located: Located) -> Iterator[None]:
    """One line for weights that do not fit, or a package that is missing; memory faults pass."""
    name = located.weights.name
    try:
        yield
    except ImportError as error:
        raise BadInput(f"The weights {name!r} need a package that is missing: {_line(error)}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        if "out of memory" in str(error).lower() or type(error).__name__ == "OutOfMemoryError":
            raise
        raise BadInput(
            f"The weights {name!r} ({located.folder}) cannot be loaded: {_line(error)} Check that they are "
            "of the family that is named for them."
        ) from error


def _line(error: Exception) -> str:
    words = " ".join(str(error).split())[:240] or type(error).__name__
    return words if words.endswith(".") else words + "."
