"""A story of several sentences, or of another language, is told in its own words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.agent.outline import OutlineWriter
from photoplay.agent.outline.chunking import find_phrases
from photoplay.agent.outline.tongue import language_of
from photoplay.storyboard.errors import BadInput, Unmeetable
from photoplay.storyboard.film import Brief

STORY = """Anna woke early. She walked to the harbour in the rain, past the shut shops and the sleeping trams.

There, on the quay, sat a small grey dog. "Are you lost?" she asked. The dog wagged its tail! Mr. Olsen, the
baker, shook his head; he had seen that dog before, every morning for nine winters, waiting for a boat that did
not come, though nobody had ever told it so, and nobody ever would. At night they went to the old lighthouse.
"He waits for my father," said Anna. Then she sat down beside him."""


@pytest.mark.parametrize(
    "idea", ["a fox {}", "The fox {} sat. She slept.", "A fox {} runs over the hill"], ids=range(3)
)
@pytest.mark.parametrize("word", ["x" * 21_000, "x-" * 10_500, "猫" + "x" * 21_000], ids=range(3))
def test_a_word_that_nobody_can_say_is_refused_with_a_plain_error(idea: str, word: str) -> None:
    with pytest.raises(BadInput, match=r"A word of the story"):
        narration(idea.format(word))


@pytest.mark.parametrize(
    "idea",
    [
        "OK, so Anna walks home. She is tired.",
        "YouTube plays a song. Anna listens to it.",
        "Wow, Anna falls. Okay then. Google answers Anna.",
    ],
)
def test_an_okay_and_a_firm_at_the_head_of_a_sentence_are_nobody(idea: str) -> None:
    treatment = OutlineWriter().write(Brief(idea=idea), 3, lambda _: None).treatment
    assert [c.name for c in treatment.characters] == ["Anna"]


@pytest.mark.parametrize("words", ["a ", "12 ", "happy ", "the happy "])
def test_many_words_without_a_noun_are_read_in_their_own_time(words: str) -> None:
    begun = time.perf_counter()
    find_phrases((words * 9_000).split(), set())
    assert time.perf_counter() - begun < 3


def test_few_words_that_are_very_long_make_a_story() -> None:
    idea = " ".join(["A fox runs over", *("x" * 790 for _ in range(34))])
    for wishes in ({}, {"seconds": 300}, {"characters": 0}):
        assert narration(idea, **wishes)
    assert narration(" ".join(["猫が" * 3_000] * 5))


def narration(idea: str, **wishes: object) -> list[str]:
    treatment = OutlineWriter().write(Brief(idea=idea, **wishes), 3, lambda _: None).treatment
    return [line.words for scene in treatment.scenes for shot in scene.shots for line in shot.lines]


def test_every_word_in_order() -> None:
    assert " ".join(narration(STORY)).split() == STORY.split()
    assert " ".join(narration(STORY, seconds=120)).split() == STORY.split()
    for count in (1, 3, 30):
        assert " ".join(narration(STORY, shots=count)).split() == STORY.split()


def test_its_people_and_places_are_found() -> None:
    treatment = OutlineWriter().write(Brief(idea=STORY), 3, lambda _: None).treatment
    assert "Anna" in {c.name for c in treatment.characters}
    assert "the dog" in {c.name for c in treatment.characters}
    assert {"the harbour", "the lighthouse"} <= {p.name for p in treatment.places}
    assert len(treatment.scenes) >= 2


def test_too_little_time_is_said_with_the_time_it_needs() -> None:
    with pytest.raises(Unmeetable, match=r"Ask for \d+ seconds") as refusal:
        narration(STORY, seconds=15)
    needed = int(str(refusal.value).split("Ask for ")[1].split()[0])
    assert " ".join(narration(STORY, seconds=needed)).split() == STORY.split()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ein Leuchtturmwärter freundet sich mit einem verirrten Wal an", "de"),
        ("Un gardien de phare se lie d'amitié avec une baleine perdue", "fr"),
        ("Un farero se hace amigo de una ballena perdida", "es"),
        ("Однажды старик поймал золотую рыбку.", "ru"),
        ("一只猫想当市长。", "zh"),
        ("灯台守は迷子のクジラと友達になる", "ja"),
        ("등대지기가 길 잃은 고래와 친구가 된다", "ko"),
        ("حارس المنارة يصادق حوتا ضائعا", "ar"),
        ("Ο φαροφύλακας γίνεται φίλος με μια φάλαινα", "el"),
        ("A lighthouse keeper befriends a lost whale", "en"),
        ("Whale", "en"),
    ],
)
def test_other_languages_are_told_by_themselves_with_a_notice(text: str, language: str) -> None:
    assert language_of(text) == language
    written = OutlineWriter().write(Brief(idea=text, seconds=60), 1, lambda _: None)
    assert written.treatment.language == language
    if language != "en":
        assert " ".join(narration(text)).split() == text.split()
        assert any("another language" in notice for notice in written.notices)
        assert sum(len(s.shots) for s in written.treatment.scenes) >= 5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["The cat slept.", "Why?", "Nobody, not even Tom, knew.", 'He said "no" and left.',
                                 "Dr. Who ran!", "…and then it rained,", "x" * 300, "one " * 70]), min_size=4, max_size=30))  # fmt: skip
def test_no_word_is_lost_whatever_the_sentences(pieces: list[str]) -> None:
    story = "One. Two. Three. " + " ".join(pieces)
    assert " ".join(narration(story)).split() == story.split()


def test_pronouns_states_and_what_is_said_are_understood() -> None:
    film = (
        OutlineWriter()
        .write(
            Brief(
                idea="Old Marta carried the milk up the hill every morning. One morning the goat was gone. "
                'She fell into the frozen lake. "Come home," said Marta. The goat followed her.'
            ),
            1,
            lambda _: None,
        )
        .treatment
    )
    assert {c.name for c in film.characters} == {"Old Marta", "the goat"}
    assert "woman over seventy" in next(c.words for c in film.characters if c.name == "Old Marta")
    shots = [shot for scene in film.scenes for shot in scene.shots]
    fell = next(s for s in shots if "fell into" in s.sentence)
    assert [(p.name, p.state) for p in fell.parts if p.name == "Old Marta"] == [("Old Marta", "wet")]
    assert film.title == "Marta and the Goat"


def test_two_of_one_noun_are_two_and_each_is_known_again_by_its_adjective() -> None:
    text = (
        "The tall man hugs the short man. The tall man laughs. "
        "A girl carries an umbrella and walks beside the short man."
    )
    written = OutlineWriter().write(Brief(idea=text, seconds=40), 1, lambda _: None)
    shots = [s for scene in written.treatment.scenes for s in scene.shots]
    both = next(s for s in shots if s.sentence.startswith("The tall man hugs"))
    assert (both.actor, both.target) == ("the tall man", "the short man")
    third = next(s for s in shots if s.sentence.startswith("A girl"))
    assert (third.actor, third.target) == ("the girl", "umbrella")
    assert "the short man" in {part.name for part in third.parts}
    assert {c.name for c in written.treatment.characters} == {"the tall man", "the short man", "the girl"}
