"""Pictures never depend on display names."""

from films import slate_film

from photoplay.storyboard.edit_types import Rename, Rewrite
from photoplay.storyboard.edits import apply
from photoplay.storyboard.picture import picture


def test_a_name_that_is_no_proper_one_is_replaced_at_the_beginning_of_a_sentence_too():
    film = apply(slate_film(), Rename(what="character", id="anna", name="the keeper"))
    film = apply(film, Rewrite(shot="s02", sentence="The keeper waits. Then the keeper waves."))
    renamed = apply(film, Rename(what="character", id="anna", name="Olaf"))
    seen = picture(film, film.shot("s02"))
    assert picture(renamed, renamed.shot("s02")) == seen
    assert seen.sentence == "The lighthouse keeper waits. Then the lighthouse keeper waves."
