"""The director: a conversation that shows before it does, and whose loss costs no film."""

import contextlib
import json
import sqlite3

import pytest
from directing_kit import Book, begun, everyday_book, opened

from photoplay.agent import graph
from photoplay.agent.directing.conversation import instead, yes_or_no
from photoplay.agent.directing.director import Director
from photoplay.agent.directing.understood import Understood
from photoplay.storyboard.edit_types import SetCamera
from photoplay.storyboard.errors import RenderError, Stopped, WriterError


@pytest.fixture
def talk(tmp_path):
    """A director over a film that is boarded and not shot: nothing is drawn."""
    production = begun(tmp_path / "f")
    return Director(production, everyday_book())


def hours(director):
    return [scene.hour for scene in director.production.film.story.scenes]


def test_nothing_is_done_before_a_yes_and_then_exactly_that(talk):
    shown = talk.hear("scene 2 at night")
    assert (shown.kind, hours(talk)) == ("proposal", ["morning", "morning"])
    assert talk.waiting() == shown.words
    done = talk.hear("Yes, please!")
    assert (done.kind, hours(talk)) == ("done", ["morning", "night"])
    assert talk.waiting() == ""
    assert talk.production.project.history()[-1].words == "scene 2 at night"
    assert talk.production.project.history()[-1].by == "person"


def test_no_drops_it(talk):
    talk.hear("scene 2 at night")
    assert talk.hear("no").words == "Nothing was changed."
    assert hours(talk) == ["morning", "morning"]
    assert talk.answer(True).kind == "refusal"


def test_while_it_waits_more_can_be_said_or_other_or_asked(talk):
    talk.hear("scene 2 at night")
    both = talk.hear("closer")
    assert len(both.difference.rows) == 2
    assert talk.hear("how many shots").kind == "answer"
    assert talk.waiting() == both.words
    assert talk.hear("gibberish").kind == "refusal"
    assert talk.waiting() == both.words
    other = talk.hear("no, at dusk")
    assert [row for row in other.difference.rows] == ["scene two: hour morning -> dusk"]
    talk.answer(True)
    assert hours(talk) == ["morning", "dusk"]
    assert talk.production.film.shot("s01").camera.size == "medium"
    assert talk.production.project.history()[-1].words == "no, at dusk"


def test_undo_first_drops_what_waits(talk):
    talk.hear("closer")
    talk.hear("yes")
    talk.hear("scene 2 at night")
    assert "dropped" in talk.hear("undo").words
    assert talk.production.film.shot("s01").camera.size == "close"
    talk.hear("scene 2 at night")
    assert talk.hear("undo two").kind == "done"
    assert talk.production.film.shot("s01").camera.size == "medium"
    assert "nothing to undo" in talk.hear("undo").words
    assert talk.hear("redo").kind == "done"
    assert talk.production.film.shot("s01").camera.size == "close"


def test_an_approval_is_of_what_waits(talk):
    talk.hear("scene 2 at night")
    talk.hear("approve")
    assert hours(talk) == ["morning", "night"]


def test_a_question_is_answered_by_words_or_by_the_number_of_a_choice(talk):
    asked = talk.hear("make it nicer")
    assert (asked.kind, asked.choices) == ("question", ("closer", "at dusk"))
    assert talk.hear("2").difference.rows == ("scene two: hour morning -> dusk",)
    words, told = talk.reader.asked[-1]
    assert (words, told.asked) == ("at dusk", "Nicer how?")
    talk.hear("yes")
    assert talk.production.project.history()[-1].words == "make it nicer; at dusk"
    # Asked in between, a "yes" answers the question, and not what waits.
    talk.hear("closer")
    talk.hear("make it nicer")
    assert talk.hear("yes").kind == "refusal"
    assert talk.production.film.shot("s01").camera.size == "medium"
    assert talk.waiting()


def test_pointing_words_know_what_was_talked_about(talk):
    talk.hear("scene 2 at night")
    talk.hear("no")
    talk.hear("closer")
    _, told = talk.reader.asked[-1]
    assert told.shots == ("s03", "s04")
    assert told.said == ("scene 2 at night", "no")
    talk.hear("at dusk")
    _, told = talk.reader.asked[-1]
    assert (told.shots, told.entities) == (("s01", "s03", "s04"), ("bo",))
    assert told.pending == (SetCamera(shot="s01", size="close"),)


def test_a_yes_may_come_days_later_from_another_process(talk):
    shown = talk.hear("scene 2 at night")
    later = Director(opened(talk.production), everyday_book())
    assert later.waiting() == shown.words
    assert later.said()[0] == ("person", "scene 2 at night")
    assert later.hear("ok").kind == "done"
    assert hours(later) == ["morning", "night"]


def test_a_yes_to_what_means_something_else_by_now_is_asked_again(talk):
    talk.hear("scene 2 at night")
    other = opened(talk.production)
    other.revise("at dusk", reader=everyday_book())
    later = Director(opened(talk.production), everyday_book())
    again = later.hear("yes")
    assert again.kind == "proposal"
    assert "was changed since" in again.words
    assert "dusk -> night" in again.words
    assert hours(later) == ["morning", "dusk"]
    later.hear("yes")
    assert hours(later) == ["morning", "night"]


@pytest.mark.parametrize("when", ["before", "waiting", "damaged"])
def test_losing_the_conversation_loses_nothing_of_the_film(talk, when):
    path = talk.production.project.agent_db
    talk.hear("closer")
    talk.hear("yes")
    film = talk.production.film
    if when == "waiting":
        talk.hear("scene 2 at night")
    for file in path.parent.glob("agent.sqlite*"):
        file.unlink()
    if when == "damaged":
        path.write_bytes(b"no database at all" * 100)
    later = Director(opened(talk.production), everyday_book())
    assert later.waiting() == ""
    assert later.production.film == film
    assert later.answer(True).kind == "refusal"
    later.hear("scene 2 at night")
    later.hear("yes")
    assert hours(later) == ["morning", "night"]


def test_what_is_kept_is_small_and_bounded(talk):
    def kept():
        with contextlib.closing(sqlite3.connect(talk.production.project.agent_db)) as db:
            return [len(row[0]) for row in db.execute("select checkpoint from checkpoints")]

    for _ in range(30):
        talk.hear("how many shots")
    assert len(kept()) == 1
    talk.hear("scene 2 at night")
    assert len(kept()) < 12
    assert max(kept()) < 30_000
    assert len(talk.said()) <= 40


def test_a_review_that_waits_can_be_changed_and_approved_by_talking(tmp_path):
    production = begun(tmp_path / "f")
    production.make(review=True)
    assert graph.pending(production)
    talk = Director(production, everyday_book())
    talk.hear("scene 2 at night")
    talk.hear("yes")
    assert graph.pending(production)
    assert production.slates.drawn == 0
    done = Director(opened(production), everyday_book())
    turn = done.hear("approve")
    assert turn.path == production.film_path
    assert production.film_path.is_file()
    assert hours(done) == ["morning", "night"]
    assert not graph.pending(done.production)


def test_a_model_that_fails_says_so_and_what_waits_waits_on(talk):
    talk.hear("closer")
    talk.reader.sentences["at dusk"] = WriterError("The server does not answer.")
    assert talk.hear("at dusk").words == "The server does not answer."
    assert talk.waiting()
    talk.reader.sentences["at dusk"] = Stopped("stopped")
    with pytest.raises(Stopped):
        talk.hear("at dusk")


def test_another_process_that_holds_the_film_costs_no_yes(talk):
    talk.hear("closer")
    other = opened(talk.production)
    with other.project.lock():
        assert "is working on this film" in talk.hear("yes").words
    assert talk.waiting()
    assert talk.hear("yes").kind == "done"


def test_what_a_careful_reader_takes_for_a_deed_waits_for_a_yes(talk):
    talk.reader.asks_first = True
    talk.hear("closer")
    talk.hear("yes")
    asked = talk.hear("undo")
    assert asked.kind == "deed"
    assert talk.production.film.shot("s01").camera.size == "close"
    assert talk.hear("no").words == "Nothing was changed."
    talk.hear("undo")
    assert talk.hear("yes").kind == "done"
    assert talk.production.film.shot("s01").camera.size == "medium"
    assert talk.hear("render").kind == "deed"
    assert talk.production.slates.drawn == 0
    assert talk.hear("board").kind == "done"  # changes nothing, so nobody is asked


def test_a_failed_shot_is_told_and_the_conversation_goes_on(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    talk = Director(production, everyday_book())
    production.slates.fails = True
    talk.hear("closer")
    with pytest.raises(RenderError):
        talk.hear("yes")
    assert production.film.shot("s01").camera.size == "close"
    assert talk.waiting() == ""
    production.slates.fails = False
    assert talk.hear("render").made == ("s01",)


def test_a_stranger_s_conversation_can_do_nothing(talk):
    """What waits is read as edits after the schema, or not at all (fault 22)."""
    talk.hear("closer")
    with sqlite3.connect(talk.production.project.agent_db) as db:
        assert db.execute("select count(*) from writes").fetchone()[0]
    db.close()
    from photoplay.agent.directing.conversation import edits_of, reading_of
    from photoplay.storyboard.errors import BadInput

    for kept in (
        [{"op": "shell", "words": "rm"}],
        ["x"],
        [{"op": "plate", "shot": "s01", "plate": {"path": "/etc"}}],
    ):
        with pytest.raises(BadInput):
            edits_of(kept)
    with pytest.raises(BadInput):
        reading_of({"deed": "delete"})


YES = [
    "yes",
    "y",
    "Yes.",
    "ok",
    "OK!",
    "yes please",
    "do it",
    "go ahead",
    "yeah, do that",
    "sure",
    "fine, go on",
    "make it so",
]
NO = [
    "no",
    "n",
    "No.",
    "nope",
    "never mind",
    "nevermind",
    "cancel",
    "don't",
    "don’t do it",
    "leave it as it is",
    "forget it",
]
NEITHER = [
    "",
    "yes but at dusk",
    "no, at dusk",
    "night",
    "not so dark",
    "ok and shorter",
    "go closer",
    "do it at night",
]


def test_yes_and_no_are_heard_and_nothing_else_is_taken_for_them():
    assert [yes_or_no(words) for words in YES] == [True] * len(YES)
    assert [yes_or_no(words) for words in NO] == [False] * len(NO)
    assert [yes_or_no(words) for words in NEITHER] == [None] * len(NEITHER)
    assert [instead(w) for w in ("no, at dusk", "no", "night", "wait: closer")] == [
        "at dusk",
        None,
        None,
        "closer",
    ]


def test_the_state_is_plain_json(talk):
    talk.hear("scene 2 at night")
    from photoplay.agent.checkpoints import checkpoints
    from photoplay.agent.directing.director import build

    with checkpoints(talk.production.project) as saver:
        values = build(saver).get_state(talk._thread).values
    json.dumps(values, allow_nan=False)
    assert values["pending"] == [
        {**values["pending"][0], "op": "scene", "scene": "two", "hour": "night"},
    ]


def test_edits_with_an_answer_in_between_do_not_mix_with_another_film(tmp_path):
    one, two = Director(begun(tmp_path / "a"), everyday_book()), Director(begun(tmp_path / "b"), Book())
    one.hear("scene 2 at night")
    assert two.waiting() == ""
    assert two.hear("x").understood == Understood(unread=("x",))
