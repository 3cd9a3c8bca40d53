"""The benchmark of the engine on a GPU, in its small form, as on a machine with few packages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
CHECKOUT = BENCHMARKS.parent / "render" / "engine.py"
ABSENT = (
    "photoplay", "moviepy", "skia", "langgraph", "openai", "typer", "rich", "lemminflect", "slugify",
    "espeakng_loader", "pysubs2", "imageio", "imageio_ffmpeg", "psutil",
    "peft", "ftfy", "gguf", "sentencepiece",
)  # fmt: skip
REFUSE = f"""
import importlib.machinery, importlib.metadata, os, sys
sys.meta_path[:] = [f for f in sys.meta_path if "editable" not in str(f).lower()]
find = importlib.machinery.PathFinder.find_spec
ABSENT = {ABSENT!r}

def without(name, path=None, target=None):
    ours = name == "photoplay" and any(p and os.path.exists(os.path.join(p, "photoplay")) for p in sys.path)
    if name.split(".")[0] in ABSENT and not name.startswith("photoplay."):
        found = find(name, path, target)
        inside = found is not None and "photoplay-gpu-" in str(found.origin)
        return found if ours and inside else None
    return find(name, path, target)

importlib.machinery.PathFinder.find_spec = staticmethod(without)
version = importlib.metadata.version

def said(name):
    if name.replace("-", "_") in ABSENT:
        raise importlib.metadata.PackageNotFoundError(name)
    return version(name)

importlib.metadata.version = said
"""
"""A ``sitecustomize``: these packages are not there, an installed photoplay among them."""


@pytest.fixture
def bare_machine(tmp_path):
    """An environment of a process for which only a few packages are installed, and no ffmpeg."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(REFUSE)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PHOTOPLAY_", "HF_"))}
    return kept | {"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "OMP_NUM_THREADS": "1"}


def test_the_machine_of_this_test_has_few_packages(bare_machine):
    code = "import importlib.util as u, sys; print([n for n in sys.argv[1:] if u.find_spec(n)])"
    asked = [sys.executable, "-c", code, *ABSENT, "torch"]
    done = subprocess.run(asked, env=bare_machine, cwd=BENCHMARKS, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['torch']"


def test_a_package_that_it_cannot_do_without_is_named_at_once(bare_machine, tmp_path):
    (tmp_path / "site" / "sitecustomize.py").write_text(REFUSE.replace("('photoplay'", "('av', 'photoplay'"))
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "gpu.py"), "--small"],
        env=bare_machine, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip() == "This benchmark needs packages that are not installed: av."


@pytest.mark.slow
@pytest.mark.skipif(
    not CHECKOUT.is_file(), reason="the benchmark runs from a checkout, and these tests lie in none"
)
def test_its_small_form_measures_every_part_from_a_bare_checkout(bare_machine, tmp_path):
    out = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "gpu.py"), "--small", "--minutes", "8", "--out", str(out)],
        env=bare_machine, cwd=tmp_path, capture_output=True, text=True, timeout=540, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing here says anything about speed on a GPU" in done.stdout
    found = json.loads(out.read_text())
    assert json.loads(done.stdout.splitlines()[-1]) == found
    assert set(found["skipped"]) == {"two workers"}
    sets = [entry["set"] for entry in found["weights"]["sets"]]
    assert sets == ["bench-klein", "bench-vace"]
    assert [name for name, *_ in found["film"]["loads"]] == ["diffusion:bench-klein", "diffusion:bench-vace"]
    assert found["film"]["degraded"] == []
    assert found["film"]["seconds"] >= found["film"]["calls_s"] > 0
    assert found["ratio"]["bare_s"] > 0
    assert found["gains"]["batch"]["stills"] == 4
    assert found["gains"]["base"]["frames"] == 49
    rungs = found["ladder"]["rungs"]
    assert any("one request at a time" in words for words in rungs)
    assert any("diffusion:bench-vace" in words and "quarter" in words for words in rungs)
    assert [name for name, *_ in found["ladder"]["loads"]] == [
        "diffusion:bench-klein",
        "diffusion:bench-vace",
    ]


@pytest.mark.slow
@pytest.mark.skipif(
    not CHECKOUT.is_file(), reason="the benchmark runs from a checkout, and these tests lie in none"
)
def test_its_guided_form_draws_after_every_guide_and_each_moves_the_clip(tmp_path):
    out = tmp_path / "figures.json"
    program = [sys.executable, str(BENCHMARKS / "gpu.py"), "--small", "--guided", "--minutes", "8"]
    done = subprocess.run(
        [*program, "--out", str(out)], cwd=tmp_path, capture_output=True, text=True, timeout=540, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(out.read_text())
    assert [entry["set"] for entry in found["weights"]["sets"]] == ["bench-vace"]
    guides = found["guides"]
    assert set(guides) == {"none", "depth", "lines", "segments", "pose"}
    assert guides.pop("none")["apart_from_plain"] == 0
    assert all(guide["apart_from_plain"] > 0 for guide in guides.values())
    assert all(len(guide["calls_s"]) == 2 for guide in guides.values())


@pytest.mark.skipif(
    not CHECKOUT.is_file(), reason="the benchmark runs from a checkout, and these tests lie in none"
)
def test_with_no_time_it_says_so_and_what_was_not_measured(bare_machine, tmp_path):
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "gpu.py"), "--small", "--minutes", "0.001"],
        env=bare_machine, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["failed"] == "weights"
    assert "s are left" in found["skipped"]["weights"]


def test_full_sizes_are_those_of_the_published_models(monkeypatch):
    """Built without memory: parameters as the models are named and as large as their published files."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    from gpu_parts import weights

    def counted(pipe):
        return {
            name: sum(p.numel() for p in getattr(pipe, name).parameters())
            for name in ("transformer", "text_encoder", "vae")
        }

    klein, vace = (counted(weights._full(family, "meta", False)) for family in weights.FAMILIES.values())
    assert round(klein["transformer"] / 1e9, 1) == 3.9
    assert round(klein["text_encoder"] / 1e9, 1) == 4.0
    assert round(vace["text_encoder"] * 2 / 1e9, 1) == 11.4
    assert round(vace["vae"] * 4 / 1e6) == 508
    small = counted(weights._full("wan-vace", "meta", True))
    assert small["text_encoder"] < vace["text_encoder"] / 10
    assert small["transformer"] == vace["transformer"]
