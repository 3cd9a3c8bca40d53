"""Photoplay in Blender: make a film from text, and lay its cut out in the video sequencer.

Install: ``pip install photoplay`` with Blender's own Python (``sys.executable`` in Blender's console tells
it), then Edit > Preferences > Add-ons > Install from Disk, and choose this file. It is in the sequencer's
sidebar, tab Photoplay. Blender stays free while a film is made: the work is done by other processes, and a
timer asks ten times a second what is new. Escape stops it; what was made is kept.

Every clip is a strip of its whole take, cut to its length: its handles can be pulled. Spoken lines and the
music are strips of their own. Dissolves are not made into effects: both strips overlap by their length.
"""

import os
import sys
from pathlib import Path

import bpy

bl_info = {
    "name": "Photoplay",
    "author": "Photoplay",
    "version": (0, 1, 0),
    "blender": (4, 2, 0),
    "location": "Video Sequencer > Sidebar > Photoplay",
    "description": "Films from stories: made, changed by words, and laid out strip by strip",
    "category": "Sequencer",
}
STYLES = ("cut-paper", "shadow-theatre", "ink-wash", "night-neon", "chalk")
PICTURES, LINES, MUSIC = 1, 4, 3
"""Channels. Clips take two in turn, so that one can go on under the next."""
OWN = "photoplay"
"""Custom property of strips that this add-on laid out: it replaces those, and touches no others."""
MUSIC_VOLUME = 0.35
ASK_SECONDS = 0.1


# -- the cut -----------------------------------------------------------------------------------------


def lay_out(film, scene):
    """Lay a film's cut out in a scene: strips, markers, rate, size and range. Its earlier strips go."""
    board, laid, takes, sounds = film.storyboard, film.timeline, film.takes, film.sounds
    rate, render = board.settings.rate, scene.render
    render.fps = round(rate.num / rate.den)
    render.fps_base = render.fps * rate.den / rate.num
    render.resolution_x, render.resolution_y = board.settings.width, board.settings.height
    strips = strips_of(scene)
    for strip in [strip for strip in strips if strip.get(OWN)]:
        strips.remove(strip)
    for marker in [marker for marker in scene.timeline_markers if marker.name.startswith(f"{OWN} ")]:
        scene.timeline_markers.remove(marker)
    first = scene.frame_start
    for number, clip in enumerate(laid.clips):
        after = laid.clips[number + 1] if number + 1 < len(laid.clips) else None
        under = after.overlap if after is not None and after.opens in ("dissolve", "wipe") else 0
        where = {"channel": PICTURES + number % 2, "frame_start": first + clip.start}
        strip = strips.new_movie(name=clip.item, filepath=str(takes[clip.item].path), **where)
        cut_to(strip, clip.frames + under)
        strip[OWN] = film.storyboard.id
        if not clip.is_card:
            scene.timeline_markers.new(f"{OWN} {clip.item}", frame=first + clip.start)
    for number, cue in enumerate(laid.cues):
        where = {"channel": LINES + number % 2, "frame_start": first + cue.start}
        strip = strips.new_sound(name=cue.line, filepath=str(sounds[cue.line]), **where)
        strip[OWN] = film.storyboard.id
    if "score" in sounds:
        strip = strips.new_sound(
            name="score", filepath=str(sounds["score"]), channel=MUSIC, frame_start=first
        )
        strip.volume = MUSIC_VOLUME
        strip[OWN] = film.storyboard.id
    scene.frame_end = first + laid.frames - 1


def strips_of(scene):
    """The strips of a scene's sequencer, which is made where there is none; by the name Blender 4.4 gave."""
    editor = scene.sequence_editor or scene.sequence_editor_create()
    return editor.strips if hasattr(editor, "strips") else editor.sequences


def cut_to(strip, frames):
    """Show the first frames of a strip; the rest of its take stays behind its right handle."""
    name = "duration" if hasattr(strip, "duration") else "frame_final_duration"  # the newer name first
    setattr(strip, name, min(frames, getattr(strip, name)))


def scene_of(context):
    """The scene that the sequencer shows (since Blender 5.0 it may be another than the window's)."""
    return getattr(context, "sequencer_scene", None) or context.scene


# -- the work ----------------------------------------------------------------------------------------


def preferences(context):
    """Of this add-on."""
    return context.preferences.addons[__name__].preferences


def python_of(asked):
    """An interpreter for Photoplay's workers: inside Blender ``sys.executable`` may be Blender itself."""
    if asked:
        return asked
    if Path(sys.executable).stem.lower().startswith("python"):
        return sys.executable
    found = sorted(
        p for p in (Path(sys.prefix) / "bin").glob("python*") if p.suffix in (".exe", "") or "." in p.name
    )
    return str(found[0]) if found else ""


def studio_of(context):
    """A studio whose workers run in a Python; raises where the package or a Python is missing."""
    from photoplay import Studio

    python = python_of(preferences(context).python)
    if not python:
        raise RuntimeError("No Python was found for the workers: set one in the add-on's preferences.")
    os.environ["PHOTOPLAY_PYTHON"] = python
    render = scene_of(context).render
    size = render.resolution_x // 2 * 2, render.resolution_y // 2 * 2
    return Studio(size=size, folder=bpy.app.tempdir)


class Working:
    """An operator that follows events by a timer, so that Blender is never kept waiting."""

    events = timer = None
    stopped = False

    def begin(self, context):
        """Events of what is to be done."""
        raise NotImplementedError

    def execute(self, context):
        try:
            self.events = self.begin(context)
        except Exception as error:  # noqa: BLE001  whatever it is, Blender shows it
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        manager = context.window_manager
        self.timer = manager.event_timer_add(ASK_SECONDS, window=context.window)
        manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context, event):
        if event.type == "ESC" and not self.stopped:
            self.stopped = True
            self.events.cancel()
            context.workspace.status_text_set("Photoplay: stopping; what was made is kept")
            return {"RUNNING_MODAL"}
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        try:
            for told in self.events.poll():
                self.hear(context, told)
        except Exception as error:  # noqa: BLE001  a film maker's error, in its own words; any other is shown, too
            return self.end(context, {"ERROR"}, str(error), {"CANCELLED"})
        if not self.events.over:
            return {"PASS_THROUGH"}
        if self.stopped:
            return self.end(
                context, {"INFO"}, "Stopped. What was made is kept; make it again to go on.", {"CANCELLED"}
            )
        film = self.events.film
        lay_out(film, scene_of(context))
        scene_of(context).photoplay.folder = str(film.folder)
        return self.end(context, {"INFO"}, f"{film.title}: laid out", {"FINISHED"})

    def hear(self, context, told):
        """Show how far it is."""
        if told.kind == "stage":
            context.workspace.status_text_set(f"Photoplay: {told.stage}: {told.words} (Esc stops it)")
        elif told.kind == "take-made":
            context.workspace.status_text_set(f"Photoplay: {told.made} of {told.total} made (Esc stops it)")
        elif told.kind == "notice":
            self.report({"INFO"}, told.words)
        elif told.kind == "failed":
            self.report({"WARNING"}, told.words)

    def end(self, context, kind, words, result):
        self.cancel(context)
        context.workspace.status_text_set(None)
        self.report(kind, words)
        return result

    def cancel(self, context):
        """Blender calls it where the window goes, too."""
        if self.events is not None:
            self.events.cancel()
        if self.timer is not None:
            context.window_manager.event_timer_remove(self.timer)
            self.timer = None


class PHOTOPLAY_OT_make(Working, bpy.types.Operator):
    """Make a film from the story, or go on with it, and lay it out"""

    bl_idname = "photoplay.make"
    bl_label = "Make the Film"

    def begin(self, context):
        wish = scene_of(context).photoplay
        studio = studio_of(context)
        from photoplay.memory.slug import slug

        folder = Path(bpy.path.abspath(preferences(context).films)) / slug(wish.idea[:80])
        options = {"seconds": wish.seconds, "style": wish.style}
        return studio.events(wish.idea, out=folder, **options)


class PHOTOPLAY_OT_revise(Working, bpy.types.Operator):
    """Change the film by words, make what that changes, and lay it out anew"""

    bl_idname = "photoplay.revise"
    bl_label = "Change It"

    @classmethod
    def poll(cls, context):
        return bool(scene_of(context).photoplay.folder)

    def begin(self, context):
        wish = scene_of(context).photoplay
        return studio_of(context).open(wish.folder).revising(wish.change)


class PHOTOPLAY_OT_lay_out(bpy.types.Operator):
    """Lay out the cut of a film that is there"""

    bl_idname = "photoplay.lay_out"
    bl_label = "Lay Out"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context):
        try:
            film = studio_of(context).open(bpy.path.abspath(scene_of(context).photoplay.folder))
            _ = film.path  # raises where it is not made
            lay_out(film, scene_of(context))
        except Exception as error:  # noqa: BLE001  whatever it is, Blender shows it
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


class PHOTOPLAY_PT_sidebar(bpy.types.Panel):
    bl_label = "Photoplay"
    bl_space_type = "SEQUENCE_EDITOR"
    bl_region_type = "UI"
    bl_category = "Photoplay"

    def draw(self, context):
        wish, layout = scene_of(context).photoplay, self.layout
        for name in ("idea", "seconds", "style"):
            layout.prop(wish, name)
        layout.operator("photoplay.make")
        layout.separator()
        layout.prop(wish, "change")
        layout.operator("photoplay.revise")
        layout.separator()
        layout.prop(wish, "folder")
        layout.operator("photoplay.lay_out")


class PhotoplayWish(bpy.types.PropertyGroup):
    idea: bpy.props.StringProperty(name="Story", default="A lighthouse keeper befriends a lost whale")
    seconds: bpy.props.IntProperty(name="Seconds", default=30, min=8, max=3600)
    style: bpy.props.EnumProperty(name="Style", items=[(s, s, "") for s in STYLES])
    change: bpy.props.StringProperty(name="Change", default="scene 1 at night")
    folder: bpy.props.StringProperty(name="Film", subtype="DIR_PATH")


class PhotoplayPreferences(bpy.types.AddonPreferences):
    bl_idname = __name__
    films: bpy.props.StringProperty(name="Films", subtype="DIR_PATH", default=str(Path.home() / "films"))
    python: bpy.props.StringProperty(name="Python of the workers", subtype="FILE_PATH")

    def draw(self, context):
        self.layout.prop(self, "films")
        self.layout.prop(self, "python")


CLASSES = (
    PhotoplayPreferences, PhotoplayWish, PHOTOPLAY_OT_make, PHOTOPLAY_OT_revise, PHOTOPLAY_OT_lay_out,
    PHOTOPLAY_PT_sidebar,
)  # fmt: skip


def register():
    for kind in CLASSES:
        bpy.utils.register_class(kind)
    bpy.types.Scene.photoplay = bpy.props.PointerProperty(type=PhotoplayWish)


def unregister():
    del bpy.types.Scene.photoplay
    for kind in reversed(CLASSES):
        bpy.utils.unregister_class(kind)
