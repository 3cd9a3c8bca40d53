"""The storyboard sheet: every shot is on it, in the PNG and in the PDF."""

import numpy as np
import pytest
import skia

from photoplay.render.board_sheet import Panel, board_sheet


def panel(number="1.1", picture=None, **told):
    settings = {
        "camera": "wide · eye level · static",
        "sentence": "Anna waves.",
        "lines": ("NARRATOR: She had waited all year.",),
        "seconds": 4.0,
        "scene": "Scene 1 · harbour, dusk",
    }
    return Panel(picture=picture, number=number, **(settings | told))


def flat(colour, wide=64, high=36, channels=3):
    picture = np.empty((high, wide, channels), np.uint8)
    picture[...] = (*colour, 0)[:channels]
    return picture


def sheet(tmp_path, panels, title="A Film"):
    png, pdf = tmp_path / "board.png", tmp_path / "board.pdf"
    pages = board_sheet(panels, title, png, pdf)
    image = skia.Image.open(str(png)).toarray(colorType=skia.kRGBA_8888_ColorType)
    return pages, image[..., :3].astype(int), pdf.read_bytes()


@pytest.mark.parametrize(("shots", "pages"), [(0, 1), (1, 1), (12, 1), (13, 2), (30, 3)])
def test_twelve_shots_to_a_page(tmp_path, shots, pages):
    made, image, pdf = sheet(tmp_path, [panel(str(i)) for i in range(shots)])
    assert made == pages
    assert image.shape[0] == pages * 1190
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == pages


@pytest.mark.parametrize("channels", [3, 4])
def test_the_picture_of_a_shot_is_on_the_sheet_in_its_own_colour(tmp_path, channels):
    _, image, _ = sheet(tmp_path, [panel(picture=flat((200, 40, 90), channels=channels))])
    assert (np.abs(image - (200, 40, 90)).max(axis=2) < 6).sum() > 50_000


def test_an_upright_picture_is_not_stretched(tmp_path):
    _, image, _ = sheet(tmp_path, [panel(picture=flat((10, 200, 30), 36, 64))])
    rows, columns = np.nonzero(np.abs(image - (10, 200, 30)).max(axis=2) < 6)
    assert (rows.max() - rows.min()) / (columns.max() - columns.min()) == pytest.approx(64 / 36, rel=0.15)


def test_words_without_end_stay_in_their_panel(tmp_path):
    long = panel(
        sentence="word " * 900, lines=("ANNA: " + "talk " * 900,), camera="c " * 300, scene="s " * 99
    )
    second = panel("1.2", scene="another")
    _, with_long, _ = sheet(tmp_path, [long, second], title="Title " * 60)
    _, without, _ = sheet(tmp_path, [panel("1.1"), second], title="Title " * 60)
    assert (with_long[:, 470:] == without[:, 470:]).all()
    assert (with_long[470:1100] == without[470:1100]).all()
