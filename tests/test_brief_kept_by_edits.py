"""Edits of a person's own, from Python or in a review: what they leave of the brief is said, locks hold."""

import pytest
from films import slate_film

from photoplay import Production, Project
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.edit_types import ChangeCharacter, Remove, Rewrite, SetBrief
from photoplay.storyboard.errors import BadInput


@pytest.fixture
def made(tmp_path):
    heard = []
    film = slate_film(shots=4, lines=False, goes_on=())
    film = film.model_copy(update={"brief": film.brief.model_copy(update={"shots": 4})})
    production = Production(
        Project.create(tmp_path / "film", film, "test", "test"), crew=SoloCrew(), listener=heard.append
    )
    return production, heard


def test_an_edit_that_leaves_the_asked_number_of_shots_says_so_and_others_say_nothing(made):
    production, heard = made
    production.edit([Rewrite(shot="s01", sentence="Anna waves.")])
    assert not heard
    production.edit([Remove(shot="s01")])
    assert "4 shots were asked for; there are 3" in " ".join(told.words for told in heard)
    del heard[:]
    production.edit([SetBrief(brief=production.film.brief.model_copy(update={"shots": None}))])
    production.edit([Remove(shot="s02")])
    assert not heard


def test_a_locked_character_is_not_changed_by_an_edit_before_it_is_unlocked(made):
    production, _ = made
    production.edit([ChangeCharacter(character="anna", locked=True)])
    before = production.film
    with pytest.raises(BadInput, match="locked"):
        production.edit([ChangeCharacter(character="anna", noun="captain")])
    assert production.film == before
    production.edit([ChangeCharacter(character="anna", locked=False)])
    assert (
        production.edit([ChangeCharacter(character="anna", noun="captain")]).characters["anna"].noun
        == "captain"
    )


def test_dialogue_is_never_counted_as_spoken_quicker_than_it_is():
    from photoplay.storyboard.constraints import needed_seconds
    from photoplay.storyboard.edit_types import AddLine
    from photoplay.storyboard.edits import apply
    from photoplay.storyboard.film import Line
    from photoplay.storyboard.vocabulary import LineKind

    plain = slate_film(shots=1, lines=False, goes_on=())
    words = "One two three four five six seven eight nine ten, and so on to a hundred. " * 3
    told = apply(plain, AddLine(shot="s00", line=Line(id="said", words=words)))
    spoken = apply(
        plain, AddLine(shot="s00", line=Line(id="said", speaker="anna", kind=LineKind.dialogue, words=words))
    )
    assert needed_seconds(spoken) > needed_seconds(told)
