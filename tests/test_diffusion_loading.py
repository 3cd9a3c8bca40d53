"""Loading: how it is decided, and tiny pipelines of the real classes loaded as a user's weights are."""

import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from photoplay.render.diffusion.loading import (
    ATTENTIONS,
    Loading,
    changes_pixels,
    how,
)
from photoplay.storyboard.errors import BadInput

GB = 10**9
SMALL = {"transformer": 4 * GB, "text_encoder": 11 * GB, "vae": GB // 2}


# -- how it is decided ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget_mb", "offload", "tiling"),
    [(None, "none", False), (80_000, "none", False), (20_000, "model", False), (16_000, "model", False),
     (12_500, "group", False), (8_000, "group", True)],
)  # fmt: skip
def test_offload_and_tiling_follow_from_the_memory_there_is(budget_mb, offload, tiling):
    loading = how(SMALL, "cuda:0", budget_mb, {})
    assert (loading.offload, loading.tiling) == (offload, tiling)
    assert (loading.precision, loading.quantise, loading.cache) == ("bf16", "none", "none")


def test_a_processor_computes_in_full_precision_and_moves_nothing():
    assert how(SMALL, "cpu", 100, {}) == Loading("cpu", "fp32")
    assert how(SMALL, "cpu", None, {"precision": "bf16"}).precision == "bf16"


def test_a_large_model_is_streamed_rather_than_left_no_room_for_frames():
    large = {"transformer": 34 * GB, "text_encoder": 11 * GB, "vae": GB // 2}
    eight = {"quantise": "fp8"}
    said = [how(large, "cuda:0", mb, eight).offload for mb in (24_000, 25_000, 32_000, 48_000)]
    assert said == ["group", "group", "model", "none"]
    assert how(large, "cuda:0", 48_000).offload == "group"
    assert how(large, "cuda:0", 80_000).offload == "none"


def test_quantised_weights_want_less():
    assert how(SMALL, "cuda:0", 16_000, {"quantise": "nf4"}).offload == "none"
    large = {"transformer": 34 * GB, "text_encoder": 11 * GB}
    assert how(large, "cuda:0", 24_000, {}).offload == "group"
    assert how(large, "cuda:0", 28_000, {"quantise": "int8"}).offload == "model"


def test_full_precision_wants_twice_as_much():
    assert how({"transformer": 4 * GB}, "cuda:0", 8_000, {}).offload == "none"
    assert how({"transformer": 4 * GB}, "cuda:0", 8_000, {"precision": "fp32"}).offload == "group"


def test_what_changes_pixels_is_never_decided_by_memory():
    for budget in (4_000, 8_000, 24_000, 80_000, None):
        loading = how(SMALL, "cuda:0", budget, {})
        assert replace(loading, offload="none", tiling=False) == Loading("cuda:0", "bf16")


def test_settings_stand_over_what_is_decided():
    given = {"precision": "fp16", "quantise": "fp8", "offload": "sequential", "tiling": True,
             "attention": "sage", "cache": "first-block", "compile": True}  # fmt: skip
    assert how(SMALL, "cuda:1", 80_000, given) == Loading("cuda:1", **given)


@pytest.mark.parametrize(
    ("name", "value"),
    [("precision", "fp4"), ("quantise", 8), ("offload", True), ("tiling", "yes"), ("attention", "flash_4_hub"),
     ("attention", "sage_hub"), ("cache", "all"), ("compile", 1)],
)  # fmt: skip
def test_a_value_that_is_none_is_refused_with_those_that_are(name, value):
    with pytest.raises(BadInput, match=f"setting {name}"):
        how(SMALL, "cuda:0", None, {name: value})


def test_no_attention_that_downloads_code_is_known():
    assert not [name for name in ATTENTIONS if "hub" in name]


def test_with_less_and_less_memory_the_weights_are_moved_before_pixels_change():
    """The engine's ladder halves the budget: a half, a quarter, an eighth."""
    walked = [how(SMALL, "cuda:0", budget, {}) for budget in (24_000, 18_000, 12_000, 8_000)]
    assert [w.offload for w in walked] == ["none", "model", "group", "group"]
    assert [changes_pixels(a, b) for a, b in itertools.pairwise(walked)] == [False, False, True]
    assert "tiles" in walked[-1].words()
    assert all(replace(w, offload="none", tiling=False) == walked[0] for w in walked), "nothing else changes"


# -- tiny pipelines ---------------------------------------------------------------------------

CLASSES = {
    "tiny-sdxl": "StableDiffusionXLPipeline",
    "tiny-klein": "Flux2KleinPipeline",
    "tiny-wan-flf": "WanImageToVideoPipeline",
    "tiny-wan-vace": "WanVACEPipeline",
    "tiny-ltx": "LTXConditionPipeline",
    "tiny-skyreels": "SkyReelsV2DiffusionForcingPipeline",
}


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """``tiny("tiny-sdxl")`` is that set, located."""
    pytest.importorskip("torch")
    pytest.importorskip("diffusers")
    from diffusion_kit import weights_toml

    from photoplay.render.diffusion.weights import located, weight_set

    monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "lock.json"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    def find(name, **more):
        monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(weights_toml(tmp_path / "w.toml", name, **more)))
        return located(weight_set(name))

    return find


def load(found, components=None, skip=(), **settings):
    from photoplay.render.diffusion.pipelines import load_pipeline

    return load_pipeline(
        CLASSES[found.weights.name], found, how(found, "cpu", None, settings), components or {}, skip
    )


def vace(pipe, **more):
    """Frames of a tiny VACE pipeline, 5 x 16 x 16 x 3."""
    import torch

    given = {"prompt": "a fox", "height": 16, "width": 16, "num_frames": 5, "num_inference_steps": 2}
    seed = torch.Generator("cpu").manual_seed(3)
    return pipe(**(given | more), guidance_scale=1.0, generator=seed, output_type="np").frames[0]


def dtypes(model):
    return {str(p.dtype).removeprefix("torch.") for p in model.parameters()}


@pytest.mark.parametrize("name", CLASSES)
def test_every_family_loads_from_a_folder_in_either_precision(tiny, name):
    from photoplay.render.diffusion.pipelines import in_full_precision

    found = tiny(name)
    assert sum(found.sizes().values()) > 1000
    for precision, dtype in (("fp32", "float32"), ("bf16", "bfloat16")):
        pipe = load(found, precision=precision)
        assert type(pipe).__name__ == CLASSES[name]
        assert dtype in dtypes(getattr(pipe, "transformer", None) or pipe.unet)
        assert pipe._progress_bar_config == {"disable": True}
        assert in_full_precision(pipe) == precision
        for part in pipe.components.values():
            assert not hasattr(part, "parameters") or dtypes(part) == {"float32"}


def test_the_vae_of_wan_stays_in_full_precision(tiny):
    pipe = load(tiny("tiny-wan-vace"), precision="bf16")
    assert dtypes(pipe.vae) == {"float32"}
    assert vace(pipe).shape == (5, 16, 16, 3)


def test_streaming_layers_changes_no_pixel_and_quantising_does(tiny):
    from photoplay.render.diffusion.pipelines import in_full_precision

    found = tiny("tiny-wan-vace")
    plain = vace(load(found))
    assert (vace(load(found, offload="group")) == plain).all()
    fp8 = load(found, quantise="fp8")
    assert "float8_e4m3fn" in dtypes(fp8.transformer)
    other = vace(fp8)
    assert 0 < abs(other - plain).max() < 0.5
    with pytest.raises(BadInput, match="quantised"):
        in_full_precision(fp8)
    with pytest.raises(BadInput, match="streamed"):
        in_full_precision(load(found, offload="group"))


@pytest.mark.parametrize(("total_mb", "scarce"), [(0, False), (1, True), (64_000, False)])
def test_weights_are_pinned_at_once_only_where_main_memory_is_ample(tiny, monkeypatch, total_mb, scarce):
    import diffusers

    from photoplay.render.diffusion import pipelines
    from photoplay.render.diffusion.hardware import Device

    given = {}
    monkeypatch.setattr(pipelines, "processor", lambda: Device(id="cpu", total_mb=total_mb))
    monkeypatch.setattr(
        diffusers.DiffusionPipeline, "enable_group_offload", lambda pipe, **how: given.update(how)
    )
    load(tiny("tiny-sdxl"), offload="group")  # 3 MB
    assert given["low_cpu_mem_usage"] is scarce


def test_a_step_cache_and_another_attention_run(tiny):
    found = tiny("tiny-wan-vace")
    plain = vace(load(found))
    assert abs(vace(load(found, attention="_native_math")) - plain).max() < 1e-4
    assert load(tiny("tiny-wan-flf"), cache="first-block").transformer.is_cache_enabled
    for name in ("tiny-sdxl", "tiny-klein", "tiny-wan-vace"):
        with pytest.raises(BadInput, match="Set cache to none"):
            load(tiny(name), cache="first-block")
    with pytest.raises(BadInput, match="Set attention to native"):
        load(found, attention="sage")


def test_tiles_are_turned_on(tiny):
    assert not load(tiny("tiny-sdxl")).vae.use_tiling
    assert load(tiny("tiny-sdxl"), tiling=True).vae.use_tiling


@pytest.mark.parametrize(("quantise", "package"), [("int8", "torchao"), ("nf4", "bitsandbytes")])
def test_quantising_without_its_package_is_one_line(tiny, quantise, package, monkeypatch):
    found = tiny("tiny-wan-vace")
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == package else real(name, *a)
    )
    with pytest.raises(BadInput, match=f"pip install {package}"):
        load(found, quantise=quantise)


@pytest.mark.parametrize("offload", ["model", "sequential"])
def test_offload_on_a_processor_is_refused(tiny, offload):
    with pytest.raises(BadInput, match="for GPUs"):
        load(tiny("tiny-wan-vace"), offload=offload)


def test_given_parts_are_used_and_skipped_ones_left_out(tiny):
    found = tiny("tiny-wan-vace")
    vae = load(found).vae
    pipe = load(found, {"vae": vae}, ("text_encoder", "tokenizer"))
    assert pipe.vae is vae
    assert pipe.text_encoder is None


def test_a_class_that_is_not_there_or_does_not_fit_is_one_line(tiny):
    from photoplay.render.diffusion.pipelines import load_pipeline

    found = tiny("tiny-wan-vace")
    for name in ("NoSuchPipeline", "AutoencoderKLWan", "utils"):
        with pytest.raises(BadInput, match="has no"):
            load_pipeline(name, found, Loading("cpu", "fp32"))
    with pytest.raises(BadInput, match="cannot be loaded") as told:
        load_pipeline("StableDiffusionXLPipeline", found, Loading("cpu", "fp32"))
    assert "\n" not in str(told.value)


def test_what_was_on_before_is_on_after_loading(tiny):
    import diffusers
    import transformers

    switches = (diffusers.utils.logging, transformers.utils.logging)
    try:
        for switch in switches:
            switch.enable_progress_bar()
        load(tiny("tiny-wan-vace"))
        assert all(switch.is_progress_bar_enabled() for switch in switches)
    finally:
        for switch in switches:
            switch.disable_progress_bar()


# -- single files, as artists have them ----------------------------------------------------------


def test_a_transformer_from_a_single_file_over_the_folder(tiny, tmp_path):
    import torch
    from safetensors.torch import save_file

    found = tiny("tiny-wan-vace")
    plain = load(found)
    changed = {k: v + 0.05 * torch.randn(v.shape, generator=torch.Generator().manual_seed(1))
               for k, v in plain.transformer.state_dict().items()}  # fmt: skip
    file = tmp_path / "vace.safetensors"
    save_file(changed, file)
    over = tiny("tiny-wan-vace", tiny_wan_vace={"files": {"transformer": str(file)}})
    pipe = load(over)
    key = "blocks.0.attn1.to_q.weight"
    assert torch.equal(pipe.transformer.state_dict()[key], changed[key])
    assert abs(vace(pipe) - vace(plain)).max() > 1e-3
    source = tiny("tiny-wan-vace", tiny_wan_vace={"source": str(file), "base": str(found.folder)})
    assert torch.equal(load(source).transformer.state_dict()[key], changed[key])


def test_a_gguf_transformer_over_the_folder(tiny, tmp_path):
    gguf = pytest.importorskip("gguf")
    import torch

    found = tiny("tiny-wan-vace")
    plain = load(found)
    file = tmp_path / "vace.gguf"
    writer = gguf.GGUFWriter(str(file), "wan")
    for name, value in plain.transformer.state_dict().items():
        writer.add_tensor(name, value.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    over = tiny("tiny-wan-vace", tiny_wan_vace={"files": {"transformer": str(file)}})
    pipe = load(over)
    assert abs(vace(pipe) - vace(plain)).max() < 1e-4
    key = "blocks.0.attn1.to_q.weight"
    assert torch.equal(pipe.transformer.state_dict()[key].float(), plain.transformer.state_dict()[key])


def test_a_text_encoder_from_a_single_file(tiny, tmp_path):
    import torch
    from safetensors.torch import save_model

    found = tiny("tiny-wan-vace")
    encoder = load(found).text_encoder
    with torch.no_grad():
        encoder.shared.weight.mul_(1.5)
    file = tmp_path / "umt5.safetensors"
    save_model(encoder, str(file))
    pipe = load(tiny("tiny-wan-vace", tiny_wan_vace={"files": {"text_encoder": str(file)}}))
    assert torch.equal(pipe.text_encoder.shared.weight, encoder.shared.weight)
    vae = tmp_path / "vae.safetensors"
    save_model(load(found).vae, str(vae))
    with pytest.raises(BadInput, match="does not fit UMT5EncoderModel"):
        load(tiny("tiny-wan-vace", tiny_wan_vace={"files": {"text_encoder": str(vae)}}))


def test_a_scaled_fp8_file_of_comfyui_is_refused(tiny, tmp_path):
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "scaled.safetensors"
    save_file({"blocks.0.q.weight": torch.zeros(2), "blocks.0.q.scale_weight": torch.zeros(1)}, file)
    found = tiny("tiny-wan-vace", tiny_wan_vace={"files": {"transformer": str(file)}})
    with pytest.raises(BadInput, match="only ComfyUI reads"):
        load(found)


def test_a_file_over_a_part_that_the_model_has_not_is_refused(tiny, tmp_path):
    import torch
    from safetensors.torch import save_file

    file = tmp_path / "x.safetensors"
    save_file({"a": torch.zeros(2)}, file)
    with pytest.raises(BadInput, match=r"transformer_2.*Its parts: "):
        load(tiny("tiny-wan-vace", tiny_wan_vace={"files": {"transformer_2": str(file)}}))


# -- off the network --------------------------------------------------------------------------

OFF = """
import socket, sys
def no(*a, **k): raise SystemExit("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = no
from photoplay.render.diffusion.weights import located, weight_set
from photoplay.render.diffusion.loading import how
from photoplay.render.diffusion.pipelines import load_pipeline
found = located(weight_set(sys.argv[1]))
load_pipeline(sys.argv[2], found, how(found, "cpu", None, {}))
print("loaded")
"""


def test_loading_asks_no_network_even_where_nobody_forbade_it(tiny, tmp_path):
    tiny("tiny-wan-vace")
    env = {k: v for k, v in os.environ.items() if k != "HF_HUB_OFFLINE"} | {"HF_HOME": str(tmp_path / "hf")}
    done = subprocess.run(
        [sys.executable, "-c", OFF, "tiny-wan-vace", "WanVACEPipeline"],
        capture_output=True, text=True, env=env, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.strip().endswith("loaded"), done.stderr[-500:]


def test_what_this_machine_has_is_told_as_json():
    pytest.importorskip("torch")
    done = subprocess.run(
        [sys.executable, "-m", "photoplay.render.diffusion.hardware"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert isinstance(json.loads(done.stdout.splitlines()[-1]), list)
