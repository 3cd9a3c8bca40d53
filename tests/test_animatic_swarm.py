"""A swarm is many small ones in the air, and a frozen lake lies in winter."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_handiwork import SIZE, doing

from photoplay.render.animatic.figures.creature import Scene
from photoplay.render.animatic.figures.insect import Insect
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard import lexicon
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Being, Season


def drawn(noun: str, action: Action, seconds: float) -> np.ndarray:
    """Where in the frame (rows, columns) the being's own pixels are, on a layer of its own."""
    picture = doing(action, f"The {noun} is there.", "stone")
    look = BodyLook(being=Being.insect, species=noun, coat_colour="#e8b832")
    one = picture.figures[0].model_copy(update={"noun": noun, "look": look, "action": action})
    screen = Screen(picture.model_copy(update={"figures": (one,)}), SIZE, 5, 4.0)
    pose = screen.path(seconds)
    own = next(layer for layer in screen.laid(seconds, pose, seconds, bare=True) if layer.kind == "figure")
    surface = skia.Surface(*SIZE)
    own.paint(surface.getCanvas())
    seen: np.ndarray = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    return seen > 200


def faces(noun: str) -> int:
    """How many of them are drawn: each bee's body is painted once."""
    painted: list[int] = []
    one = Insect._one

    def counted(self: Insect, canvas: skia.Canvas, scene: Scene) -> None:
        painted.append(1)
        one(self, canvas, scene)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Insect, "_one", counted)
        drawn(noun, Action.fly, 1.0)
    return len(painted)


def test_a_swarm_is_many_and_a_bee_is_one() -> None:
    assert faces("swarm") >= 8 * faces("bee") > 0


def test_a_swarm_moves_within_itself() -> None:
    assert (drawn("swarm", Action.sit, 1.0) != drawn("swarm", Action.sit, 1.6)).any()


@pytest.mark.parametrize(
    ("words", "season"),
    [
        ("across the frozen lake", Season.winter),
        ("frozen with fear", None),
        ("on New Year's Eve", Season.winter),
    ],
)
def test_what_is_frozen_out_of_doors_is_in_winter(words: str, season: Season | None) -> None:
    assert lexicon.season(words) is season


def test_a_bee_that_hides_from_somebody_is_near_the_ground_with_its_cover() -> None:
    picture = doing(Action.hide, "The bee hides from the keeper.", "stone")
    keeper = picture.figures[0]
    look = BodyLook(being=Being.insect, species="bee", coat_colour="#e8b832")
    bee = keeper.model_copy(update={"id": "bee", "noun": "bee", "look": look})
    away = keeper.model_copy(update={"action": Action.stand})
    told = {"figures": (away, bee), "actor": "bee", "things": (), "target": away.id}
    screen = Screen(picture.model_copy(update=told), SIZE, 5, 4.0)
    assert next(p.up for p in screen.staging.figures if p.id == "bee") < 0.1
