"""What a stranger must see of a sentence: its deed, its beings to the end, and nothing that these cannot do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.agent.outline import OutlineWriter
from photoplay.storyboard.film import Brief
from photoplay.storyboard.treatment import Treatment


def told(idea: str, seed: int = 1) -> Treatment:
    return OutlineWriter().write(Brief(idea=idea, shots=10), seed, lambda _: None).treatment


def lines(idea: str, seed: int = 1) -> list[str]:
    return [shot.sentence for scene in told(idea, seed).scenes for shot in scene.shots]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(
        (
            "A baby is left at the door of a lighthouse",
            "A nurse carries a baby through a snowstorm",
            "An old sailor finds a baby on the beach",
            "A wolf raises a baby in the forest",
        )
    ),
    st.integers(0, 10**6),
)
def test_a_baby_cries_sleeps_and_is_carried_and_does_nothing_else(idea: str, seed: int) -> None:
    acts = lines(idea, seed)[1:]
    done = [a for a in acts if a.startswith("The baby ")]
    assert not [
        a for a in done if not re.match(r"The baby (?:cries|sleeps|laughs|lies|reaches|wakes|yawns)", a)
    ]
    tended = r"(?:carries|feeds|lifts|hugs|kisses|wraps|sings to|sits beside|sleeps beside|finds|licks|nuzzles|runs (?:up )?to|curls up beside|lies down beside)"
    assert sum(bool(re.search(rf"{tended} .*the baby|{tended} the baby", a)) for a in acts) >= 3, acts


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(("carry their old piano over the mountain", "carry a heavy chest through the desert",
                     "drag a wooden boat across the meadow", "push a broken cart through the forest")),
    st.integers(0, 10**6),
)  # fmt: skip
def test_what_several_carry_goes_along_to_the_end(does: str, seed: int) -> None:
    acts = lines(f"Three sisters {does}", seed)
    thing = re.search(r"(piano|chest|boat|cart)", does)[1]  # type: ignore[index]
    shown = [a for a in acts if thing in a]
    assert len(shown) >= 4, acts
    assert any(re.search(r"carr|push|pull|drag|lift|pick up", a) for a in shown)
    assert any(thing in a for a in acts[-3:]), acts


@pytest.mark.parametrize(
    ("idea", "owner", "place"),
    [
        ("Two boys steal apples from the mayor's garden at night", "mayor", "garden"),
        ("A fox steals a pie from the baker's kitchen", "baker", "kitchen"),
        ("A girl breaks the king's clock", "king", ""),
    ],
)
def test_whose_thing_it_is_comes_and_it_is_taken_where_it_was(idea: str, owner: str, place: str) -> None:
    for seed in range(4):
        film = told(idea, seed)
        assert any(owner in c.name for c in film.characters), film.characters
        assert sum(owner in a for a in lines(idea, seed)) >= 2, lines(idea, seed)
        assert not place or any(place in scene.place for scene in film.scenes)
        assert not any("shop" in scene.place for scene in film.scenes)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(("A hedgehog crosses a busy road to visit his sick friend", "A dog saves a child from the river",
                     "A princess runs away with a donkey", "An elephant learns to dance from a mouse",
                     "A boy befriends a robot", "A mother waits for her son at the station")),
    st.integers(0, 10**6),
)  # fmt: skip
def test_who_is_named_is_in_the_last_shot_with_the_other(idea: str, seed: int) -> None:
    film = told(idea, seed)
    last = film.scenes[-1].shots[-1]
    assert len({part.name for part in last.parts}) == 2, last.sentence


@pytest.mark.parametrize(
    ("idea", "shown", "place"),
    [
        ("A hedgehog crosses a busy road to visit his sick friend", "crosses a busy road", "road"),
        ("An old sailor teaches a boy to swim", "The boy swims", "shore"),
        ("A monkey steals the conductor's baton", "steals the baton", "train"),
    ],
)
def test_what_is_done_is_seen_where_it_can_be_done(idea: str, shown: str, place: str) -> None:
    for seed in range(4):
        where = [scene.place for scene in told(idea, seed).scenes for s in scene.shots if shown in s.sentence]
        assert where, lines(idea, seed)
        assert all(place in w for w in where), where


def test_what_is_given_late_is_in_nobodys_hand_before() -> None:
    idea = "A bear who is afraid of the dark forest gets a lantern from a firefly"
    for seed in range(4):
        acts = lines(idea, seed)
        first = next(n for n, a in enumerate(acts) if "lantern" in a)
        assert acts[first] == "The firefly brings the lantern to the bear.", acts


def test_who_learns_from_somebody_sees_it_done_does_it_and_does_it_with_the_other() -> None:
    for seed in range(4):
        acts = " ".join(lines("An elephant learns to dance from a mouse", seed))
        assert "The mouse dances" in acts
        assert "The elephant dances with the mouse" in acts
        assert "from the mouse" not in acts


def test_who_is_waited_for_comes_and_is_not_there_before() -> None:
    for seed in range(4):
        acts = lines("A mother waits for her son at the station", seed)
        first = next(n for n, a in enumerate(acts) if "son" in a)
        assert acts[first] == "The son runs to the mother.", acts
        assert first >= 6


def test_a_piece_of_cheese_is_cheese() -> None:
    assert [p.name for p in told("A fox and a crow share a piece of cheese").props if "piece" in p.name] == []


def test_who_is_wounded_neither_dances_nor_runs_before_the_end() -> None:
    for seed in range(6):
        acts = lines("A nurse reads a letter to a wounded soldier", seed)
        assert not [a for a in acts if re.search(r"^The soldier (?:dances|runs|jumps|slips|trips)", a)], acts
        assert not [a for a in acts if re.search(r"(?:dances with|throws .* to) the soldier", a)], acts


def test_the_owner_of_a_paw_is_there_and_a_trade_gives_both_ways() -> None:
    film = told("A mouse pulls a thorn from a lion's paw")
    assert [c.name for c in film.characters] == ["the mouse", "the lion"]
    acts = " ".join(lines("A boy trades his shoes for a magic bean"))
    assert re.search(
        r"The boy gives his shoes to the \w+\..*The \w+ gives a magic bean to the boy\.", acts
    ), acts


def test_a_wounded_brother_is_carried_and_not_pulled_up() -> None:
    for seed in range(4):
        acts = lines("A soldier carries his wounded brother through the desert", seed)
        assert not [a for a in acts if re.search(r"leads his brother|pulls his brother up", a)], acts


@pytest.mark.parametrize("seed", range(3))
def test_two_who_argue_do_so_about_what_the_idea_says(seed: int) -> None:
    told = lines("A beaver and an owl argue about a bridge", seed)
    assert [a for a in told if "argue" in a and a.endswith("about the bridge.")], told
