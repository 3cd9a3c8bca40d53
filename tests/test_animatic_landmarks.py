"""Places are known by what stands in them; animals that rest are on the ground; heads that touch touch."""

from __future__ import annotations

import numpy as np
import pytest
import skia

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.meeting import meetings
from photoplay.render.animatic.places.recipes import named, recipe
from photoplay.render.animatic.places.telling import told_recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.wading import launched
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind, ShotSize, Side

BEE = BodyLook(being=Being.insect, species="bee")
HARE = BodyLook(being=Being.quadruped, species="rabbit")
DOG = BodyLook(being=Being.quadruped, species="dog")
OWL = BodyLook(being=Being.bird, species="owl")
BOY = BodyLook()


def being(id_: str, look: BodyLook, action: Action, side: Side) -> FigureIn:
    return FigureIn(id=id_, noun="", words="", look=look, action=action, side=side, facing=Facing.right)


def picture(
    *figures: FigureIn,
    kind: PlaceKind = PlaceKind.meadow,
    words: str = "",
    sentence: str = "x",
    interior: bool = False,
) -> Picture:
    return Picture(
        sentence=sentence,
        actor=figures[0].id if figures else None,
        action=figures[0].action if figures else Action.stand,
        target=figures[1].id if len(figures) > 1 else None,
        place=PlaceIn(id="p", words=words, look=PlaceLook(kind=kind, interior=interior)),
        camera=CameraIn(size=ShotSize.full),
        figures=figures,
    )


def screen(*figures: FigureIn, **told: object) -> Screen:
    return Screen(picture(*figures, **told), (320, 180), 1, 4.0)  # type: ignore[arg-type]


def frame(found: Screen) -> np.ndarray:
    surface = skia.Surface(320, 180)
    found.draw(surface.getCanvas(), 2.0, found.path(2.0))
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)


def test_a_shop_sells_things_on_both_sides_of_its_door_and_has_no_bookcase() -> None:
    shop = named("shop")
    pieces = [layer.piece for layer in shop.layers]
    assert {"till", "counter", "wares", "produce", "shop_window"} <= set(pieces)
    assert "shelves" not in pieces
    sides = [layer.options["x"] for layer in shop.layers if layer.piece in ("wares", "till")]
    assert min(sides) < -1 < 1 < max(sides)


@pytest.mark.parametrize("words", ["a glacier", "the ice", "an iceberg under the moon"])
def test_ice_is_blue_and_nothing_green_grows_on_it(words: str) -> None:
    told = picture(kind=PlaceKind.snowfield, words=words)
    assert told_recipe(told) == named("glacier")
    seen = frame(screen(kind=PlaceKind.snowfield, words=words))
    red, green, blue = seen[60:, :, 0], seen[60:, :, 1], seen[60:, :, 2]
    assert (blue - red > 35).mean() > 0.08  # walls and blocks of ice
    assert (green - blue > 10).mean() < 0.01


@pytest.mark.parametrize("words", ["a snowy plain", "the ice palace", "a field where the ice rink was"])
def test_snow_that_is_no_ice_stays_a_snowfield(words: str) -> None:
    assert told_recipe(picture(kind=PlaceKind.snowfield, words=words)) is None


def test_a_stone_bridge_has_no_red_cables_and_is_seen_from_the_bank_when_it_is_empty() -> None:
    boy = being("boy", BOY, Action.stand, Side.centre)
    words = "an old stone bridge over fast water"
    on, empty = (told_recipe(picture(*f, kind=PlaceKind.bridge, words=words)) for f in ((boy,), ()))
    assert on == named("stone-bridge")
    assert empty == named("bridge-aside")
    for found in (on, empty):
        assert "cables" not in [layer.piece for layer in found.layers]
    hung = picture(boy, kind=PlaceKind.bridge, words="an old suspension bridge")
    assert told_recipe(hung) is None


def test_a_roof_has_chimneys_and_tiles_and_no_railing_of_a_platform() -> None:
    roof = named("rooftop")
    pieces = [layer.piece for layer in roof.layers]
    assert {"stacks", "ridge_tiles", "roofs"} <= set(pieces)
    assert "railing" not in pieces
    seen = frame(screen(kind=PlaceKind.rooftop))[130:, :, :]
    rows = seen.sum(axis=2).mean(axis=1)
    assert np.abs(np.diff(rows)).max() > 12  # the shadow under a course of tiles


@pytest.mark.parametrize("rest", [Action.sit, Action.sleep])
def test_a_bee_that_rests_is_on_what_it_rests_on(rest: Action) -> None:
    figure = Figure(BEE, (), Ink(), 3)

    def air(action: Action) -> float:
        surface = skia.Surface(300, 300)
        canvas = surface.getCanvas()
        canvas.translate(150, 250)
        canvas.scale(100 / figure.height, 100 / figure.height)
        figure.draw(canvas, Acting(action, Expression.neutral, Facing.right), 1.0, 4.0)
        inked = np.nonzero(surface.toarray()[..., 3].max(axis=1))[0]
        return (250 - int(inked.max())) / 100  # in heights of a bee

    assert air(Action.stand) > 0.25
    assert abs(air(rest)) < 0.05


@pytest.mark.parametrize(
    ("look", "other", "action", "sentence"),
    [
        (OWL, HARE, Action.push, "The owl pushes the hare."),
        (HARE, OWL, Action.hug, "The hare nuzzles the owl."),
        (OWL, HARE, Action.eat, "The owl licks the hare."),
        (HARE, BOY, Action.eat, "The hare licks the boy."),
        (OWL, HARE, Action.fall, "The owl trips over the hare."),
    ],
)
def test_heads_that_touch_touch(look: BodyLook, other: BodyLook, action: Action, sentence: str) -> None:
    pair = being("one", look, action, Side.left), being("two", other, Action.stand, Side.right)
    assert [m.kind for m in meetings(picture(*pair, sentence=sentence))] == ["nose"]
    left, right = sorted(screen(*pair, sentence=sentence).staging.figures, key=lambda p: p.x)
    gap = (right.x + right.extent.left) - (left.x + left.extent.right)
    most = 0.75 if other is BOY else 0.5  # whose hand reaches out
    across = 0.34 if action is Action.push else 0.12  # a wing that pushes reaches out
    assert -most * min(left.extent.width, right.extent.width) < gap < across
    assert (left.facing, right.facing) == (Facing.right, Facing.left)


def test_who_eats_beside_another_does_not_bite_it() -> None:
    pair = being("one", HARE, Action.eat, Side.left), being("two", OWL, Action.stand, Side.right)
    assert meetings(picture(*pair, sentence="The hare eats with the owl.")) == ()


def test_a_mermaid_at_a_harbour_is_out_on_the_water_and_no_wave_runs_over_the_quay():
    there = recipe(PlaceKind.harbour, False)
    mermaid = FigureIn(id="m", noun="mermaid", words="", look=BodyLook(species="mermaid"), action=Action.wave)
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.harbour))
    alone = Picture(
        place=place, sentence="The mermaid waves.", action=Action.wave, actor="m", figures=(mermaid,)
    )
    assert launched(there, alone).footing == "boat"
    sailor = FigureIn(id="s", noun="sailor", words="", look=BodyLook())
    both = alone.model_copy(update={"figures": (mermaid, sailor)})
    assert launched(there, both).footing == "ground", "beside people she sits on the quay"
