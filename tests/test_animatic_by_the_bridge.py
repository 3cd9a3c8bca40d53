"""At a bridge, and what animals do there: it is seen once and whole, what is hidden is behind who hides it."""

from __future__ import annotations

import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.pen import Pen
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import FigureIn, Picture
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side


def animal(name: str, being: Being, species: str, action: Action, side: Side, gaze: str) -> FigureIn:
    facing = Facing.right if side is Side.left else Facing.left
    one = figure(name, action, side, facing, gaze)
    look = one.look.model_copy(update={"being": being, "species": species, "stature": "small"})
    return one.model_copy(update={"noun": species, "look": look})


def pair(action: Action, sentence: str, **changes: object) -> Picture:
    figures = (
        animal("a", Being.bird, "owl", action, Side.left, "b"),
        animal("b", Being.quadruped, "beaver", Action.stand, Side.right, "a"),
    )
    picture = shot(action, *figures, target="b", size=ShotSize.full, place=PlaceKind.bridge)
    place = picture.place.model_copy(update={"words": "an old stone bridge over a river"})
    return picture.model_copy(update={"sentence": sentence, "place": place, **changes})


def screened(picture: Picture) -> Screen:
    return Screen(picture, (320, 180), 3, 4.0)


BRIDGE = thing("bridge", "bridge")


def test_who_talks_about_a_bridge_is_on_the_bank_where_it_is_seen_whole_and_once() -> None:
    seen = screened(pair(Action.talk, "The owl argues with the beaver.", things=(BRIDGE,)))
    assert "span" in {layer.piece for layer in seen.recipe.layers}
    assert not seen.picture.things, "no second bridge stands on it"


def test_other_arches_are_behind_those_on_the_bank_from_shot_to_shot() -> None:
    told = pair(Action.talk, "The owl argues with the beaver.", things=(BRIDGE,))
    found = {
        layer.options["x"]
        for seed in range(8)
        for layer in Screen(told, (320, 180), seed, 4.0).recipe.layers
        if layer.piece == "span"
    }
    assert len(found) > 3


@pytest.mark.parametrize(
    ("action", "sentence", "things"),
    [
        (Action.sleep, "The owl and the beaver sleep on the bridge.", (BRIDGE,)),
        (Action.run, "The owl chases the beaver.", (BRIDGE,)),
        (Action.talk, "The owl talks with the beaver.", ()),
    ],
)
def test_who_is_on_it_is_on_it(action: Action, sentence: str, things: tuple[object, ...]) -> None:
    seen = screened(pair(action, sentence, things=things))
    assert "parapet" in {layer.piece for layer in seen.recipe.layers}
    assert not seen.picture.things


def test_what_an_animal_hides_is_behind_it_and_away_from_the_other() -> None:
    umbrella = thing("u", "umbrella")
    picture = pair(Action.hide, "The owl hides the umbrella from the beaver.", things=(umbrella,), target="u")
    staged = screened(picture).staging
    me, other = (next(p for p in staged.figures if p.id == i) for i in "ab")
    hidden = next(t for t in staged.things if t.id == "u")
    assert (hidden.x - me.x) * (other.x - me.x) < 0, "at its back"
    assert abs(hidden.x - me.x) <= 0.51 * me.extent.width, "and not beside it"
    assert hidden.depth > me.depth


def test_the_muzzle_of_who_is_pushed_is_not_in_the_breast_of_the_bird() -> None:
    picture = pair(Action.push, "The owl pushes the beaver away.")
    staged = screened(
        picture.model_copy(update={"camera": picture.camera.model_copy(update={"size": ShotSize.two_shot})})
    )
    assert staged.picture.camera.size is ShotSize.full, "the feet that slide are seen"
    bird, beast = (next(p for p in staged.staging.figures if p.id == i) for i in "ab")
    way = 1.0 if beast.x > bird.x else -1.0
    muzzle = beast.x + (beast.extent.left if way > 0 else beast.extent.right)
    breast = bird.x + way * 0.5 * bird.extent.width
    assert way * (muzzle - breast) > 0.3 * bird.extent.height


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action.sing, "The wolf sings for the keeper."),
        (Action.stand, "The wolf waits before the keeper."),
        (Action.laugh, "The keeper claps for the wolf."),
    ],
)
@pytest.mark.parametrize("size", [ShotSize.full, ShotSize.wide, ShotSize.two_shot])
def test_no_muzzle_is_at_the_belt_of_who_stands_before_it(
    action: Action, sentence: str, size: ShotSize
) -> None:
    wolf = animal("a", Being.quadruped, "wolf", action, Side.left, "b")
    keeper = figure("b", Action.stand, Side.right, Facing.left, "a")
    picture = shot(action, wolf, keeper, target="b", size=size)
    seen = screened(picture.model_copy(update={"sentence": sentence})).staging.figures
    beast, man = (next(p for p in seen if p.id == i) for i in "ab")
    gap = man.x + man.extent.left - (beast.x + beast.extent.right)
    assert gap > 0.33 * man.extent.height


def test_who_claps_has_strokes_at_the_palms_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rays: list[tuple[float, float]] = []
    monkeypatch.setattr(Pen, "ray", lambda _, start, *rest: rays.append(start))
    claps = figure("a", Action.laugh)
    picture = shot(Action.laugh, claps, size=ShotSize.full)
    seen = screened(picture.model_copy(update={"sentence": "The keeper claps."}))
    for part in range(1, 40):
        seen.draw(skia.Surface(320, 180).getCanvas(), 0.1 * part, seen.path(0.1 * part))
    assert rays
    head = 0.93 * seen.staging.figures[0].extent.height / seen.staging.figures[0].extent.height
    assert min(-y for _, y in rays) > 0.3, "at the breast"
    assert max(-y for _, y in rays) < head - 0.08, "and none round the head"


@pytest.mark.parametrize("target", ["u", "b"])
def test_a_small_thing_that_is_hidden_from_somebody_is_whole_at_the_back_and_in_the_frame(
    target: str,
) -> None:
    lantern = thing("u", "lantern")
    picture = pair(
        Action.hide, "The owl hides the lantern from the beaver.", things=(lantern,), target=target
    )
    beaver = picture.figures[1].model_copy(update={"action": Action.hide})
    screen = screened(picture.model_copy(update={"figures": (picture.figures[0], beaver)}))
    staged = screen.staging
    me, hidden = staged.figures[0], next(t for t in staged.things if t.id == "u")
    assert me.id == "a"
    assert hidden.x + hidden.extent.right <= me.x + me.extent.left, "half of it is behind the wing"
    for seconds in (0.0, 3.9):
        left, _ = screen.path(seconds).at(hidden.x + hidden.extent.left, 0.0, hidden.depth)
        assert left > 0.0, "the edge cuts it"
    assert screen._acting["a"].action is Action.hide
    assert screen._acting["b"].action is Action.look, "from whom it is hidden is not hidden itself"


@pytest.mark.parametrize("action", [Action.sit, Action.stand, Action.sleep, Action.run, Action.look])
def test_a_beaver_is_lower_than_an_owl_whatever_it_does(action: Action) -> None:
    picture = pair(action, f"The owl and the beaver {action.value}.")
    figures = tuple(f.model_copy(update={"action": action}) for f in picture.figures)
    owl, beaver = screened(picture.model_copy(update={"figures": figures})).staging.figures
    assert beaver.extent.height < 0.72 * owl.extent.height
