"""``photoplay doctor``: what can run here, and why the rest can't. It makes and changes nothing."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import shutil
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from .. import __version__
from ..agent.writers import find_writer, writer_names
from ..render.preflight import preflight
from ..render.registry import find_renderer, missing_modules, renderer_names
from ..storyboard.errors import PhotoplayError


def _machine() -> list[tuple[str, bool, str]]:
    free = shutil.disk_usage(Path.cwd()).free // 1_000_000
    rows = [
        ("photoplay", True, f"{__version__}, Python {platform.python_version()}, {platform.system()}"),
        ("processor", True, f"{os.cpu_count()} cores"),
        ("disk", free > 500, f"{free:,} MB free here; a minute's film needs about 100 MB"),
    ]
    try:
        import av

        rows.append(("codecs", True, f"PyAV {av.__version__}, H.264 and AAC inside"))
    except ImportError as error:
        rows.append(("codecs", False, f"PyAV cannot be loaded ({error}); `pip install av`"))
    return [*rows, _credentials(), *_gpus(), *_diffusion()]


def _credentials() -> tuple[str, bool, str]:
    """Whether films can be signed here."""
    from ..agent.certificate import need_packages

    try:
        need_packages()
    except PhotoplayError as error:
        return ("credentials", False, str(error).partition(", or leave")[0])
    return ("credentials", True, "films can be signed: photoplay make --credentials")


def _gpus() -> list[tuple[str, bool, str]]:
    from ..render.diffusion.hardware import devices

    if importlib.util.find_spec("torch") is None:
        words = "torch is not installed; diffusion renderers need it, the animatic does not"
        return [("GPU", False, words)]
    try:
        found = devices()
    except PhotoplayError as error:
        return [("GPU", False, str(error))]
    if not found:
        return [("GPU", False, "torch sees none here; PHOTOPLAY_DEVICE=cpu tries models on the processor")]
    return [
        (
            "processor" if d.id == "cpu" else f"GPU {d.id}",
            True,
            f"{d.name}, {d.free_mb:,} of {d.total_mb:,} MB free",
        )
        for d in found
    ]


def _diffusion() -> list[tuple[str, bool, str]]:
    """What diffusion renderers need besides a GPU: packages, and weights that are here."""
    from ..render.diffusion.weights import is_here, weight_sets

    needed = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "sentencepiece", "ftfy")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        words = f'not installed: {", ".join(missing)}; pip install "photoplay[diffusion]"'
        rows = [("diffusion", False, words)]
    else:
        rows = [("diffusion", True, "its packages are installed")]
    try:
        here = [ws for ws in weight_sets().values() if is_here(ws)]
    except PhotoplayError as error:
        return [*rows, ("weights", False, str(error))]
    if not here:
        return [*rows, ("weights", False, "none are here; `photoplay weights` lists them")]
    return [*rows, *((f"weights {ws.name}", True, f"{ws.family}, licence {ws.licence}") for ws in here)]


def _renderers() -> list[tuple[str, bool, str]]:
    rows = []
    for name in renderer_names():
        try:
            renderer = find_renderer(name)
            missing = missing_modules(renderer)
            can = renderer.capabilities()
        except PhotoplayError as error:
            rows.append((f"renderer {name}", False, str(error)))
            continue
        if can.device == "network" and name == "remote":
            rows += _servers()
        elif name in ("piper", "musicgen", "soundfont"):
            rows += _ready(name)
        elif missing:
            rows.append((f"renderer {name}", False, f"not installed: {', '.join(missing)}"))
        else:
            rows.append((f"renderer {name}", True, f"{', '.join(sorted(can.requests))} on the {can.device}"))
    return rows


def _ready(name: str) -> list[tuple[str, bool, str]]:
    """Voices and models of music of the settings file, and this machine's soundfont, with what each lacks."""
    from ..render.sound.musicgen import model_names
    from ..render.sound.piper import voice_names

    rows = []
    named = {"piper": voice_names, "musicgen": model_names}.get(name, list)()
    for spec in [f"{name}:{one}" for one in named] or [name]:
        try:
            preflight([spec], find_renderer)
        except PhotoplayError as error:
            rows.append((f"renderer {spec}", False, str(error)))
        else:
            can = find_renderer(spec).capabilities()
            rows.append((f"renderer {spec}", True, f"{', '.join(can.requests)} on the {can.device}"))
    return rows


_MADE = {
    (False, False): ("stills", "each"),
    (True, False): ("clips", "a second"),
    (False, True): ("lines", "a thousand characters"),
}
"""What a server makes by (videos, speech), and what its price is of."""


def _servers() -> list[tuple[str, bool, str]]:
    """The remote renderers of the settings file here. None is asked anything."""
    from ..render.remote.servers import servers

    rows = [
        (
            f"renderer remote:{s.name}",
            True,
            f"{_MADE[s.videos, s.speech][0]} by {s.model} at {s.host}, {s.cost()} "
            + _MADE[s.videos, s.speech][1],
        )
        for s in servers().values()
    ]
    return rows or [("renderer remote", False, "no server is named in photoplay.toml; see docs/remote.md")]


def _writers() -> list[tuple[str, bool, str]]:
    rows = []
    for name in writer_names():
        try:
            find_writer(name)
        except PhotoplayError as error:
            rows.append((f"writer {name}", False, str(error)))
            continue
        if name == "openai" and not (os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")):
            words = "set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own"
            rows.append((f"writer {name}", False, words))
        else:
            rows.append((f"writer {name}", True, "ready; used only when asked for"))
    return rows


def examine(as_json: bool) -> None:
    """Print what can run here: a row for the machine, each renderer and each writer."""
    rows = [*_machine(), *_renderers(), *_writers()]
    if as_json:
        found: list[dict[str, Any]] = [{"what": w, "works": ok, "words": words} for w, ok, words in rows]
        print(json.dumps(found, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for what, works, words in rows:
        line = Line(f"{'yes' if works else 'no':>4} ", style="green" if works else "yellow")
        line.append(f"{what:<22}", style="bold white" if works else "bold")
        line.append(f" {words}", style="not bold")
        console.print(line, soft_wrap=True)
