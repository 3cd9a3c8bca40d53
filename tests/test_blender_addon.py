"""The Blender add-on, run against a stand-in that records the calls it makes of ``bpy``: registering, a modal
operator with a timer, the sequencer's strips. Blender itself is not installed here."""

import importlib.util
import os
import sys
import time
import types
import wave
from pathlib import Path
from types import SimpleNamespace

import pytest
from tiny_films import copy_of_a_film

from photoplay import Studio
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.storyboard.edit_types import Join

ADDON = Path(__file__).resolve().parent.parent / "examples" / "blender" / "photoplay_addon.py"


class Strip:
    """A strip as Blender has it; setting the length moves its right handle."""

    def __init__(self, name, filepath, channel, frame_start, length, newer):
        self.name, self.filepath, self.channel, self.frame_start = name, filepath, channel, frame_start
        self.length = length
        self.own = {}
        setattr(self, "duration" if newer else "frame_final_duration", length)

    def __setitem__(self, name, value):
        self.own[name] = value

    def get(self, name):
        return self.own.get(name)

    @property
    def shown(self):
        return getattr(self, "duration", None) or self.frame_final_duration


class Strips(list):
    newer = True

    def new_movie(self, name, filepath, channel, frame_start, *, fit_method="ORIGINAL"):
        with open_footage(Path(filepath)) as footage:
            return self._add(name, filepath, channel, frame_start, footage.count)

    def new_sound(self, name, filepath, channel, frame_start):
        with wave.open(filepath) as sound:
            length = round(sound.getnframes() / sound.getframerate() * 24)
        return self._add(name, filepath, channel, frame_start, length)

    def _add(self, name, filepath, channel, frame_start, length):
        for other in self:  # Blender would push it to another channel
            ends, begins = other.frame_start + other.shown, frame_start
            assert other.channel != channel or ends <= begins or begins + length <= other.frame_start, name
        self.append(Strip(name, filepath, channel, frame_start, length, self.newer))
        return self[-1]


class Markers(list):
    def new(self, name, frame):
        self.append(SimpleNamespace(name=name, frame=frame))


class Scene:
    def __init__(self):
        self.render = SimpleNamespace(fps=30, fps_base=1.0, resolution_x=128, resolution_y=72)
        self.frame_start, self.frame_end = 1, 250
        self.sequence_editor = None
        self.timeline_markers = Markers()
        self.photoplay = SimpleNamespace(
            idea="A whale sings", seconds=8, style="ink-wash", change="scene 1 at night", folder=""
        )

    def sequence_editor_create(self):
        self.sequence_editor = SimpleNamespace(strips=Strips())
        return self.sequence_editor


class Host:
    """Blender, as far as the add-on sees it."""

    def __init__(self, folder):
        self.scene, self.registered, self.timers, self.modal, self.reports = Scene(), [], [], [], []
        self.status = []
        manager = SimpleNamespace(
            event_timer_add=self._timer, event_timer_remove=self.timers.remove,
            modal_handler_add=self.modal.append,
        )  # fmt: skip
        chosen = SimpleNamespace(films=str(folder), python="")
        self.context = SimpleNamespace(
            scene=self.scene, window=object(), window_manager=manager,
            workspace=SimpleNamespace(status_text_set=self.status.append),
            preferences=SimpleNamespace(addons={"photoplay_addon": SimpleNamespace(preferences=chosen)}),
        )  # fmt: skip

    def _timer(self, seconds, window):
        assert window is self.context.window
        self.timers.append(seconds)
        return seconds

    def modules(self):
        bpy, kinds, props, utils = (
            types.ModuleType(n) for n in ("bpy", "bpy.types", "bpy.props", "bpy.utils")
        )
        reports = self.reports

        class Operator:
            def report(self, kind, words):
                assert isinstance(kind, set)
                reports.append((*kind, words))

        for name in ("Panel", "AddonPreferences", "PropertyGroup"):
            setattr(kinds, name, type(name, (), {}))
        kinds.Operator, kinds.Scene = Operator, Scene
        for name in ("StringProperty", "IntProperty", "EnumProperty", "PointerProperty"):
            setattr(props, name, lambda **given: given)
        utils.register_class = self.registered.append
        utils.unregister_class = self.registered.remove
        bpy.types, bpy.props, bpy.utils = kinds, props, utils
        bpy.path = SimpleNamespace(abspath=lambda path: path)
        bpy.app = SimpleNamespace(
            tempdir=str(Path(self.context.preferences.addons["photoplay_addon"].preferences.films))
        )
        return {"bpy": bpy, "bpy.types": kinds, "bpy.props": props, "bpy.utils": utils}

    def run(self, operator, meanwhile=lambda: None):
        """Execute, then events as Blender would send them, until the operator is done."""
        result = operator.execute(self.context)
        longest = 0.0
        while result & {"RUNNING_MODAL", "PASS_THROUGH"}:
            kind = meanwhile() or "TIMER"
            begun = time.monotonic()
            result = operator.modal(self.context, SimpleNamespace(type=kind))
            longest = max(longest, time.monotonic() - begun)
            time.sleep(0.01)
        return result, longest


@pytest.fixture
def host(tmp_path, monkeypatch):
    (tmp_path / "films").mkdir()
    made = Host(tmp_path / "films")
    for name, module in made.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("PHOTOPLAY_RENDERER", "slate")
    monkeypatch.setenv("PHOTOPLAY_PYTHON", sys.executable)
    monkeypatch.setattr("photoplay.render.crew.LocalCrew", lambda *given, **more: SoloCrew())
    return made


@pytest.fixture
def addon(host):
    spec = importlib.util.spec_from_file_location("photoplay_addon", ADDON)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.register()
    return module


def test_it_registers_and_leaves_nothing_behind(addon, host):
    assert set(addon.bl_info) >= {"name", "version", "blender", "category"}
    assert host.registered == list(addon.CLASSES)
    for kind in addon.CLASSES:
        assert hasattr(kind, "bl_idname") or kind.__name__.startswith(("PHOTOPLAY_PT", "Photoplay"))
    assert Scene.photoplay == {"type": addon.PhotoplayWish}
    addon.unregister()
    assert host.registered == []
    assert not hasattr(Scene, "photoplay")


def laid(scene):
    return scene.sequence_editor.strips


def test_the_cut_is_laid_out_strip_by_strip_with_handles_sound_and_markers(addon, host, tmp_path):
    film = Studio(crew=SoloCrew()).open(copy_of_a_film(tmp_path / "film"))
    second = film.storyboard.shots[1].id
    film.edit(Join(shot=second, opens="dissolve", overlap=8)).render()
    scene = host.scene
    other = scene.sequence_editor_create().strips.new_movie("mine", str(film.takes[second].path), 9, 1)
    for _ in range(2):  # the second time replaces what the first laid out
        addon.lay_out(film, scene)
    strips = {strip.name: strip for strip in laid(scene)}
    assert len(laid(scene)) == len(strips)
    assert strips.pop("mine") is other
    clips, cues = film.timeline.clips, film.timeline.cues
    assert set(strips) == {c.item for c in clips} | {c.line for c in cues} | {"score"}
    for clip, after in zip(clips, [*clips[1:], None], strict=True):
        strip = strips[clip.item]
        under = after.overlap if after is not None and after.opens == "dissolve" else 0
        assert strip.frame_start == 1 + clip.start
        assert strip.shown == clip.frames + under
        assert strip.length >= strip.shown  # the rest is its handle
        assert Path(strip.filepath) == film.takes[clip.item].path
    assert {c.item: c.overlap for c in clips}[second] == 8
    assert any(strips[c.item].length > strips[c.item].shown for c in clips)
    for cue in cues:
        assert strips[cue.line].frame_start == 1 + cue.start
    assert [m.name for m in scene.timeline_markers] == [f"photoplay {s.id}" for s in film.storyboard.shots]
    assert (scene.render.fps, scene.render.fps_base, scene.frame_end) == (24, 1.0, film.timeline.frames)


def test_older_blenders_are_served_by_the_older_names(addon, host, tmp_path, monkeypatch):
    monkeypatch.setattr(Strips, "newer", False)
    film = Studio(crew=SoloCrew()).open(copy_of_a_film(tmp_path / "film"))
    host.scene.sequence_editor = SimpleNamespace(sequences=Strips())
    addon.lay_out(film, host.scene)
    first = host.scene.sequence_editor.sequences[0]
    assert first.frame_final_duration == film.timeline.clips[0].frames


def test_a_film_is_made_from_text_while_blender_goes_on(addon, host):
    result, longest = host.run(addon.PHOTOPLAY_OT_make())
    assert result == {"FINISHED"}, host.reports
    assert longest < 2  # the last call lays the film out
    assert host.timers == []
    assert host.status[-1] is None
    assert any(words and "made" in words for words in host.status)
    film = Studio().open(host.scene.photoplay.folder)
    assert film.folder.parent.name == "films"
    assert film.storyboard.settings.style == "ink-wash"
    assert next(iter(laid(host.scene))).name == film.timeline.clips[0].item


def test_it_is_changed_by_words_and_laid_out_anew(addon, host):
    host.run(addon.PHOTOPLAY_OT_make())
    before = {strip.name: strip.filepath for strip in laid(host.scene)}
    assert addon.PHOTOPLAY_OT_revise.poll(host.context)
    result, _ = host.run(addon.PHOTOPLAY_OT_revise())
    assert result == {"FINISHED"}, host.reports
    film = Studio().open(host.scene.photoplay.folder)
    assert film.storyboard.story.scenes[0].hour == "night"
    after = {strip.name: strip.filepath for strip in laid(host.scene)}
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} >= {film.storyboard.shots[0].id}
    host.scene.photoplay.change = "make it pop, whatever that is"
    result, _ = host.run(addon.PHOTOPLAY_OT_revise())
    assert result == {"CANCELLED"}
    assert host.reports[-1][0] == "ERROR"


def test_escape_stops_it_without_keeping_blender_waiting(addon, host):
    pressed = iter(["TIMER"] * 20 + ["ESC"])
    result, longest = host.run(addon.PHOTOPLAY_OT_make(), lambda: next(pressed, "TIMER"))
    assert result == {"CANCELLED"}
    assert longest < 0.5
    assert host.timers == []
    assert "kept" in host.reports[-1][1]
    result, _ = host.run(addon.PHOTOPLAY_OT_make())
    assert result == {"FINISHED"}


def test_what_cannot_be_made_is_reported_in_its_own_words(addon, host, monkeypatch):
    host.scene.photoplay.idea = "12345"
    result, _ = host.run(addon.PHOTOPLAY_OT_make())
    assert result == {"CANCELLED"}
    assert host.reports[-1] == (
        "ERROR",
        "There are no words in the story, so there is nothing to tell. Nothing was made.",
    )
    assert host.timers == []
    host.scene.photoplay.folder = str(host.context.preferences.addons["photoplay_addon"].preferences.films)
    assert addon.PHOTOPLAY_OT_lay_out().execute(host.context) == {"CANCELLED"}
    assert "no film" in host.reports[-1][1]


def test_workers_get_a_python_where_blender_is_none(addon, monkeypatch, tmp_path):
    assert addon.python_of("/opt/python") == "/opt/python"
    assert addon.python_of("") == sys.executable
    monkeypatch.setattr(sys, "executable", "/opt/blender/blender")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert addon.python_of("") == ""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3.11").write_text("")
    assert addon.python_of("") == str(tmp_path / "bin" / "python3.11")
    assert os.environ["PHOTOPLAY_PYTHON"]
