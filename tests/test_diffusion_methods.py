"""Whole shots by each method, planned, rendered and put together, with tiny random weights of the real classes.

Random weights prove plans, counts and plumbing, never how good a picture is.
"""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import importlib.util
from pathlib import Path

from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner
from photoplay.render.requests import Extend, Still, Upscale
from photoplay.storyboard.film import Event, Settings

SPEC = importlib.util.spec_from_file_location(
    "methods", Path(__file__).resolve().parents[1] / "benchmarks" / "methods.py"
)
methods = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(methods)

QUICK = {"sparse": 101, "end first, planned": 101, "cascade": 41, "queue, SkyReels": 41, "packed, Helios": 66}
SLOW = {
    "infill": 101, "extension": 101, "queue, Wan 5B": 41, "queue, LTX": 41, "FreeNoise": 41, "VidRD": 41,
    "end first, FramePack": 73, "packed, FramePack": 73,
}  # fmt: skip
"""Method -> frames, on the rule of lengths of its models."""


@pytest.fixture
def weights(tmp_path, monkeypatch):
    def use(*names):
        for name in ("PHOTOPLAY_WEIGHTS", "PHOTOPLAY_WEIGHTS_LOCK", "PHOTOPLAY_DEVICE", "HF_HUB_OFFLINE"):
            monkeypatch.setenv(name, "")
        monkeypatch.setenv("PHOTOPLAY_DEVICE", "cpu")
        methods.weights_file(tmp_path / "weights", *names)

    return use


def shot(tmp_path, monkeypatch, weights, method, frames, **values):
    """(the shown take's frames, plan) of a film of one shot made by a method."""
    clips, keyframes, how = methods.METHODS[method]
    others = [
        v.partition(":")[2] for v in (*how.values(), *values.values()) if str(v).startswith("diffusion:")
    ]
    weights(clips, keyframes, *others)
    renderer = Diffusion(clips)
    monkeypatch.setattr("photoplay.render.shot_requests.HANDLE_FRAMES", 0)
    monkeypatch.setattr("photoplay.render.shot_requests.LENGTH_STEP", 1)
    film = methods.one_shot(frames, clips, keyframes, how | values, renderer.capabilities().native_rate)
    return made(tmp_path / "film", film, renderer)


def made(folder, film, *renderers):
    crew = SoloCrew(*renderers)
    project = Project.create(folder, film, "test", "test")
    planner = Planner(crew.find)
    plan = planner.plan(film)
    nodes = [n for n in plan.nodes if n.stage == "picture" and not n.id.startswith("card")]
    with project.lock():
        outcome = Engine(project.store, project.anchors, planner, crew).run(nodes)
    assert outcome.failed == {}
    with open_footage(project.store.path(plan.node(plan.shown["s00"]).key)) as footage:
        return footage.count, plan


@pytest.mark.parametrize("method", [*QUICK, *(pytest.param(m, marks=pytest.mark.slow) for m in SLOW)])
def test_a_shot_by_each_method_has_exactly_its_frames(tmp_path, monkeypatch, weights, method):
    frames = (QUICK | SLOW)[method]
    count, plan = shot(tmp_path, monkeypatch, weights, method, frames)
    assert count == frames
    if method == "VidRD":
        windows = [n.request for n in plan.nodes if isinstance(n.request, Extend)]
        assert windows
        assert {w.tail.part for w in windows} == {"latents"}


@pytest.mark.slow
def test_every_method_of_the_benchmark_is_tried_here():
    planned = {m for m, (_, _, how) in methods.METHODS.items() if isinstance(how, dict)} - {"one clip"}
    assert planned == QUICK.keys() | SLOW.keys()


def test_a_cascade_is_enlarged_and_keyframes_of_a_scene_are_drawn_beside_each_other(
    tmp_path, monkeypatch, weights
):
    weights("sdxl", "vace", "sd-upscale")
    film = methods.one_shot(24, "vace", "sdxl", {}, Diffusion("vace").capabilities().native_rate)
    values = film.settings.values | {"consistent": "scene", "upscale": "diffusion:sd-upscale"}
    wide = Settings(**(film.settings.model_dump() | {"width": 128, "height": 128, "values": values}))
    other = film.shots[0].model_copy(
        update={"id": "s01", "event": Event(sentence="Anna sits.", actor="anna")}
    )
    shots = tuple(s.model_copy(update={"closing": ""}) for s in (*film.shots, other))
    film = film.model_copy(update={"settings": wide, "shots": shots})
    count, plan = made(tmp_path / "film", film, Diffusion("vace"), Diffusion("sdxl"))
    assert count >= 24
    stills = [n.request for n in plan.nodes if isinstance(n.request, Still)]
    assert len(stills) == 2
    assert all(len(s.beside) == 2 for s in stills)
    large = [n.request.raster for n in plan.nodes if isinstance(n.request, Upscale)]
    assert [(r.width, r.height) for r in large] == [(128, 128)] * 2
