"""A crew of one's own renderers is asked before the registry, for planning and for rendering."""

import pytest

from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.errors import UnknownName


def test_ones_own_renderer_is_found_by_its_name_and_as_it_is():
    mine = SlateRenderer("mine")
    crew = SoloCrew(mine)
    assert crew.find("slate:mine") is mine
    assert crew.find("slate").name == "slate"


def test_ones_own_renderer_may_take_the_place_of_a_registered_one():
    mine = SlateRenderer()
    assert SoloCrew(mine).find("slate") is mine


def test_an_unknown_renderer_is_named_with_those_that_exist():
    with pytest.raises(UnknownName, match="animatic"):
        SoloCrew().find("nosuch")
