"""What a film is asked to be made with is checked before the film remembers it."""

import pytest
from ramps import Ramp, stills
from tiny_films import TINY, copy_of_a_film, make, opened

from photoplay.render.crew import SoloCrew
from photoplay.storyboard.edit_types import Retake, Rewrite, ShotSetting
from photoplay.storyboard.errors import BadInput, Refused, RenderError, UnknownName
from photoplay.storyboard.film import Settings
from photoplay.studio.settings import Wishes

PLAIN = TINY.model_copy(update={"renderer": "ramp"})
"""Without keyframes, so that nobody needs a reference."""
RAMPED = TINY.model_copy(update={"renderer": "ramp", "values": {"keyframes": "ramp:stills", "steps": 4}})
WRONG = [
    ({"sparkle": 1}, "sparkle"),
    ({"method": "magic"}, "magic"),
    ({"keyframes": "ramp"}, "no stills"),
    ({"keyframes": "nobody"}, "nobody"),
]


def crew():
    return SoloCrew(Ramp(longest=None), stills())


def with_values(settings: Settings, **values):
    return settings.model_copy(update={"values": settings.values | values})


@pytest.mark.parametrize(("values", "says"), WRONG)
def test_a_setting_that_cannot_be_makes_no_folder(tmp_path, values, says):
    with pytest.raises((BadInput, UnknownName), match=says):
        make(tmp_path / "film", settings=with_values(RAMPED, **values), crew=crew(), until="board")
    assert not (tmp_path / "film").exists()


@pytest.mark.parametrize(("values", "says"), WRONG)
def test_a_setting_that_cannot_be_is_not_remembered(tmp_path, values, says):
    made = make(tmp_path / "film", settings=RAMPED, crew=crew(), until="board")
    before = (tmp_path / "film" / "edits.jsonl").read_bytes()
    with pytest.raises((BadInput, UnknownName), match=says):
        opened(tmp_path / "film", crew=crew()).settle(with_values(RAMPED, **values))
    with pytest.raises((BadInput, UnknownName), match=says):
        make(tmp_path / "film", settings=with_values(RAMPED, **values), crew=crew(), until="board")
    assert (tmp_path / "film" / "edits.jsonl").read_bytes() == before
    assert made.film.settings.values["steps"] == 4


def test_a_renderer_that_cannot_run_here_is_not_remembered(tmp_path):
    class Away(Ramp):
        def preflight(self):
            raise BadInput("its weights are elsewhere")

    production = opened(copy_of_a_film(tmp_path / "film"), crew=SoloCrew(Away("away")))
    asked = production.film.settings.model_copy(update={"renderer": "ramp:away"})
    with pytest.raises(BadInput, match="elsewhere"):
        production.settle(asked)
    assert production.film.settings.renderer == "slate"
    production.settle(asked, here=False)
    assert production.film.settings.renderer == "ramp:away", "it may be boarded here, and made elsewhere"


def test_who_refines_a_single_shot_is_asked_before_any_work_whether_it_can_run_here(tmp_path):
    class Away(Ramp):
        def preflight(self):
            raise BadInput("its weights are elsewhere")

    again = Away("again", requests=frozenset({"refine"}), inputs=frozenset({"take"}), references=0)
    production = opened(copy_of_a_film(tmp_path / "film"), crew=SoloCrew(again))
    shot = production.film.shots[0].id
    production.check_renderers()
    production.edit([ShotSetting(shot=shot, values={"refine": "ramp:again"})])
    with pytest.raises(BadInput, match="elsewhere"):
        production.check_renderers()


def test_a_setting_can_be_taken_out_again_when_another_renderer_does_not_read_it(tmp_path):
    make(tmp_path / "film", settings=RAMPED, crew=crew(), until="board")
    plain = Ramp("plain", settings=frozenset({"quality"}))
    production = opened(tmp_path / "film", crew=SoloCrew(plain, Ramp(), stills(settings=frozenset())))
    asked = production.film.settings.model_copy(update={"renderer": "ramp:plain"})
    with pytest.raises(BadInput, match="--unset steps"):
        production.settle(asked)
    wishes = Wishes({}, {}, tmp_path, unset=["steps"])
    production.settle(
        wishes.settings(production.film.settings).model_copy(update={"renderer": "ramp:plain"}),
        without=wishes.without,
    )
    assert production.film.settings.values == {"keyframes": "ramp:stills"}
    assert opened(tmp_path / "film").film.settings.values == {"keyframes": "ramp:stills"}
    with production.project.lock():
        production.project.undo()
    assert production.film.settings.values["steps"] == 4


def test_a_method_that_a_shot_is_too_long_for_is_not_remembered(tmp_path):
    short = SoloCrew(Ramp(longest=33), stills())
    make(tmp_path / "film", settings=RAMPED, crew=short, until="board")
    production = opened(tmp_path / "film", crew=short)
    with pytest.raises(BadInput, match="the method clip is for shorter shots"):
        production.settle(with_values(RAMPED, method="clip"))
    assert "method" not in production.film.settings.values
    production.settle(with_values(RAMPED, method="extend"))
    assert production.plan().nodes


class Failing(Ramp):
    """Makes clips until ``broken``."""

    broken = False

    def render(self, jobs, tick):
        if self.broken:
            raise Refused("nothing today")
        yield from super().render(jobs, tick)


def test_a_shot_that_could_not_be_made_again_is_said_though_its_earlier_take_is_shown(tmp_path):
    renderer = Failing(longest=None)
    own = SoloCrew(renderer)
    production = make(tmp_path / "film", settings=PLAIN, crew=own)
    shot = production.film.shots[1]
    renderer.broken = True
    production.edit([Rewrite(shot=shot.id, sentence="The whale dives.", action="dive")])
    for again in (production.render, production.make):
        with pytest.raises(RenderError, match=f"earlier takes.*{shot.id}: nothing today"):
            again()
        assert production.film_path.is_file()
    with pytest.raises(RenderError, match="earlier takes"):
        production.render([shot.id])
    production.render([production.film.shots[0].id])
    renderer.broken = False
    production.make()
    assert {state for state, _ in production.takes().values()} == {"current"}


def test_a_film_whose_renderer_is_gone_is_refused_before_any_work_unless_nothing_is_to_be_made(tmp_path):
    class Gone(Ramp):
        here = True

        def preflight(self):
            if not self.here:
                raise BadInput("its weights are gone")

    renderer = Gone(longest=None)
    own = SoloCrew(renderer)
    production = make(tmp_path / "film", settings=PLAIN, crew=own)
    renderer.here = False
    calls = len(renderer.calls)
    make(tmp_path / "film", settings=None, crew=own)
    production.edit([Retake(shot=production.film.shots[1].id)])
    with pytest.raises(BadInput, match="weights are gone"):
        make(tmp_path / "film", settings=None, crew=own)
    assert len(renderer.calls) == calls
    make(tmp_path / "film", settings=None, crew=own, until="board")


def test_a_setting_that_the_renderer_does_not_read_is_said_to_be_kept_for_another(tmp_path):
    told = []
    made = TINY.model_copy(update={"renderer": "animatic", "values": {"nope": 1}})
    for wanted in (made, made, with_values(made, more=2)):
        make(
            tmp_path / "cat", settings=wanted, until="board", listener=lambda *words: told.append(str(words))
        )
    said = [words for words in told if "animatic reads no settings" in words]
    assert len(said) == 2, "it is said when it is asked for, and not at every run"
    assert "more, nope" in said[1]
    assert "--unset" in said[1]
