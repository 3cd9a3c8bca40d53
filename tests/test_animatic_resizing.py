"""Who is shrunk has one size from then on: that which the shrinking left it, until it grows again."""

import pytest

from photoplay.agent.outline import OutlineWriter
from photoplay.render.animatic.resizing import SMALL, at_size
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.film import Brief
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side, Stature


def beside(being: Being, species: str, state: str, action: Action = Action.stand) -> Screen:
    """A person on the left, and one on the right who may be in a state of having been shrunk."""
    look = BodyLook(being=being, species=species, stature=Stature.tiny if state else Stature.medium)
    person = FigureIn(
        id="p", noun="woman", words="", look=BodyLook(), side=Side.left, facing=Facing.right, action=action
    )
    other = FigureIn(
        id="o", noun=species, words="", look=look, side=Side.right, facing=Facing.left, state_words=state
    )
    picture = Picture(
        sentence=f"The woman looks at the {species}.",
        action=action,
        actor="p",
        target="o",
        figures=(person, other),
        place=PlaceIn(id="here", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full, focus="p"),
    )
    return Screen(picture, (384, 216), 3, 4.0)


@pytest.mark.parametrize(
    ("being", "species"), [(Being.person, "man"), (Being.quadruped, "dog"), (Being.quadruped, "elephant")]
)
def test_who_was_shrunk_stands_as_tall_as_the_shrinking_left_it(being: Being, species: str) -> None:
    before, after = (
        next(p for p in beside(being, species, state).staging.figures if p.id == "o").extent.height
        for state in ("", "tiny")
    )
    assert after == pytest.approx(SMALL * before, rel=0.02)


def test_a_shrinking_ends_and_a_growing_begins_at_the_size_of_who_is_shrunk() -> None:
    picture = beside(Being.quadruped, "dog", "").picture
    shrinks = picture.model_copy(update={"sentence": "The dog shrinks in the meadow."})
    grows = picture.model_copy(update={"sentence": "The dog grows big again in the meadow."})
    assert (at_size(shrinks, 0.0), at_size(shrinks, 1.0)) == pytest.approx((1.0, SMALL))
    assert (at_size(grows, 0.0), at_size(grows, 1.0)) == pytest.approx((SMALL, 1.0))


@pytest.mark.parametrize(
    ("idea", "name", "shrinks"),
    [
        ("A scientist shrinks her dog by accident in the laboratory", "dog", "The dog shrinks"),
        ("A wizard shrinks a bear in the forest", "bear", "The wizard shrinks the bear"),
        ("A mad inventor shrinks his brother", "brother", "The brother shrinks"),
    ],
)
def test_a_story_of_shrinking_shows_it_and_is_small_from_then_until_it_grows(
    idea: str, name: str, shrinks: str
) -> None:
    for seed in range(6):
        told = OutlineWriter().write(Brief(idea=idea, seconds=60), seed, lambda _: None).treatment
        shots = [shot for scene in told.scenes for shot in scene.shots]
        sentences = [shot.sentence for shot in shots]
        begun = next(n for n, s in enumerate(sentences) if s.startswith(shrinks))
        undone = next(n for n, s in enumerate(sentences) if f"{name} grows big again" in s)
        tiny = {
            n: part.state == "tiny"
            for n, shot in enumerate(shots)
            for part in shot.parts
            if name in part.name
        }
        assert tiny == {n: begun < n < undone for n in tiny}, sentences
