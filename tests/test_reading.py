"""The built-in reader understands what people say, changes just that, and says what it did not understand."""

import re
import time

import pytest
from reading_films import films
from reading_table import ALL, CHANGES, DEEDS, HISTORY, NOT_DONE, QUESTIONS
from typer.main import get_command

from photoplay.agent.directing.understood import Reader, Talk
from photoplay.agent.reading.reader import EverydayReader
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.edits import apply_all
from photoplay.storyboard.film import Film
from photoplay.studio.command import app

READER = EverydayReader()
FILMS = films()


def film_of(name):
    return FILMS[name]


def keys(film):
    plan = Planner(find_renderer).plan(film)
    return {s.id: plan.by_id[plan.shown[s.id]].key for s in film.shots}


def understand(film, words, **talk):
    return READER.understand(film, words, Talk(**talk), lambda _: None)


def after(film, words, **talk):
    found = understand(film, words, **talk)
    assert not found.unread, found
    assert not found.question, found
    assert not found.refused, found
    assert found.edits, found
    return apply_all(film, found.edits)


@pytest.fixture(scope="module")
def drawn_before():
    return {name: keys(film_of(name)) for name in "ab"}


@pytest.mark.parametrize(("name", "words", "check", "drawn"), CHANGES, ids=[c[1][:60] for c in CHANGES])
def test_a_wish_changes_what_it_says(name, words, check, drawn, drawn_before):
    new = after(film_of(name), words)
    assert check(new)
    if drawn is not None:
        made = keys(new)
        changed = [s.id for s in new.shots if drawn_before[name].get(s.id) != made[s.id]]
        assert changed == (drawn if drawn != ALL else [s.id for s in new.shots])


@pytest.mark.parametrize(("name", "words", "answer"), QUESTIONS, ids=[q[1][:60] for q in QUESTIONS])
def test_a_question_is_answered_and_changes_nothing(name, words, answer):
    found = understand(film_of(name), words)
    assert (found.edits, found.history, found.deed) == ((), 0, None)
    assert found.answer
    assert answer in found.answer


@pytest.mark.parametrize(("name", "words"), NOT_DONE, ids=[n[1][:60] for n in NOT_DONE])
def test_what_cannot_be_or_makes_no_sense_changes_nothing_and_is_said(name, words):
    found = understand(film_of(name), words)
    assert found.refused or found.unread or found.question
    assert (found.history, found.deed) == (0, None)
    assert not found.edits or found.unread or found.question


@pytest.mark.parametrize(("words", "steps"), HISTORY, ids=[h[0] for h in HISTORY])
def test_undo_and_redo_in_any_words(words, steps):
    found = understand(film_of("a"), words, said=("make the keeper older",))
    assert found.history == steps if steps is not None else found.history < -100


@pytest.mark.parametrize(("words", "deed"), DEEDS, ids=[d[0] for d in DEEDS])
def test_what_is_asked_for_besides_edits(words, deed):
    assert understand(film_of("a"), words).deed == deed


def test_it_is_a_reader():
    assert isinstance(READER, Reader)
    assert (READER.name, READER.model) == ("everyday", "")


def test_bringing_back_after_an_undo_is_redo_and_otherwise_undo():
    said = ("make the keeper's coat red", "undo")
    assert understand(film_of("a"), "it was better, bring the red back", said=said).history == 1
    assert understand(film_of("a"), "bring it back", said=("remove shot 3",)).history == -1


def test_pointing_words_mean_what_was_spoken_of():
    film = film_of("a")
    first = understand(film, "shot 5 closer")
    assert first.shots[0] == "s05"
    new = after(film, "a bit longer", shots=first.shots)
    assert new.shot("s05").frames > film.shot("s05").frames
    assert after(film, "make it wider", shots=("s02",)).shot("s02").camera.size == "full"
    assert after(film, "remove it", shots=("s06",)).shots[5].id == "s07"
    assert after(film, "make the next shot darker", shots=("s02",)).shot("s03").light == "low-key"
    assert after(film, "that scene at night", shots=("s04",)).scenes["scene-2"].hour == "night"
    older = after(film, "make him older", entities=("the-keeper",))
    assert older.characters["the-keeper"].look.age == "elder"


def test_going_back_to_before_something_counts_the_changes_since():
    film = film_of("a")
    said = ("give the keeper a straw hat", "scene 2 at night", "who is in shot 4?", "shot 3 closer")
    assert understand(film, "go back to how it was before the hat", said=said).history == -3
    assert understand(film, "put the hat back", said=("lose the hat",)).history == -1


def test_less_talk_is_asked_about_and_the_answer_is_carried_out():
    film = film_of("a")
    found = understand(film, "fewer words please")
    assert found.choices == ("remove the narration", "remove the dialogue")
    new = after(film, "remove the narration", said=("fewer words please",), asked=found.question)
    assert [ln.speaker for s in new.shots for ln in s.lines] == ["the-keeper"]


def test_a_question_with_choices_and_its_answer():
    film = film_of("a")
    found = understand(film, "make it foggy")
    assert found.question
    assert found.choices
    assert not found.edits or found.question
    new = after(film, "scene 3", said=("make it foggy",), asked=found.question)
    assert [s.id for s in new.story.scenes if s.weather == "fog"] == ["scene-3"]
    everywhere = after(film, "the whole film", said=("make it foggy",), asked=found.question)
    assert {s.weather for s in everywhere.story.scenes} == {"fog"}
    other = understand(film, "closer please")
    assert other.question
    assert (
        after(film, "shot 3", said=("closer please",), asked=other.question).shot("s03").camera.size
        == "close"
    )


def test_another_wish_in_place_of_an_answer_is_read_as_that_wish():
    film = film_of("a")
    asked = understand(film, "make it foggy").question
    new = after(film, "remove shot 3", said=("make it foggy",), asked=asked)
    assert len(new.shots) == 11
    assert {s.weather for s in new.story.scenes} == {s.weather for s in film.story.scenes}


def test_half_understood_is_not_half_done():
    found = understand(film_of("a"), "remove shot 3 and make the gnarzle flurbish")
    assert found.unread == ("make the gnarzle flurbish",)


def test_lengths_that_a_person_sets_are_not_stretched_by_an_asked_length():
    film = film_of("a")
    found = understand(film, "remove shot 3")
    new = apply_all(film, found.edits)
    assert (new.brief.seconds, new.brief.shots) == (None, 11)
    assert any("60 s" in n for n in found.notices)
    assert {s.id: s.frames for s in new.shots} == {s.id: s.frames for s in film.shots if s.id != "s03"}


def test_a_length_that_no_film_holds_is_refused_in_words():
    found = understand(film_of("a"), "make shot 1 99999999999999999999 seconds")
    assert found.refused
    assert not found.edits


def test_a_locked_character_stays_until_it_is_unlocked():
    film = after(film_of("a"), "lock the keeper")
    assert understand(film, "make the keeper older").refused
    free = after(film, "unlock the keeper")
    assert after(free, "make the keeper older").characters["the-keeper"].look.age == "elder"


def test_what_a_person_types_may_hold_anything():
    film = film_of("a")
    nasty = after(film, 'call the whale "[bold]O\'Brien[/bold] <b>; rm -rf / \\n {x}"')
    assert nasty.characters["the-whale"].name.startswith("[bold]O'Brien")
    assert nasty.characters["the-whale"].look == film.characters["the-whale"].look
    for words in (
        "\x00\x01",
        "((((",
        "@s0 @b1 longer",
        "'''",
        '"',
        "\u202e\u200b",
        "🎬🐋",
        "make @q0 older",
        "·" * 50,
    ):
        found = understand(film, words)
        assert not found.edits or apply_all(film, found.edits)


@pytest.mark.parametrize(
    "words", ["make it longer and " * 260, "the " * 1250, "a" * 5000, "shot 3 and 4, " * 350, "no " * 1600]
)
def test_five_thousand_characters_are_quick_and_safe(words):
    understand(film_of("a"), "shot 3 closer")
    begun = time.process_time()
    understand(film_of("a"), words[:5000])
    assert time.process_time() - begun < 2


def test_other_languages_are_named_as_such():
    found = understand(film_of("a"), "Mach den Leuchtturmwärter älter und die zweite Szene bei Nacht")
    assert found.unread
    assert any("English only" in n and "openai" in n for n in found.notices)


def test_a_film_without_shots_has_nothing_to_change():
    film = Film(id="film-x", brief=film_of("a").brief)
    assert "no shots yet" in understand(film, "make the keeper older").refused[0]
    assert understand(film, "render it").deed == "render"


def test_a_new_character_is_cast_apart_with_a_voice_and_staged():
    film = film_of("b")
    new = after(film, "put the grandfather next to her in the last shot, a very old man with a white beard")
    grandfather = new.characters["the-grandfather"]
    assert (grandfather.look.age, grandfather.look.hair_colour) == ("elder", "#f2efe8")
    assert grandfather.look.beard != "none"
    assert grandfather.voice != new.characters["mina"].voice
    sides = {m.entity: m.side for m in new.shot("s12").cast}
    assert sides["mina"] != sides["the-grandfather"]
    assert "grandfather" in new.shot("s12").event.sentence


def test_what_is_worn_in_some_shots_is_added_to_the_state_they_have():
    film = film_of("a")
    new = after(film, "give the keeper a scarf in scene 4")
    states = {m.state for s in ("s08", "s09", "s10") for m in new.shot(s).cast if m.entity == "the-keeper"}
    state = next(s for s in new.characters["the-keeper"].states if s.name in states)
    assert len(states) == 1
    assert (state.marks, state.worn) == (("wet",), ("scarf",))


def test_a_scene_elsewhere_takes_its_sentences_and_its_light_along():
    film = film_of("a")
    new = after(film, "set scene 4 on the shore in the morning")
    assert new.scenes["scene-4"].place == "the-shore"
    assert "lighthouse" not in new.shot("s08").event.sentence
    assert new.shot("s08").light != "moonlit"


def test_the_same_again_for_something_else():
    film = film_of("a")
    first = after(film, "shot 2 in a close-up")
    new = after(first, "and the same for shot 3", said=("shot 2 in a close-up",), shots=("s02",))
    assert new.shot("s03").camera.size == "close"
    red = after(film, "make the keeper's coat red")
    both = after(red, "his cap too", said=("make the keeper's coat red",), entities=("the-keeper",))
    look = both.characters["the-keeper"].look
    assert (look.dress_colour, look.hat_colour) == ("#c23b33", "#c23b33")


def test_a_newcomer_s_look_is_not_put_on_whoever_stands_beside():
    film = film_of("b")
    new = after(film, "Put her uncle in the last shot, he stands next to her: bald, with a moustache")
    assert new.characters["mina"].look == film.characters["mina"].look
    uncle = next(c for c in new.characters.values() if c.id != "mina")
    assert (uncle.look.hair, uncle.look.beard) == ("bald", "moustache")


def test_long_films_are_read_quickly():
    film = film_of("a")
    shots = [
        shot.model_copy(update={"id": f"s{n:04}", "lines": (), "scene": f"scene-{min(5, n // 200 + 1)}"})
        for n, shot in enumerate((film.shots * 84)[:1000], 1)
    ]
    fields = {name: getattr(film, name) for name in Film.model_fields}
    long = Film(**(fields | {"shots": tuple(shots), "brief": film.brief.model_copy(update={"shots": None})}))
    for words in (
        "make the keeper older",
        "all shots closer",
        "scene 2 at night",
        "the shot where he laughs longer",
    ):
        begun = time.process_time()
        understand(long, words)
        assert time.process_time() - begun < 1, words


@pytest.mark.parametrize(
    ("words", "option"),
    [("no subtitles", "--subtitles"), ("black and white", "--grade"), ("9:16", "--aspect")],
)
def test_what_a_command_does_and_words_do_not_is_refused_by_the_command_s_name(words, option):
    """A refusal that only says that it cannot be had would be false."""
    refused = " ".join(map(str, understand(film_of("a"), words).refused))
    found = re.search(rf"`photoplay (\w+) DIR {option} ", refused)
    assert found is not None
    command = get_command(app).commands[found[1]]
    assert option in {flag for param in command.params for flag in param.opts}
