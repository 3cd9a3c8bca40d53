"""The notebook of the examples runs, cell after cell, and what is committed with it is what a person sees."""

import base64
import io
import re

import pytest
from notebook_cells import outputs_of, read, run_cells
from PIL import Image

from photoplay import Film


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """(outputs of the code cells, names afterwards), made small and of slates by the environment."""
    small = {"PHOTOPLAY_RENDERER": "slate"}
    names = {"__name__": "__main__"}
    notebook = read()
    for cell in notebook["cells"]:
        cell["source"] = [line.replace("(640, 360)", "(128, 72)") for line in cell["source"]]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("notebook"))
        for name, value in small.items():
            patch.setenv(name, value)
        told = [
            outputs_of(said, value, n) for n, (_, said, value) in enumerate(run_cells(notebook, names), 1)
        ]
        yield told, names


def test_every_cell_runs_and_the_film_is_made(ran):
    told, names = ran
    assert isinstance(names["film"], Film)
    assert names["film"].path.is_file()
    assert names["film"].storyboard.story.scenes[0].hour == "night"
    assert names["film"].storyboard.settings.renderer == "slate"
    for outputs, kept in zip(
        told, [c["outputs"] for c in read()["cells"] if c["cell_type"] == "code"], strict=True
    ):
        assert [o["output_type"] for o in outputs] == [o["output_type"] for o in kept]


def test_the_last_edit_made_its_own_shots_again_and_no_others(ran):
    told, names = ran
    board = names["film"].storyboard
    wanted = {shot.id for shot in board.shots if shot.scene == board.story.scenes[0].id}
    [said] = re.findall(r"made again: (.*)", "".join(told[-1][0]["text"]))
    assert wanted <= set(said.split())
    assert len(said.split()) < len(board.shots)


def test_what_is_committed_is_small_and_has_real_pictures():
    text = "".join(
        "".join(output["data"].get("text/html", ""))
        for cell in read()["cells"]
        for output in cell.get("outputs", ())
        if "data" in output
    )
    strips = re.findall(r'src="data:image/png;base64,([^"]+)"', text)
    assert len(strips) == 2
    for strip in strips:
        picture = Image.open(io.BytesIO(base64.b64decode(strip))).convert("RGB")
        assert picture.width > 5 * picture.height
        assert len(picture.getcolors(1_000_000)) > 40  # a drawing, no slate
    assert text.count('<video controls preload="none" width="480" src="films/whale/out/film.mp4">') == 2
    assert len(text) < 150_000
    assert not re.search(r"· /|· [A-Z]:", text)  # no folder of whoever ran it
