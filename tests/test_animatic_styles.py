"""The styles: in each, who acts parts from the place, the hour is told, and the hand is that of its tool."""

from itertools import combinations

import numpy as np
import pytest
import skia

from photoplay.render.animatic import pigment
from photoplay.render.animatic.figures.shapes import line
from photoplay.render.animatic.glow import glowing, layered
from photoplay.render.animatic.grain import veil_pixels
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.light import air
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.tones import bright, mixed, rgb, vivid
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import CameraIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Hour, PlaceKind, ShotSize, Style

HOURS = list(Hour)
COATS = ("#23375a", "#7a3b2e", "#4f7d48", "#8a6a4a", "#2a2430")


def lit(style: Style, hour: Hour = Hour.noon, interior: bool = False):
    look = PlaceLook(kind=PlaceKind.kitchen if interior else PlaceKind.meadow, interior=interior, layout=7)
    place = PlaceIn(id="place", words="", look=look)
    camera = CameraIn(size=ShotSize.wide)
    picture = Picture(sentence="It is so.", actor=None, place=place, figures=(), things=(), camera=camera,
                      hour=hour, style=style)  # fmt: skip
    return air(picture, interior)


@pytest.mark.parametrize("interior", [False, True])
@pytest.mark.parametrize("hour", HOURS)
def test_a_puppet_is_dark_before_a_lit_screen(hour, interior):
    found = lit(Style.shadow, hour, interior)
    figures, place = found.figure_ink(0.01), (found.unhazed() if interior else found).ink(1.0, 0.01)
    darkest = min(bright(place.seen(pigment.body(Style.shadow, c, 0.0, False))) for c in COATS)
    floor = min(bright(place.seen(pigment.flat(c, Style.shadow))) for c in COATS)
    palest = max(bright(figures.seen(pigment.body(Style.shadow, c, 0.0, True))) for c in COATS)
    assert min(darkest, floor) > palest + 45


def test_a_puppets_face_is_lighter_than_its_hair_and_coat():
    face, eyes = (bright(pigment.body(Style.shadow, c, 0.0, True)) for c in ("#e8c4a0", "#fbf6ea"))
    hair = bright(pigment.body(Style.shadow, "#2a2024", 0.0, True))
    assert hair + 15 < face < eyes < 105


@pytest.mark.parametrize("style", [Style.neon, Style.chalk])
def test_on_dark_pages_who_acts_is_filled_and_the_place_is_sketched(style):
    for coat in COATS:
        acts, place = (pigment.edges(style, coat, coat, acting, 1.0)[0] for acting in (True, False))
        assert acts.widths > place.widths
        assert acts.alpha > place.alpha + 0.3
    assert bright(pigment.body(style, "#ffffff", 0.0, True)) > bright(pigment.flat("#ffffff", style)) + 60


@pytest.mark.parametrize("style", [Style.shadow, Style.ink, Style.neon, Style.chalk])
def test_day_dusk_and_night_have_skies_of_their_own(style):
    skies = [rgb(lit(style, hour).horizon) for hour in (Hour.noon, Hour.dusk, Hour.night)]
    least = 16 if style is Style.ink else 40
    for one, other in combinations(skies, 2):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) >= least


def test_a_line_in_ink_is_ink():
    red, green, blue = rgb(pigment.line(Style.ink, "#e8b02a"))
    assert max(red, green, blue) - min(red, green, blue) < 90


def test_a_tube_shines_in_the_hue_of_what_it_goes_round():
    (tube,) = pigment.edges(Style.neon, "#3a2018", "#000000", True, 1.0)
    red, _, blue = rgb(tube.colour)
    assert red > 235
    assert blue < 140
    (grey,) = pigment.edges(Style.neon, "#2a2a2c", "#000000", True, 1.0)
    assert rgb(grey.colour)[2] > 240


def test_what_has_no_hue_gets_none():
    assert vivid("#808080", 0.9, 0.5) == "#808080"
    assert mixed(vivid("#804040", 0.5, 1.0), "#000000", 0.0) == "#ff8080"


def drawn(ink: Ink, radius: float, colour: str = "#101010") -> np.ndarray:
    """A round of a colour on a grey page, 64 pixels square."""
    surface = paper(64, 64)
    canvas = surface.getCanvas()
    canvas.clear(skia.Color(120, 120, 120))
    path = skia.Path()
    path.addCircle(32, 32, radius)
    ink.piece(canvas, path, colour)
    return surface.toarray()[..., :3].astype(int)


@pytest.mark.parametrize("style", [Style.neon, Style.chalk])
def test_no_line_goes_round_a_pupil(style):
    ink = Ink(style, 2.0, acts=True)
    assert drawn(ink, 20).max() > 150
    assert drawn(ink, 4).max() <= 121
    assert drawn(ink, 4, "#9fd8ff").max() > 150  # but round a tear


@pytest.mark.parametrize("style", [Style.neon, Style.chalk])
def test_a_pipe_of_the_place_does_not_outshine_who_acts(style):
    page = []
    for width in (1.5, 12.0):
        surface = paper(64, 64)
        Ink(style, 1.0).mark(surface.getCanvas(), line([(0, 32), (64, 32)]), "#8fa0b0", width)
        page.append(surface.toarray()[32, 32, :3].mean())
    assert page[1] < 0.7 * page[0]


def test_the_line_of_a_brush_swells_below():
    page = drawn(Ink(Style.ink, 4.0, acts=True), 20, "#f0f0f0")[:, 32, 0]
    above, below = (page[:32] < 110).sum(), (page[32:] < 110).sum()
    assert below >= above + 2


def test_a_tear_in_ink_is_drawn_with_the_tip_of_the_brush():
    ink = Ink(Style.ink, 2.0, acts=True)
    small, large = (drawn(ink, radius, "#f0f0f0")[:, 32, 0] for radius in (8, 20))
    assert 0 < (small < 110).sum() < (large < 110).sum()


def test_a_wash_leaves_bare_paper_at_the_edges():
    wash = veil_pixels(lit(Style.ink), 320, 180, 3)
    assert wash[:, :2, 3].mean() > 180
    assert wash[60:120, 100:220, 3].mean() < 60


def test_the_tooth_of_a_board_is_subtle_and_as_large_in_every_size():
    shares = []
    for width, height in ((1280, 720), (2560, 1440)):
        veil = veil_pixels(lit(Style.chalk), width, height, 3)[
            height // 3 : height // 2, width // 3 : width // 2
        ]
        tooth = veil[..., 3] / 255
        assert 0.008 < tooth.std() < 0.05
        assert veil[..., :3].max() < 70  # what shows through is the board, so that bare board has no speckle
        shares.append(float(np.abs(np.diff(tooth, axis=1)).mean() * width))
    assert 0.75 < shares[1] / shares[0] < 1.3


@pytest.mark.parametrize("style", [Style.neon, Style.chalk])
def test_on_dark_pages_the_place_is_dark_and_faces_are_not(style):
    assert max(bright(pigment.body(style, c, 0.0, False)) for c in COATS) < 75
    assert bright(pigment.body(style, "#e8c4a0", 0.0, True)) > bright(pigment.flat("#e8c4a0", style)) + 20


def test_bright_tubes_throw_light_beside_them_and_what_is_dark_or_faint_does_not():
    def thrown(colour: int, height: int) -> int:
        page = paper(height * 16 // 9, height)
        page.getCanvas().clear(skia.ColorBLACK)
        layer, middle = layered(page.getCanvas()), height / 2
        layer.getCanvas().drawRect(skia.Rect.MakeXYWH(middle, middle, 60, 8), skia.Paint(Color=colour))
        glowing(page.getCanvas(), layer)
        return int(page.toarray()[height // 2 - 5, height // 2 + 30, :3].max())

    for height in (216, 720):
        assert thrown(skia.Color(255, 120, 60), height) > 20
        assert thrown(skia.Color(40, 30, 60), height) < 4
        assert thrown(skia.Color(255, 240, 168, 30), height) < 4


def test_a_tube_shines_in_any_light():
    dim = (0.3, 0.3, 0.4)
    tubes = [drawn(Ink(Style.neon, 3.0, light, acts=True), 20, "#c04020").max() for light in (dim, (1, 1, 1))]
    assert tubes[0] == tubes[1]
