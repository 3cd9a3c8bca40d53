"""A film is planned once in a run, and anew in the next: weights may be others by then."""

from tiny_films import copy_of_a_film, opened

from photoplay.agent.production import Production
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.render.plan import Planner
from photoplay.storyboard.edit_types import Rewrite


class Asked(SlateRenderer):
    """A slate renderer that counts how often it is asked what it can do."""

    asked = 0

    def capabilities(self):
        self.asked += 1
        return super().capabilities()


def with_renderer(folder, renderer):
    return Production(Project.open(folder), crew=SoloCrew(renderer))


def test_in_one_run_a_renderer_is_asked_once_what_it_can_do(tmp_path):
    renderer = Asked()
    production = with_renderer(copy_of_a_film(tmp_path / "film"), renderer)
    production.edit([Rewrite(shot=production.film.shots[0].id, sentence="Anna waves.")])
    renderer.asked = 0
    production.render()
    assert renderer.asked == 1


def test_weights_that_change_between_runs_are_seen_by_an_open_production(tmp_path):
    renderer = SlateRenderer()
    production = with_renderer(copy_of_a_film(tmp_path / "film"), renderer)
    production.render()
    assert {state for state, _ in production.takes().values()} == {"current"}
    renderer.weights = "others"
    states = {item: state for item, (state, _) in production.takes().items()}
    assert {states[shot.id] for shot in production.film.shots} == {"stale"}
    production.render()
    assert {state for state, _ in production.takes().values()} == {"current"}


def test_a_planner_that_planned_a_film_plans_it_anew_where_a_renderer_is_another_now(tmp_path):
    film = opened(copy_of_a_film(tmp_path / "film")).film
    renderer = SlateRenderer()
    planner = Planner(SoloCrew(renderer).find)
    first = planner.plan(film)
    assert planner.plan(film) is first
    renderer.weights = "others"
    assert {n.key for n in planner.plan(film).nodes} != {n.key for n in first.nodes}
    assert planner.plan(film.model_copy(update={"shots": film.shots[:1]})).shown.keys() < first.shown.keys()
