"""Acts that follow from each other: a quarrel is made up, a wish leads to its place, what is lent comes back."""

from __future__ import annotations

import re

import pytest
from test_outline_steps import lines, shots, told

from photoplay.storyboard import lexicon
from photoplay.storyboard.vocabulary import PlaceKind


def first(sentences: list[str], pattern: str) -> int:
    """The number of the first sentence in which the pattern is; one beyond the last for none."""
    return next((n for n, s in enumerate(sentences) if re.search(pattern, s)), len(sentences))


@pytest.mark.parametrize(
    "idea",
    [
        "A beaver and an owl argue about a bridge",
        "Two kings quarrel about a horse",
        "A cat and a mouse bicker over cheese",
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_quarrel_were_together_part_and_come_back(idea: str, seed: int) -> None:
    seen = lines(idea, seed)
    together = first(seen, r"(?:walks|plays) with")
    quarrel = first(seen, r"argues")
    apart = first(seen, r"(?:walks|turns|flies) away|push|shouts|growls|chases")
    again = first(
        seen[quarrel:], r"sits down beside|perches beside|walks back|bows|hugs|nuzzles|shakes hands"
    )
    assert together < quarrel < apart < quarrel + again < len(seen)


@pytest.mark.parametrize(
    ("idea", "home", "there", "emblem"),
    [
        ("A clockmaker wants to see the sea", {"workshop"}, {"shore", "harbour", "sea"}, "ship"),
        ("A penguin wants to see the desert", {"snowfield"}, {"desert"}, "cactus"),
        ("A snowman wants to see the summer", {"snowfield"}, {"meadow"}, "sun"),
    ],
)
def test_who_wishes_to_see_a_place_dreams_of_it_at_home_and_gets_there(
    idea: str, home: set[str], there: set[str], emblem: str
) -> None:
    film = told(idea)
    kinds = []
    for scene in film.scenes:
        words = next(p.words for p in film.places if p.name == scene.place)
        found = lexicon.place(words.split(":")[0])
        assert found is not None, words
        kinds += [found.value] * len(scene.shots)
    assert kinds[0] in home
    assert kinds[-1] in there
    seen = [s.sentence for s in shots(film)]
    dreams = first(seen, rf"dreams of an? {emblem}")
    assert dreams < 4
    assert kinds[dreams] in home


def test_a_snowman_melts_in_the_summer_alone() -> None:
    assert re.search(r"melts in the sun", lines("A snowman wants to see the summer")[-1])
    assert not [s for s in lines("A snowman wants to see the sea") if "melt" in s]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_what_is_lent_is_with_who_has_it_until_it_is_given_back(seed: int) -> None:
    seen = shots(told("A boy lends his umbrella to a stranger in the storm", seed))
    lent = first([s.sentence for s in seen], r"lends")
    back = first([s.sentence for s in seen], r"(?:gives|returns) his umbrella to the boy")
    assert lent < back < len(seen)
    borrowed = [s for s in seen[lent + 1 : back] if "Umbrella" in " ".join(s.props)]
    assert all(s.actor == seen[back].actor for s in borrowed)


def test_nobody_meets_whose_ashes_are_buried() -> None:
    film = told("A widow buries the ashes of her dog under an apple tree")
    assert "Dog" not in {c.name for c in film.characters}
    assert first([s.sentence for s in shots(film)], r"buries the ashes") > 5


def test_who_gets_lost_in_a_place_stays_in_it() -> None:
    film = told("A boy and his dog get lost in the desert")
    assert {lexicon.place(p.words.split(":")[0]) for p in film.places} == {PlaceKind.desert}


@pytest.mark.parametrize("idea", ["A soldier comes home and nobody knows him", "A lost dog comes home"])
def test_who_comes_home_is_known_in_the_end_and_not_before(idea: str) -> None:
    seen = lines(idea)
    away = first(seen, r"(?:turns|backs|walks) away|walks past")
    known = first(seen, r"gives the soldier|walks (?:up|back) to the|hugs")
    assert first(seen, r"comes home") < away < known < len(seen)


def test_nothing_of_the_moon_is_in_a_spaceship() -> None:
    for seed in range(8):
        assert not [s for s in lines("An astronaut hears music in a spaceship", seed) if "crater" in s]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_feared_is_seen_and_faced(seed: int) -> None:
    seen = lines("A fireman who is afraid of fire", seed)
    away, up = first(seen, r"(?:backs|runs) away from (?:a|the) fire"), first(seen, r"walks up to the fire")
    assert away < up < len(seen)
    assert "painted sign" not in " ".join(seen)


@pytest.mark.parametrize(
    "idea", ["A little ghost learns to scare people", "A boy wants to frighten his sister"]
)
def test_who_learns_to_scare_is_laughed_at_and_then_run_from(idea: str) -> None:
    seen = lines(idea)
    assert first(seen, r"laughs? at") < first(seen, r"runs? away from") < len(seen)


def test_who_works_on_a_dress_sews_it() -> None:
    seen = lines("A mother works all night to finish a dress for her daughter")
    assert first(seen, r"sews the dress") < len(seen)
    assert first(seen, r"\bworks\b") == len(seen)


def test_who_opens_a_door_is_about_what_is_behind_it_and_hugs_no_door() -> None:
    for idea in ("A cosmonaut opens the wrong door", "A girl opens the red door"):
        seen = lines(idea)
        assert first(seen, r"opens the (?:wrong |red )?door") < len(seen)
        assert first(seen, r"(?:hugs|dances around|sleeps beside) the door") == len(seen)
    assert first(lines("A cosmonaut opens the wrong door"), r"(?:walks|runs) through the door") < 10


def test_nobody_leaves_without_themselves() -> None:
    seen = lines("The last train leaves without the stationmaster")
    assert first(seen, r"without the stationmaster") == len(seen)
    assert first(seen, r"runs after the train") < len(seen)


def test_whose_daughter_it_is_says_whether_the_hero_is_a_woman() -> None:
    for idea, noun in (
        ("A boxer promises her daughter never to fight again", "woman"),
        ("A baker gives his daughter a horse", "man"),
    ):
        assert re.search(rf"\b{noun}\b", told(idea).characters[0].words), idea


def test_a_letter_is_read_felt_and_answered() -> None:
    for idea in (
        "A teacher gets a letter from her younger self",
        "A boy finds a letter in a bottle on the beach",
    ):
        seen = lines(idea)
        assert first(seen, r"(?:opens|finds|reads) the letter") < first(seen, r"writes a letter") < len(seen)
        assert first(seen, r"drops the letter|picks up the letter") == len(seen)


def test_who_sits_down_alone_is_alone_in_the_shot() -> None:
    film = told("A beaver and an owl argue about a bridge")
    alone = [s for s in shots(film) if " alone " in s.sentence]
    assert alone
    assert all(len(s.parts) == 1 for s in alone)
