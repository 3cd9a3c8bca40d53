"""The ComfyUI nodes, run by a stand-in that makes the calls ComfyUI makes: it loads the folder by its path,
reads the mappings and the types of inputs, asks ``IS_CHANGED``, makes an object and calls its ``FUNCTION``.
ComfyUI itself is not installed here."""

import importlib.util
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from photoplay.render.crew import SoloCrew

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "comfyui"
OWN = {"INT", "STRING", "FLOAT", "BOOLEAN", "IMAGE"}
SHOWN = {"idea": "A whale sings", "seconds": 8, "width": 128, "height": 72, "renderer": "slate"}


class Interrupted(Exception):
    """As ComfyUI raises where a person presses Cancel."""


class Comfy:
    """What of ComfyUI the nodes call, recorded."""

    def __init__(self, output):
        self.output, self.bars, self.interrupted_after, self.asked = output, [], None, 0

    def modules(self):
        folder_paths = types.ModuleType("folder_paths")
        folder_paths.get_output_directory = lambda: str(self.output)
        comfy, utils, management = (
            types.ModuleType(n) for n in ("comfy", "comfy.utils", "comfy.model_management")
        )
        recorded = self.bars

        class ProgressBar:
            def __init__(self, total):
                self.total, self.values = total, []
                recorded.append(self)

            def update_absolute(self, value, total=None, preview=None):
                self.values.append((value, total))

        def check():
            self.asked += 1
            if self.interrupted_after is not None and self.asked > self.interrupted_after:
                raise Interrupted

        utils.ProgressBar, management.throw_exception_if_processing_interrupted = ProgressBar, check
        comfy.utils, comfy.model_management = utils, management
        return {
            "folder_paths": folder_paths, "comfy": comfy, "comfy.utils": utils,
            "comfy.model_management": management,
        }  # fmt: skip


@pytest.fixture
def comfy(tmp_path, monkeypatch):
    host = Comfy(tmp_path)
    for name, module in host.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setitem(sys.modules, "torch", None)  # IMAGE as an array: quick
    monkeypatch.setattr("photoplay.render.crew.LocalCrew", lambda *given, **more: SoloCrew())
    return host


@pytest.fixture
def nodes(comfy):
    """The mappings, loaded as ComfyUI loads a folder of ``custom_nodes``."""
    name = str(FOLDER).replace(".", "_x_")
    spec = importlib.util.spec_from_file_location(name, FOLDER / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    yield module.NODE_CLASS_MAPPINGS
    for loaded in [n for n in sys.modules if n == name or n.startswith(f"{name}.")]:
        del sys.modules[loaded]


def run(kind, **given):
    """What a node gives: its defaults, the inputs given, its function by name."""
    wanted = kind.INPUT_TYPES()
    inputs = {}
    for name, (sort, *more) in {**wanted.get("required", {}), **wanted.get("optional", {})}.items():
        if name in given:
            inputs[name] = given[name]
        elif isinstance(sort, list):
            inputs[name] = sort[0]
        elif more and "default" in more[0]:
            inputs[name] = more[0]["default"]
    assert set(given) <= set(inputs)
    if hasattr(kind, "IS_CHANGED"):
        kind.IS_CHANGED(**inputs)
    result = getattr(kind(), kind.FUNCTION)(**inputs)
    told = result["result"] if isinstance(result, dict) else result
    assert isinstance(told, tuple)
    assert len(told) == len(kind.RETURN_TYPES) == len(kind.RETURN_NAMES)
    for sort, value in zip(kind.RETURN_TYPES, told, strict=True):
        if sort == "IMAGE":
            array = np.asarray(value)
            assert array.dtype == np.float32
            assert array.ndim == 4
            assert array.shape[3] == 3
            assert 0 <= array.min() <= array.max() <= 1
        elif sort == "STRING":
            assert isinstance(value, str)
    return result


def test_the_nodes_say_what_comfyui_reads(nodes):
    links = set()
    for name, kind in nodes.items():
        assert name.startswith("Photoplay")
        assert callable(getattr(kind, kind.FUNCTION))
        assert kind.CATEGORY == "Photoplay"
        links |= set(kind.RETURN_TYPES) - OWN
        for group in kind.INPUT_TYPES().values():
            for sort, *more in group.values():
                assert isinstance(sort, list) or sort in OWN | {"PHOTOPLAY_FILM"}
                assert not more or isinstance(more[0], dict)
    assert links == {"PHOTOPLAY_FILM"}
    assert [name for name, kind in nodes.items() if getattr(kind, "OUTPUT_NODE", False)] == ["PhotoplayFilm"]


def test_a_workflow_from_story_to_film(nodes, comfy):
    film, story = run(nodes["PhotoplayStory"], **SHOWN)
    assert film.folder.parent == comfy.output / "photoplay"
    assert film.title in story
    assert film.storyboard.shots[0].event.sentence in story
    (sheet,) = run(nodes["PhotoplayBoard"], film=film)
    assert np.asarray(sheet).shape[0] == 1
    frames, sentence = run(nodes["PhotoplayKeyframe"], film=film, shot=1)
    assert np.asarray(frames).shape == (3, 72, 128, 3)
    assert sentence == film.storyboard.shots[0].event.sentence
    whole = run(nodes["PhotoplayFilm"], film=film)
    path, pictures = whole["result"]
    assert Path(path).is_file()
    assert len(np.asarray(pictures)) == len(film.storyboard.shots)
    shown = whole["ui"]["images"][0]
    assert (comfy.output / shown["subfolder"] / shown["filename"]) == Path(path)
    assert comfy.bars
    assert comfy.bars[-1].values[-1][0] == comfy.bars[-1].values[-1][1] == comfy.bars[-1].total
    keys = set(film.production.project.store.keys())
    again, _ = run(nodes["PhotoplayStory"], **SHOWN)
    run(nodes["PhotoplayFilm"], film=again)
    assert set(again.production.project.store.keys()) == keys
    with pytest.raises(ValueError, match="there is no shot 99"):
        run(nodes["PhotoplayKeyframe"], film=film, shot=99)


def test_lines_of_changes_are_done_once_and_taken_back_when_they_go(nodes, comfy):
    kind = nodes["PhotoplayStory"]
    before = run(kind, **SHOWN)[0].storyboard
    changed = run(kind, **SHOWN, changes="scene 1 at night\n")[0]
    assert changed.storyboard.story.scenes[0].hour == "night" != before.story.scenes[0].hour
    count = len(changed.production.project.history())
    run(kind, **SHOWN, changes="scene 1 at night")
    assert len(changed.production.project.history()) == count
    assert run(kind, **SHOWN)[0].storyboard.story == before.story
    assert len(list((comfy.output / "photoplay").iterdir())) == 1


def test_comfyui_is_told_of_a_change_made_elsewhere(nodes):
    kind = nodes["PhotoplayStory"]
    inputs = {**SHOWN, "style": "chalk", "seed": 0}
    assert kind.IS_CHANGED(**inputs) == ""
    film = run(kind, **inputs)[0]
    first = kind.IS_CHANGED(**inputs)
    assert first == kind.IS_CHANGED(**inputs) != ""
    assert not list(film.production.project.store.keys())
    from photoplay.storyboard.edit_types import SetScene

    film.edit(SetScene(scene=film.storyboard.story.scenes[0].id, hour="night"))
    assert kind.IS_CHANGED(**inputs) not in ("", first)


def test_cancel_in_comfyui_stops_the_work_and_lets_go_of_the_film(nodes, comfy):
    film, _ = run(nodes["PhotoplayStory"], **SHOWN)
    comfy.interrupted_after = comfy.asked + 3
    with pytest.raises(Interrupted):
        run(nodes["PhotoplayFilm"], film=film)
    with film.production.project.lock():
        pass
    comfy.interrupted_after = None
    assert Path(run(nodes["PhotoplayFilm"], film=film)["result"][0]).is_file()


def test_images_become_tensors_where_torch_is(nodes, monkeypatch):
    torch = types.ModuleType("torch")
    torch.from_numpy = lambda array: ("tensor", array)
    monkeypatch.setitem(sys.modules, "torch", torch)
    module = sys.modules[nodes["PhotoplayStory"].__module__]
    kind, made = module.images([np.full((4, 6, 4), 255, np.uint8)])
    assert kind == "tensor"
    assert (made.shape, made.dtype, made.max()) == ((1, 4, 6, 3), np.float32, 1.0)
