"""``diffusion`` means what was chosen once, said and recorded; and what cannot run is said before any work.

Nothing here needs torch: the devices are made up.
"""

import re

import pytest
from tiny_films import copy_of_a_film, opened

import photoplay
from photoplay.render.diffusion import choice, hardware
from photoplay.render.diffusion.choice import LOOK, STILLS, chosen
from photoplay.render.diffusion.hardware import Device
from photoplay.render.preflight import preflight
from photoplay.render.protocol import Capabilities
from photoplay.render.registry import find_renderer
from photoplay.render.stills import renderers_of
from photoplay.storyboard.edit_types import Setting, ShotSetting
from photoplay.storyboard.errors import BadInput, UnknownName
from photoplay.storyboard.film import Settings
from photoplay.studio.showing import show_film

ALONE = Settings(renderer="diffusion")


@pytest.fixture
def gpus(monkeypatch, tmp_path):
    """``gpus(24)`` gives this machine cards of so many gigabytes."""
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    (tmp_path / "none.toml").write_text("")
    monkeypatch.delenv("PHOTOPLAY_DEVICE", raising=False)

    def there_are(*gigabytes):
        found = tuple(
            Device(id=f"cuda:{n}", total_mb=g * 1000, free_mb=g * 900) for n, g in enumerate(gigabytes)
        )
        monkeypatch.setattr(choice, "devices", lambda: found)
        monkeypatch.setattr(hardware, "devices", lambda: found)

    return there_are


def test_the_largest_card_decides_and_everything_is_recorded_by_name(gpus):
    gpus(8, 24)
    made = chosen(ALONE)
    values = made.settings.values
    assert made.settings.renderer.startswith("diffusion:wan-vace")
    assert values["keyframes"] == "diffusion:flux2-klein-4b"
    assert values["look"] == LOOK
    assert isinstance(values["pixels"], int)
    assert "Apache-2.0" in made.words
    assert chosen(made.settings, made.settings).words == ""
    assert chosen(made.settings).settings == made.settings, "precise already"


def test_a_film_keeps_its_weights_on_another_machine(gpus):
    gpus(80)
    large = chosen(ALONE).settings
    gpus(8)
    assert (
        chosen(Settings(renderer="diffusion", values=large.values), large).settings.renderer == large.renderer
    )
    assert chosen(ALONE).settings.renderer != large.renderer


def test_what_a_person_asks_for_goes_before_the_stack(gpus):
    gpus(24)
    asked = Settings(
        renderer="diffusion", values={"keyframes": "diffusion:sdxl", "look": "charcoal", "precision": "fp16"}
    )
    values = chosen(asked).settings.values
    assert (values["keyframes"], values["look"], values["precision"]) == (
        "diffusion:sdxl",
        "charcoal",
        "fp16",
    )
    assert "look" not in chosen(ALONE, styled=True).settings.values


def test_weights_that_draw_no_stills_get_somebody_who_does_unless_none_is_said(gpus):
    gpus()
    named = chosen(Settings(renderer="diffusion:wan-vace"))
    assert named.settings.values["keyframes"] == STILLS
    assert STILLS in named.words
    none = Settings(renderer="diffusion:wan-vace", values={"keyframes": "none"})
    assert chosen(none).settings.values["keyframes"] == "none"
    assert renderers_of(none) == ["diffusion:wan-vace"]
    assert "keyframes" not in chosen(Settings(renderer="diffusion:flux2-klein")).settings.values


@pytest.mark.parametrize(
    "words_alone", ["hunyuan-video-13b", "wan-t2v-1.3b", "cogvideox-2b", "animatediff-v3"]
)
def test_weights_that_read_no_picture_want_nobody_who_draws_any(gpus, words_alone):
    """Else a film would wait for 16 GB of weights that draw nothing of it."""
    gpus()
    made = chosen(Settings(renderer=f"diffusion:{words_alone}"))
    assert "keyframes" not in made.settings.values
    assert made.words == ""
    sheets = chosen(Settings(renderer="diffusion:minimax-h3-references"))
    assert sheets.settings.values["keyframes"] == STILLS, "its references are drawn by somebody"


def test_other_renderers_are_left_alone(gpus):
    gpus()
    plain = Settings(renderer="animatic")
    assert chosen(plain).settings is plain


def test_a_licence_that_does_not_let_a_film_be_sold_is_refused_by_name(gpus):
    gpus(24)
    assert chosen(ALONE, commercial=True).settings.renderer.startswith("diffusion:wan")
    with pytest.raises(BadInput, match=r"--license commercial.*ltx"):
        chosen(Settings(renderer="diffusion:ltx"), commercial=True)
    with pytest.raises(UnknownName, match="Known"):
        chosen(Settings(renderer="diffusion:nosuch"))


def test_no_gpu_is_one_clear_line_and_no_folder(gpus, tmp_path, monkeypatch):
    gpus()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="There is no GPU here") as said:
        photoplay.make("A whale loses its song", settings=ALONE, out=tmp_path / "film")
    assert "\n" not in str(said.value)
    assert not (tmp_path / "film").exists()


def test_weights_that_are_not_here_are_said_before_any_work(gpus, tmp_path, monkeypatch):
    gpus(24)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("photoplay.render.registry.importlib.util.find_spec", lambda name: object())
    with pytest.raises(BadInput, match="photoplay weights get") as said:
        photoplay.make("A whale loses its song", settings=ALONE, out=tmp_path / "film")
    assert "\n" not in str(said.value)
    assert not (tmp_path / "film").exists()


def test_a_missing_package_is_said_before_any_work(gpus, monkeypatch):
    gpus(24)
    monkeypatch.setattr("photoplay.render.registry.importlib.util.find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"packages that are not installed.*photoplay\[diffusion\]"):
        preflight(["diffusion:wan-vace"], find_renderer)


def test_a_gpu_renderer_of_others_needs_a_gpu_as_well(gpus):
    class Theirs:
        name, weights, pixels = "theirs", "none", 1

        def capabilities(self):
            return Capabilities(requests=frozenset({"between"}), device="gpu")

    gpus()
    with pytest.raises(BadInput, match="PHOTOPLAY_DEVICE=cpu"):
        preflight(["theirs"], lambda name: Theirs())
    gpus(8)
    preflight(["theirs"], lambda name: Theirs())


def test_a_film_can_be_planned_where_it_cannot_be_made(gpus, tmp_path):
    gpus(24)
    board = photoplay.make(
        "A whale loses its song", settings=ALONE, out=tmp_path / "film", until="board", seconds=30
    )
    plan = board.plan()
    assert {n.renderer for n in plan.nodes} >= {board.film.settings.renderer, "diffusion:flux2-klein-4b"}
    assert [d.kind for d in board.film.decisions.recorded] == ["weights"]


def test_a_film_whose_weights_are_not_known_here_can_be_read(gpus, tmp_path, capsys):
    gpus(24)
    production = photoplay.make(
        "A whale loses its song", settings=ALONE, out=tmp_path / "film", until="board"
    )
    production.edit([Setting(renderer="diffusion:her-own-wan")])
    show_film(photoplay.open_film(tmp_path / "film"))
    said = capsys.readouterr().out
    assert "Takes cannot be looked up here" in said
    assert "her-own-wan" in said
    assert production.film.shots[0].id in said


def test_a_film_goes_back_to_its_weights_after_a_look_at_it_as_an_animatic(tmp_path, gpus):
    gpus(24)
    film = copy_of_a_film(tmp_path / "film")
    production = opened(film)
    production.settle(Settings(renderer="diffusion:wan-vace-1.3b", values={"keyframes": "none"}), here=False)
    production.settle(production.film.settings.model_copy(update={"renderer": "slate"}))
    gpus()
    asked = production.film.settings.model_copy(update={"renderer": "diffusion"})
    production.settle(asked, here=False)
    assert production.film.settings.renderer == "diffusion:wan-vace-1.3b"
    assert production.film.settings.values["keyframes"] == "none"


def test_weights_that_may_not_be_sold_are_refused_later_too_and_for_a_single_shot(gpus, tmp_path):
    gpus(24)
    settings = Settings(renderer="diffusion", values={"license": "commercial"})
    film = photoplay.make("A whale loses its song", settings=settings, out=tmp_path / "film", until="board")
    assert film.film.settings.values["license"] == "commercial"
    film.plan()
    with pytest.raises(BadInput, match=r"--license commercial.*ltx"):
        film.settle(film.film.settings.model_copy(update={"renderer": "diffusion:ltx"}))
    shot = film.film.shots[0].id
    for finisher in ("refine", "upscale"):
        film.edit([ShotSetting(shot=shot, values={finisher: "diffusion:ltx"})])
        with pytest.raises(BadInput, match=r"--license commercial.*ltx"):
            film.plan()
    film.edit([ShotSetting(shot=shot, values={}, renderer="diffusion:ltx")])
    with pytest.raises(BadInput, match=r"--license commercial.*ltx"):
        film.plan()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("steps", "abc", "steps is 'abc'; it must be a number from 1 to 200"),
        ("guidance", 99, "guidance is 99; it must be a number from 0 to 30"),
        ("steps", True, "steps is True"),
        ("precision", "fp4", "precision is 'fp4'; it must be one of: bf16, fp16, fp32"),
        ("tiling", "perhaps", "tiling is 'perhaps'; it must be true or false"),
        ("quality", "good", "quality is 'good'; it must be draft or final"),
    ],
)
def test_a_value_that_no_setting_can_have_is_refused_before_anything_is_remembered(
    gpus, tmp_path, name, value, said
):
    gpus(24)
    settings = Settings(renderer="diffusion:ltx", values={name: value})
    with pytest.raises(BadInput, match=re.escape(said)):
        photoplay.make("A whale loses its song", settings=settings, out=tmp_path / "film", until="board")
    assert not (tmp_path / "film").exists()
