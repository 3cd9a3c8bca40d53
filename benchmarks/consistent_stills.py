"""What stills that read a scene's identity pictures cost over plain ones, with tiny random weights.

    python benchmarks/consistent_stills.py [--side 256] [--stills 4] [--identities 1 2 3] [--rate 50]

Prints CPU seconds of one call for plain stills and for the same beside so many identity pictures (none of
which is asked for), the ratio, how many times as many pictures are drawn, and how many times as many keys
their self-attention in the up blocks has, by the formula of ``render/diffusion/consistency.py``. Tiny
weights share out their time otherwise than large ones: the ratio of pictures is what to reckon with.
"""

import argparse
import functools
import os
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from photoplay.render.protocol import Job
from photoplay.render.requests import Beside, Raster, Still
from photoplay.storyboard.film import Brief, Film, Settings

STEPS = 10
READING = 0.75
"""Share of the calls in which a layer reads, on the average over a schedule's steps."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--side", type=int, default=256, help="pixels of a still's side, a multiple of 16")
    asked.add_argument("--stills", type=int, default=4, help="stills of a call, 1 to 4")
    asked.add_argument("--identities", type=int, nargs="+", default=[1, 2, 3])
    asked.add_argument("--rate", type=int, default=50, help="percent of an identity picture that is read")
    asked.add_argument("--repeat", type=int, default=3, help="the least of so many measurements counts")
    given = asked.parse_args()
    if any(find_spec(name) is None for name in ("torch", "diffusers", "transformers")):
        print('Not measured: the extra "diffusion" is not installed.')
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(_renderer(Path(folder)), given)


def compare(renderer, given) -> None:
    """Print the table."""
    plain = [
        Still(
            picture=_picture(),
            raster=Raster(width=given.side, height=given.side),
            seed=seed,
            settings={"steps": STEPS, "consistent-rate": given.rate},
        )
        for seed in range(given.stills)
    ]
    _spent(renderer, plain, 1)  # loads the weights and encodes the prompts
    base = _spent(renderer, plain, given.repeat)
    print(f"{given.stills} stills of {given.side} x {given.side}, {STEPS} steps, rate {given.rate} %")
    print(f"  plain                  {base:6.2f} CPU s")
    for count in given.identities:
        beside = tuple(Beside(picture=_picture(), seed=1000 + n) for n in range(count))
        read = _spent(renderer, [s.model_copy(update={"beside": beside}) for s in plain], given.repeat)
        pictures, keys = costs(count, given.stills, given.rate / 100)
        print(
            f"  beside {count} pictures      {read:6.2f} CPU s: {read / base:.2f} times; "
            f"{pictures:.2f} times the pictures, {keys:.2f} times the keys"
        )


def costs(identities: int, stills: int, rate: float) -> tuple[float, float]:
    """(Pictures, keys of self-attention in the up blocks) over those of plain stills."""
    of_stills = stills * (1 + READING * rate * identities)
    of_identities = identities * (1 + READING * rate * (identities - 1))
    return (identities + stills) / stills, (of_stills + of_identities) / stills


def _spent(renderer, stills, repeat: int) -> float:
    spent = []
    for _ in range(repeat):
        began = time.process_time()
        list(renderer.render([Job(still) for still in stills], lambda job, share, words="": None))
        spent.append(time.process_time() - began)
    return min(spent)


def _renderer(folder: Path):
    from photoplay.render.diffusion.renderer import Diffusion
    from photoplay.render.diffusion.tiny import write

    weights = folder / "weights.toml"
    weights.write_text(f'[weights.tiny-sdxl]\nfamily = "sdxl"\nsource = "{write("sdxl", folder / "sdxl")}"\n')
    os.environ["PHOTOPLAY_WEIGHTS"] = str(weights)
    os.environ["PHOTOPLAY_DEVICE"] = "cpu"
    renderer = Diffusion("tiny-sdxl")
    renderer.load("cpu", None)
    return renderer


@functools.cache
def _picture():
    from photoplay.agent.outline import OutlineWriter
    from photoplay.storyboard.boarding import board
    from photoplay.storyboard.casting import cast
    from photoplay.storyboard.edit_types import Tell
    from photoplay.storyboard.edits import apply
    from photoplay.storyboard.picture import picture

    brief = Brief(idea="A lighthouse keeper finds a fox in the snow", seconds=20)
    treatment = OutlineWriter().write(brief, 0, lambda words: None).treatment
    story = cast(treatment, brief, 0)
    shots, opening, ending = board(treatment, story, brief, Settings())
    film = apply(Film(id="film", brief=brief), Tell(story=story, shots=shots, opening=opening, ending=ending))
    return picture(film, film.shots[0])


if __name__ == "__main__":
    main()
