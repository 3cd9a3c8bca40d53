"""Stories in which somebody turns into another, places that burn, and sentences whose event was not seen."""

from __future__ import annotations

import pytest
from test_outline_acts import sentences, shots, told


def there(film, shot) -> set[str]:
    return {part.name for part in shot.parts}


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_beside_the_one_that_they_turned_into(seed):
    film = told("A prince turns into a frog and nobody at court notices", seed)
    seen = [there(film, s) for s in shots(film)]
    both = [n for n, who in enumerate(seen) if {"the prince", "the frog"} <= who]
    turns = [n for n, s in enumerate(shots(film)) if " into " in s.sentence]
    assert both == turns
    assert len(turns) == 2
    assert "The prince turns into the frog." in sentences("A prince turns into a frog", seed)
    assert all("the prince" not in who for who in seen[turns[0] + 1 : turns[1]])


def test_who_turns_somebody_into_another_is_seen_to_and_undoes_it():
    told_ = sentences("A witch turns the mayor into a goose")
    assert "The witch turns the mayor into the goose." in told_
    assert any(s.startswith("The witch turns the goose back into the mayor") for s in told_)


def test_what_grows_into_another_stays_it():
    film = told("A caterpillar becomes a butterfly and forgets its friends")
    at = next(n for n, s in enumerate(shots(film)) if "turns into the butterfly" in s.sentence)
    assert all("the caterpillar" not in there(film, s) for s in shots(film)[at + 1 :])


def test_a_house_that_burns_does_nothing_and_burns_until_the_story_turns():
    film = told("A burning house and the child who goes back for her kite")
    assert all(s.actor != "the house" for s in shots(film))
    states = [scene.place_state for scene in film.scenes if scene.place == "the house"]
    assert states[0] == "burning"
    assert states[-1] == ""
    barn = told("A burning barn scares the horses")
    assert not any(s.actor and "barn" in s.actor for s in shots(barn))


def test_who_cannot_stop_crying_is_who_cries():
    assert any(s.startswith("The clown cries") for s in sentences("A clown cannot stop crying"))
    assert not any("stop" in s for s in sentences("A clown cannot stop crying"))


def test_nobody_looks_for_the_mirror_that_they_look_into():
    assert not any("searches" in s for s in sentences("A girl looks into a mirror", 2))


@pytest.mark.parametrize(
    ("idea", "shown"),
    [
        ("A nun steals a motorcycle", "The nun rides the motorcycle"),
        ("The king's fool is crowned by mistake", "The fool puts on a crown."),
        ("The last bookshop in town closes its doors", "locks the door."),
        ("A grandfather teaches his granddaughter to fish", "The grandfather fishes with his granddaughter"),
        ("A retired boxer trains a shy girl for her first fight", "The girl hits a punching bag."),
        ("A hunter spares the white stag", "The hunter throws a spear away."),
        ("Icarus flies too close to the sun", "Icarus flies into the sky."),
        ("A child dares to knock on the haunted house", "The child knocks at the door."),
        ("Two strangers share an umbrella in a thunderstorm", "The two strangers hide under the umbrella."),
        ("Death plays chess with a schoolgirl", "The reaper plays chess with the schoolgirl."),
        ("A girl looks into a mirror", "The girl looks into the mirror."),
    ],
)
def test_the_event_of_the_sentence_is_seen(idea, shown):
    for seed in range(3):
        assert any(shown in s for s in sentences(idea, seed)), sentences(idea, seed)


def test_nobody_is_on_a_house_a_circus_or_in_the_ice_and_no_umbrella_is_buried():
    for idea in (
        "A clown cannot stop crying",
        "A child dares to knock on the haunted house",
        "A skater breaks through the ice",
        "Two strangers share an umbrella in a thunderstorm",
        "A giant steps on a village by accident",
    ):
        for s in sentences(idea):
            assert not any(
                w in s for w in ("on the circus", "on the house", "in the ice", "on the village")
            ), s
            assert "bury" not in s
