"""What anybody would believe of a story: who lifts whom, where one sleeps, and no shot twice."""

import re
from collections import Counter

import pytest

from photoplay.agent.outline import OutlineWriter
from photoplay.agent.outline.company import phrase_of
from photoplay.agent.outline.lore import is_large, size_of_body
from photoplay.storyboard import lexicon
from photoplay.storyboard.film import Brief
from photoplay.storyboard.treatment import Treatment


def told(idea: str, seed: int = 1, shots: int = 10) -> Treatment:
    return OutlineWriter().write(Brief(idea=idea, shots=shots), seed, lambda _: None).treatment


def lines(idea: str, seed: int = 1, shots: int = 10) -> list[str]:
    return [shot.sentence for scene in told(idea, seed, shots).scenes for shot in scene.shots]


def test_how_big_somebody_is() -> None:
    sizes = [size_of_body(phrase_of(w)) for w in ("a bee", "a dog", "a child", "a woman", "an elephant")]
    assert sizes == sorted(set(sizes))
    assert is_large(phrase_of("a horse"))
    assert not is_large(phrase_of("a dog"))


@pytest.mark.parametrize("beast", ["elephant", "horse", "giraffe", "bear"])
def test_nobody_carries_a_large_animal_or_meets_it_in_a_room(beast: str) -> None:
    for seed in range(8):
        film = told(f"A little girl leads a lost {beast} home through the rain", seed)
        seen = " ".join(shot.sentence for scene in film.scenes for shot in scene.shots)
        assert not re.search(rf"girl (?:carries|lifts|holds|pulls) the {beast}", seen), seen
        kinds = {lexicon.place(place.words.split(":")[0]) for place in film.places}
        assert not kinds & {"house", "room", "kitchen", "bedroom"}, kinds


def test_a_small_one_is_carried_all_the_same() -> None:
    seen = " ".join(
        s for seed in range(12) for s in lines("A little girl leads a lost puppy home through the rain", seed)
    )
    assert re.search(r"girl (?:carries|holds|lifts) the puppy", seen)


@pytest.mark.parametrize(
    "idea",
    ["A violinist plays in the street until it snows", "A widow waits in the village for her son"],
)
def test_nobody_beds_down_in_the_street(idea: str) -> None:
    for seed in range(10):
        for line in lines(idea, seed):
            assert not re.search(r"sleeps|lies (?:down|awake)|curls up", line), line


@pytest.mark.parametrize(
    "idea",
    [
        "A king loses his crown and learns to cook",
        "An old couple dances in the kitchen while the snow falls",
        "Two sisters quarrel over their mother's house by the sea",
        "A baker looks for his cat",
    ],
)
def test_no_two_shots_show_the_same_act_of_the_same_people_in_the_same_place(idea: str) -> None:
    for seed in range(6):
        film = told(idea, seed)
        seen = Counter(
            (scene.place, shot.sentence.split()[2], frozenset(p.name for p in shot.parts))
            for scene in film.scenes
            for shot in scene.shots
            if re.match(r"The \w+ (?:searches|sits|cries|sleeps|dances) ", shot.sentence)
        )
        assert all(n == 1 for n in seen.values()), seen
