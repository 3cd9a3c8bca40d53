"""The same two clips without a guide and after guides of the animatic: what following costs, and that it acts.

Keyframes are the animatic's own, so that nothing but the guide differs. With random weights a clip resembles no
guide: that it changes says that the guide reached the model, and no more.
"""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from photoplay.memory.project import Project
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.film import Film

from .film import CLIPS, Shooting, benchmark_film, picture_nodes, shoot

PLAIN, GUIDES = "none", ("depth", "lines", "segments", "pose")


@dataclass
class Guided:
    """A film of two shots drawn after a guide; times in seconds."""

    shooting: Shooting
    clips: dict[str, np.ndarray]
    """Node -> frames x height x width x 3, 0 to 255."""

    def calls_s(self) -> list[float]:
        """Seconds of each call of the video pipeline, in the order in which they were made."""
        return [entry["call"] for entry in self.shooting.log if "call" in entry]

    def apart(self, other: "Guided") -> float:
        """How far the clips are from another film's: mean of absolute differences, in steps of 0 to 255."""
        pairs = [(clip.astype(np.int16), other.clips[name]) for name, clip in self.clips.items()]
        return float(np.mean([np.abs(mine - theirs).mean() for mine, theirs in pairs]))


def guided_film(shows: str, width: int, height: int, steps: int) -> Film:
    """The last two shots of the benchmark's film, between keyframes of the animatic, after that guide."""
    film = benchmark_film(width, height, steps)
    values = {**film.settings.values, "keyframes": "animatic"}
    if shows != PLAIN:
        values["guide"] = shows
    settings = film.settings.model_copy(update={"values": values})
    return film.model_copy(update={"settings": settings, "shots": film.shots[2:]})


def guided(folder: Path, shows: str, size: dict[str, int], devices, stop) -> Guided:
    """Shoot it in a new folder. Raises ``Skipped`` where a shot fails."""
    film = guided_film(shows, **size)
    shooting = shoot(folder, film, devices, stop)
    project = Project.open(folder)
    nodes = [n for n in picture_nodes(Planner(find_renderer).plan(film)) if n.renderer == CLIPS]
    return Guided(shooting, {node.id: _frames(project.store.path(node.key)) for node in nodes})


def _frames(path: Path) -> np.ndarray:
    with av.open(str(path)) as footage:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in footage.decode(video=0)])
