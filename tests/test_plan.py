"""The plan is a pure function of the film: keys do not move unless what is seen or heard does."""

import subprocess
import sys
from pathlib import Path

import pytest
from films import slate_film

from photoplay.render.plan import Planner, used_takes
from photoplay.render.registry import find_renderer
from photoplay.storyboard.edit_types import (
    ChangeCharacter,
    Insert,
    MoveShot,
    Rename,
    Restyle,
    Rewrite,
    Trim,
)
from photoplay.storyboard.edits import apply
from photoplay.storyboard.look_changes import BodyLookChange
from photoplay.storyboard.vocabulary import Hat, Opening, Style

GOLDEN = Path(__file__).with_name("golden_keys.txt")


def shot_keys(film):
    plan = Planner(find_renderer).plan(film)
    return {n.item: n.key for n in plan.nodes if n.id.startswith("shot-")}


def changed(film, edit):
    before, after = shot_keys(film), shot_keys(apply(film, edit))
    return {item for item in after if item in before and before[item] != after[item]}


def test_keys_are_the_ones_of_every_earlier_release():
    """If this fails, an upgrade would throw everybody's takes away. Raise a number only on purpose."""
    lines = [f"{item} {key}" for item, key in sorted(shot_keys(slate_film()).items())]
    assert lines == GOLDEN.read_text(encoding="utf-8").split("\n")[:-1]


def test_keys_do_not_depend_on_hash_seed_or_locale():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_plan, films;"
        "print(sorted(test_plan.shot_keys(films.slate_film()).items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "PATH": ""},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, locale in (("0", "C"), ("7", "C.UTF-8"))
    }  # fmt: skip
    assert len(said) == 1


@pytest.mark.parametrize(
    "edit",
    [
        Rename(what="character", id="anna", name="Berta"),
        Rename(what="title", name="Another"),
        Trim(shot="s05", cut=4),
        MoveShot(shot="s08", after="s09"),
    ],
    ids=["rename", "retitle", "trim", "move"],
)
def test_what_changes_no_picture_renders_nothing(edit):
    assert changed(slate_film(), edit) == set()


def test_inserting_a_shot_renders_no_other():
    film = slate_film()
    new = film.shots[6].model_copy(update={"id": "new", "lines": ()})
    assert changed(film, Insert(shot=new, after="s06")) == set()


def test_one_shot_changed_is_one_shot_and_what_goes_on_from_it():
    film = slate_film(goes_on=(3, 4))
    assert changed(film, Rewrite(shot="s07", sentence="Anna waves.")) == {"s07"}
    assert changed(film, Rewrite(shot="s02", sentence="Anna waves.")) == {"s02", "s03", "s04"}


def test_a_character_changed_is_the_shots_with_that_character():
    change = ChangeCharacter(character="bo", look=BodyLookChange(hat=Hat.top))
    assert changed(slate_film(), change) == {"s01"}


def test_a_style_changed_is_every_shot():
    assert len(changed(slate_film(), Restyle(style=Style.chalk))) == 12


def test_a_stale_take_stays_usable_and_a_pinned_one_is_used():
    film = slate_film(goes_on=())
    plan = Planner(find_renderer).plan(film)
    old = "a" * 64
    decided = film.decisions.model_copy(update={"chosen": {"s00": old, "s01": old}, "pinned": ("s01",)})
    film = film.model_copy(update={"decisions": decided})
    used = used_takes(film, plan, {old, plan.node("shot-s01").key}.__contains__)
    assert used["s00"] == ("stale", old)
    assert used["s01"] == ("current", old)
    assert used["s02"] == ("missing", None)


def test_a_renderer_without_tails_says_that_a_continue_is_only_a_cut():
    film = slate_film(goes_on=(3,))
    plan = Planner(find_renderer).plan(film)
    assert plan.node("shot-s03").needs == ("shot-s02",)
    assert "goes on from the end of s02" in plan.node("shot-s03").why
    assert film.shots[3].opens is Opening.continue_
