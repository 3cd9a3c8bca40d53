"""The nodes. They call the installed package through its public face and hold no state of their own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from photoplay import Film, Studio
from photoplay.agent.directing.past import past
from photoplay.studio.events import Events, Notice, StageBegan, TakeMade

MARK = "ComfyUI: "
"""What the history of a film says before a change that came from a node."""
STYLES = ["cut-paper", "shadow-theatre", "ink-wash", "night-neon", "chalk"]


def output_folder() -> Path:
    """Where ComfyUI keeps what it makes."""
    import folder_paths

    return Path(folder_paths.get_output_directory()) / "photoplay"


def folder_of(idea, seconds, width, height, seed, writer="outline", **rest) -> Path:
    """The folder of the film of these inputs: the same for the same, whatever else is changed."""
    wish = (idea, seconds, width, height, seed, writer)
    return output_folder() / hashlib.sha256(repr(wish).encode()).hexdigest()[:16]


def followed(events: Events) -> Film:
    """The film when the work is done: progress at the node, and ComfyUI's Cancel stops it within a step."""
    import comfy.model_management
    import comfy.utils

    bar = None
    with events:
        for event in events:
            comfy.model_management.throw_exception_if_processing_interrupted()
            if isinstance(event, StageBegan) and event.total:
                bar = comfy.utils.ProgressBar(event.total)
            elif isinstance(event, TakeMade) and bar is not None:
                bar.update_absolute(event.made, event.total)
            elif isinstance(event, Notice):
                print(f"[Photoplay] {event.words}")
        return events.film


def images(frames: list[np.ndarray]):
    """ComfyUI's IMAGE: float32, batch x height x width x 3, from 0 to 1. An array where torch is missing."""
    batch = np.stack([frame[:, :, :3] for frame in frames]).astype(np.float32) / 255
    try:
        import torch
    except ModuleNotFoundError:
        return batch
    return torch.from_numpy(batch)


class Story:
    """A sentence, or a short story, becomes scenes and shots. Nothing is drawn yet."""

    CATEGORY = "Photoplay"
    FUNCTION = "write"
    RETURN_TYPES = ("PHOTOPLAY_FILM", "STRING")
    RETURN_NAMES = ("film", "story")

    @classmethod
    def INPUT_TYPES(cls) -> dict:
        return {
            "required": {
                "idea": (
                    "STRING",
                    {"multiline": True, "default": "A lighthouse keeper befriends a lost whale"},
                ),
                "seconds": ("INT", {"default": 30, "min": 8, "max": 3600}),
                "width": ("INT", {"default": 1280, "min": 64, "max": 8192, "step": 2}),
                "height": ("INT", {"default": 720, "min": 64, "max": 8192, "step": 2}),
                "style": (STYLES,),
                "seed": ("INT", {"default": 0, "min": 0, "max": 2**31 - 1}),
            },
            "optional": {
                "changes": ("STRING", {"multiline": True, "default": "", "tooltip": "scene 2 at night"}),
                "renderer": ("STRING", {"default": "animatic"}),
                "writer": ("STRING", {"default": "outline"}),
            },
        }

    @classmethod
    def IS_CHANGED(cls, **inputs) -> str:
        """Asked before every run: something else where the film was changed elsewhere (chat, Python)."""
        folder = folder_of(**inputs)
        if not (folder / "edits.jsonl").is_file():
            return ""
        board = Studio().open(folder).storyboard.model_dump_json(exclude={"decisions"})
        return hashlib.sha256(board.encode()).hexdigest()

    def write(
        self, idea, seconds, width, height, style, seed, changes="", renderer="animatic", writer="outline"
    ):
        folder = folder_of(idea, seconds, width, height, seed, writer)
        studio = Studio(renderer=renderer, writer=writer, size=(width, height), style=style, seed=seed)
        events = studio.events(idea, seconds=seconds, out=folder, until="board")
        film = followed(events)
        change(film, [line.strip() for line in changes.splitlines() if line.strip()])
        return film, told(film)


def change(film: Film, said: list[str]) -> None:
    """Have the film changed as these lines say, and by no line that was there before and is not now."""
    done = [step.words for step in past(film.production) if step.state == "done"]
    ours = [words.removeprefix(MARK) for words in done if words.startswith(MARK)]
    same = 0
    while same < min(len(ours), len(said)) and ours[same] == said[same]:
        same += 1
    back = len(ours) - same
    if back and [MARK + words for words in ours[-back:]] != done[-back:]:
        raise ValueError(
            f"{film.title!r} was changed elsewhere since. Undo that first, or leave the lines as they were."
        )
    if back:
        film.undo(back)
    for words in said[same:]:
        film.apply(film.propose(words), MARK + words)


def told(film: Film) -> str:
    """Title, logline and what happens, as text."""
    board = film.storyboard
    rows = [f"{shot.id}  {shot.event.sentence}" for shot in board.shots]
    return "\n".join([film.title, board.story.logline if board.story else "", "", *rows])


class Board:
    """The storyboard sheet as a picture: every shot with its camera, words and length."""

    CATEGORY = "Photoplay"
    FUNCTION = "draw"
    RETURN_TYPES = ("IMAGE",)
    RETURN_NAMES = ("sheet",)

    @classmethod
    def INPUT_TYPES(cls) -> dict:
        return {"required": {"film": ("PHOTOPLAY_FILM",)}}

    def draw(self, film):
        with Image.open(film.board(), formats=("PNG",)) as sheet:
            return (images([np.asarray(sheet.convert("RGB"))]),)


class Keyframe:
    """Frames of one shot, made if they are not there: its first, middle and last, as a batch of three."""

    CATEGORY = "Photoplay"
    FUNCTION = "make"
    RETURN_TYPES = ("IMAGE", "STRING")
    RETURN_NAMES = ("frames", "sentence")

    @classmethod
    def INPUT_TYPES(cls) -> dict:
        return {
            "required": {
                "film": ("PHOTOPLAY_FILM",),
                "shot": ("INT", {"default": 1, "min": 1, "max": 1000}),
            }
        }

    def make(self, film, shot):
        shots = film.storyboard.shots
        if not 1 <= shot <= len(shots):
            raise ValueError(f"{film.title!r} has {len(shots)} shots; there is no shot {shot}.")
        wanted = shots[shot - 1]
        if film.takes[wanted.id].state != "current":
            followed(film.rendering([wanted.id]))
        wanted = film.storyboard.shot(wanted.id)  # timed to its lines, now that they were spoken
        take = film.takes[wanted.id]
        frames = [take.frame(share, wanted.frames) for share in (0, 0.5, 1)]
        return images(frames), wanted.event.sentence


class MakeFilm:
    """The whole film: shots, voices, music, subtitles. Gives the path of the MP4."""

    CATEGORY = "Photoplay"
    FUNCTION = "make"
    RETURN_TYPES = ("STRING", "IMAGE")
    RETURN_NAMES = ("path", "frames")
    OUTPUT_NODE = True

    @classmethod
    def INPUT_TYPES(cls) -> dict:
        return {"required": {"film": ("PHOTOPLAY_FILM",)}}

    def make(self, film):
        followed(film.rendering())
        takes = film.takes
        frames = [takes[shot.id].frame(0.5, shot.frames) for shot in film.storyboard.shots]
        shown = {
            "filename": film.path.name,
            "subfolder": f"photoplay/{film.folder.name}/out",
            "type": "output",
        }
        return {
            "ui": {"images": [shown], "animated": (True,), "text": [str(film.path)]},
            "result": (str(film.path), images(frames)),
        }


NODE_CLASS_MAPPINGS = {
    "PhotoplayStory": Story,
    "PhotoplayBoard": Board,
    "PhotoplayKeyframe": Keyframe,
    "PhotoplayFilm": MakeFilm,
}
NODE_DISPLAY_NAME_MAPPINGS = {
    "PhotoplayStory": "Photoplay: Story",
    "PhotoplayBoard": "Photoplay: Board",
    "PhotoplayKeyframe": "Photoplay: Keyframe",
    "PhotoplayFilm": "Photoplay: Film",
}
