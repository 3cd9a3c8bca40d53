"""Tiny weights for the tests of diffusion renderers, written once a session, and requests for them.

A test file that uses it begins with ``pytest.importorskip("torch")`` and ``("diffusers")`` and takes
the fixture ``tiny_weights`` by ``from diffusion_kit import tiny_weights``.
"""

import atexit
import contextlib
import functools
import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest

from photoplay.render.protocol import Frame, Job, Notice
from photoplay.render.requests import Between, Extend, Input, Lora, Raster, Still
from photoplay.storyboard.film import Film
from photoplay.storyboard.picture import Picture, picture

SETS = {
    "tiny-sdxl": ("sdxl", "sdxl", ""),
    "tiny-sdxl-ip": ("sdxl", "sdxl-ip-adapter", ""),
    "tiny-sdxl-guided": ("sdxl-guided", "sdxl-guided", "depth"),
    "tiny-klein": ("flux2-klein", "flux2-klein", ""),
    "tiny-klein-base": ("flux2-klein", "flux2-klein-base", "base"),
    "tiny-qwen-edit": ("qwen-edit", "qwen-edit", ""),
    "tiny-wan-flf": ("wan", "wan-flf", "flf"),
    "tiny-wan-two": ("wan", "wan-two-experts", "a14b"),
    "tiny-wan-ti2v": ("wan", "wan-ti2v", "ti2v-5b"),
    "tiny-wan-t2v": ("wan", "wan-t2v", "t2v"),
    "tiny-wan-vace": ("wan-vace", "wan-vace", ""),
    "tiny-framepack": ("framepack", "framepack", ""),
    "tiny-framepack-f1": ("framepack", "framepack", "f1"),
    "tiny-helios": ("helios", "helios", ""),
    "tiny-hunyuan": ("hunyuan-video", "hunyuan-video", ""),
    "tiny-echo": ("echo", "echo", ""),
    "tiny-flux3": ("flux3", "flux3", ""),
    "tiny-h3": ("minimax-h3", "minimax-h3", ""),
    "tiny-h3-references": ("minimax-h3", "minimax-h3", "references"),
    "tiny-ltx": ("ltx", "ltx", ""),
    "tiny-ltx-upsample": ("ltx-upsample", "ltx-upsample", ""),
    "tiny-ltx2": ("ltx2", "ltx2", ""),
    "tiny-ltx2-upsample": ("ltx-upsample", "ltx2-upsample", "ltx2"),
    "tiny-sd-upscale": ("sd-upscale", "sd-upscale", ""),
    "tiny-skyreels": ("skyreels", "skyreels", ""),
    "tiny-cogvideox-t2v": ("cogvideox", "cogvideox-t2v", "t2v"),
    "tiny-cogvideox-i2v": ("cogvideox", "cogvideox-i2v", "i2v"),
    "tiny-cogvideox-15-t2v": ("cogvideox", "cogvideox-t2v-1.5", "t2v-1.5"),
    "tiny-cogvideox-15-i2v": ("cogvideox", "cogvideox-i2v-1.5", "i2v-1.5"),
    "tiny-animatediff": ("animatediff", "animatediff", ""),
    "tiny-animatediff-sparse": ("animatediff", "animatediff", "sparse"),
    "tiny-svd": ("svd", "svd", ""),
}
"""Set of weights -> family, name in ``tiny.PIPELINES``, layout."""
RASTER = Raster(width=64, height=64)


@functools.cache
def _session_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="photoplay-tiny-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def tiny_folder(name: str, seed: int = 0) -> Path:
    """The folder of a tiny pipeline (a key of ``tiny.PIPELINES``), written the first time in a session."""
    from photoplay.render.diffusion.tiny import write

    return write(name, _session_folder() / f"{name}-{seed}")


def weights_toml(path: Path, *sets: str, **more: dict) -> Path:
    """A weights file with these sets of ``SETS``; ``more`` adds or changes fields, by set with ``_`` for ``-``."""
    lines = []
    for name in sets:
        family, tiny, layout = SETS[name]
        fields = {"family": family, "source": str(tiny_folder(tiny))}
        fields |= {"layout": layout} if layout else {}
        if tiny == "sdxl-ip-adapter":
            adapter = tiny_folder(tiny) / "adapter"
            files = {
                "ip_adapter": adapter / "ip_adapter.safetensors",
                "image_encoder": adapter / "image_encoder",
            }
            fields["files"] = {part: str(path) for part, path in files.items()}
        if tiny == "sdxl-guided":
            fields["files"] = {"controlnet": str(tiny_folder(tiny) / "controlnet")}
        if tiny == "animatediff":
            folders = {"motion_adapter": "motion"} | ({"controlnet": "sparse"} if layout else {})
            fields["files"] = {part: str(tiny_folder(tiny) / name) for part, name in folders.items()}
        fields |= more.get(name.replace("-", "_"), {})
        lines.append(f"[weights.{name}]")
        lines += [f"{key} = {_toml(value)}" for key, value in fields.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def _toml(value) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {_toml(v)}' for k, v in value.items()) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@pytest.fixture
def tiny_weights(tmp_path, monkeypatch):
    """``tiny_weights("tiny-sdxl", ...)`` makes these sets the user's weights, offline and on the processor."""

    def use(*sets: str, **more: dict) -> Path:
        path = weights_toml(tmp_path / "weights.toml", *sets, **more)
        monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(path))
        monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "weights.lock.json"))
        monkeypatch.setenv("PHOTOPLAY_DEVICE", "cpu")
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        return path

    return use


@contextlib.contextmanager
def loaded_sets(tmp_path_factory, *names: str):
    """Renderers of these sets by name, ready, for all tests of a file: the body of a module's fixture."""
    from photoplay.render.diffusion.renderer import Diffusion

    folder = tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOPLAY_WEIGHTS", str(weights_toml(folder / "weights.toml", *names)))
        patch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(folder / "weights.lock.json"))
        patch.setenv("PHOTOPLAY_DEVICE", "cpu")
        patch.setenv("HF_HUB_OFFLINE", "1")
        made = {name: Diffusion(name) for name in names}
        for renderer in made.values():
            renderer.load("cpu", None)
        yield made
        for renderer in made.values():
            renderer.unload()


@functools.cache
def _film() -> Film:
    from invented import boarded, told

    return boarded(told())


def a_picture(shot: int = 2) -> Picture:
    """The picture of a shot of one told film: a baker, a girl and a fox, at a bakery and in a forest."""
    film = _film()
    return picture(film, film.shots[shot])


def still(shot: int = 2, **more) -> Still:
    """A still of ``RASTER`` size."""
    return Still(**({"picture": a_picture(shot), "raster": RASTER} | more))


def between(frames: int = 9, shot: int = 2, **more) -> Between:
    """A clip of ``RASTER`` size."""
    return Between(**({"picture": a_picture(shot), "raster": RASTER, "frames": frames} | more))


def extend(tail: Input, frames: int = 8, shot: int = 2, **more) -> Extend:
    """New frames of ``RASTER`` size after ``tail``."""
    given = {"picture": a_picture(shot), "raster": RASTER, "frames": frames, "tail": tail}
    return Extend(**(given | more))


def anchor(n: int) -> Input:
    """The input that stands for anchor frame ``n``."""
    return Input(key=f"{n:064x}", part="anchor", frame=1)


class Footage:
    """Frames given as a list, height x width x 3."""

    def __init__(self, *frames):
        self._frames = frames

    @property
    def count(self):
        return len(self._frames)

    def frame(self, index):
        if not 0 <= index < len(self._frames):
            raise IndexError(index)
        return self._frames[index]

    def frames(self, start, stop):
        return (self.frame(n) for n in range(start, stop))


def noise_frame(n: int, width: int = RASTER.width, height: int = RASTER.height):
    """A frame of smooth colours, another for each ``n``."""
    rng = np.random.default_rng(n)
    coarse = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
    return np.ascontiguousarray(coarse.repeat(-(-height // 4), 0).repeat(-(-width // 4), 1)[:height, :width])


def frames_of(renderer, *jobs, tick=lambda job, share, words="": None, notices=None):
    """The frames of each job, in a list by job, holds counted out; ``jobs`` are requests or ``Job``.

    Notices are added to the list ``notices``, in order.
    """
    jobs = [job if isinstance(job, Job) else Job(job) for job in jobs]
    found = [[] for _ in jobs]
    for output in renderer.render(jobs, tick):
        if isinstance(output, Frame):
            found[output.job].extend([output.pixels] * output.hold)
        elif isinstance(output, Notice) and notices is not None:
            notices.append(output)
    return found


@functools.cache
def tiny_lora(name: str, seed: int = 0, encoders: bool = False) -> bytes:
    """A LoRA (safetensors) that fits the tiny pipeline ``name``; with ``encoders`` on its text encoder, too."""
    import torch
    from diffusers import DiffusionPipeline
    from peft import LoraConfig, inject_adapter_in_model
    from peft.utils import get_peft_model_state_dict

    more = {"processor": None} if name == "qwen-edit" else {}  # its class wants torchvision
    pipe = DiffusionPipeline.from_pretrained(str(tiny_folder(name)), local_files_only=True, **more)
    parts = {"unet" if hasattr(pipe, "unet") else "transformer": ["to_q", "to_v"]}
    parts |= {"text_encoder": ["q_proj", "v_proj"]} if encoders else {}
    torch.manual_seed(seed)
    layers = {}
    for part, targets in parts.items():
        model = getattr(pipe, part)
        inject_adapter_in_model(LoraConfig(r=2, target_modules=targets), model)
        for key, weight in model.named_parameters():
            if "lora_" in key:
                torch.nn.init.normal_(weight, std=0.5)
        layers[f"{part}_lora_layers"] = get_peft_model_state_dict(model)
    with tempfile.TemporaryDirectory() as folder:
        type(pipe).save_lora_weights(folder, **layers)
        return (Path(folder) / "pytorch_lora_weights.safetensors").read_bytes()


def lora_input(data: bytes) -> Input:
    """The input under which LoRA weights are given."""
    return Input(key=hashlib.sha256(data).hexdigest(), part="lora")


def with_loras(request, *loras: tuple[bytes, int], footage=None) -> Job:
    """A job for ``request`` with LoRAs of (bytes, percent)."""
    worn = tuple(Lora(entity="otto", weights=lora_input(d), percent=percent) for d, percent in loras)
    weights = {lora_input(data): data for data, _ in loras}
    return Job(request.model_copy(update={"loras": worn}), footage or {}, weights)
