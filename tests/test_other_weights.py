"""Who changes the weights under a film is told why shots are made again."""

from tiny_films import make, opened

from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer


class Reweighted(SlateRenderer):
    """The slate renderer with another set of weights of its name."""

    weights = "other"


def test_shots_made_with_other_weights_of_the_same_name_are_counted(tmp_path):
    shots = len(make(tmp_path / "film").film.shots)
    production = opened(tmp_path / "film", crew=SoloCrew(Reweighted()))
    said = []
    production.listener = lambda told: said.append(told.words)
    production.make(until="takes")
    assert f"{shots} shots were made with other weights of slate than those here now." in said
    said.clear()
    production.make(until="takes")
    assert not [words for words in said if "other weights" in words]
