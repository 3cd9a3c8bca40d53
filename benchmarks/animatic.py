"""The animatic in figures: frames a CPU-second by style, where the time goes, and what it has drawings for.

    python benchmarks/animatic.py [--shots N]

Draws shots of the stories of ``benchmarks/stories.txt`` at 1280x720 in this process, without encoding.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections import Counter
from pathlib import Path

import photoplay
from photoplay.render.animatic.figures import PERFORMED, figure_kinds
from photoplay.render.animatic.places.recipes import PIECES
from photoplay.render.animatic.renderer import Animatic
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Between, Raster
from photoplay.storyboard import lexicon
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.picture import picture
from photoplay.storyboard.vocabulary import PlaceKind, Style

HERE = Path(__file__).parent
PARTS = (
    ("place, baked once a shot", ("baked",)),
    ("place, laid down", ("draw", "plates.py")),
    ("figures", ("draw", "figure.py")),
    ("things", ("_thing", "screen.py")),
    ("rain, snow, fog", ("draw", "weather.py")),
    ("life of the place", ("draw", "life.py")),
    ("grain and vignette", ("finish", "screen.py")),
)


def boarded() -> list[photoplay.storyboard.film.Film]:
    """The forty stories, boarded by the outline writer."""
    stories = (HERE / "stories.txt").read_text(encoding="utf-8").splitlines()
    films = []
    with tempfile.TemporaryDirectory() as folder:
        for n, story in enumerate(filter(None, stories)):
            films.append(photoplay.make(story, out=Path(folder) / str(n), until="board").film)
    return films


def drawn(films: list, shots: int, style: Style) -> tuple[int, float]:
    """(frames, CPU seconds) of two seconds of so many shots in a style."""
    begun, frames = time.process_time(), 0
    for n in range(shots):
        film = films[n * 7 % len(films)]
        shot = film.shots[n * 3 % len(film.shots)]
        seen = picture(film, shot).model_copy(update={"style": style})
        job = Job(Between(picture=seen, raster=Raster(width=1280, height=720), frames=48, seed=shot.seed))
        frames += sum(o.hold for o in Animatic().render([job], lambda *a, **k: None) if isinstance(o, Frame))
    return frames, time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=12)
    shots = parser.parse_args().shots
    films = boarded()
    drawn(films, 2, Style.cut_paper)
    print(f"frames a CPU-second at 1280x720, {shots} shots of 2 s, places baked for each, not encoded:")
    for style in Style:
        frames, seconds = drawn(films, shots, style)
        print(f"  {style.value:16} {frames / seconds:6.1f}")
    profile = cProfile.Profile()
    profile.enable()
    drawn(films, shots, Style.cut_paper)
    profile.disable()
    told = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(row[2] for row in told.values())
    print("share of the time by part (profiled; cut-paper):")
    for name, (function, *file) in PARTS:
        spent = sum(
            row[3]
            for (where, _, what), row in told.items()
            if what == function
            and (not file or where.endswith(f"animatic/{file[0]}") or where.endswith(f"figures/{file[0]}"))
        )
        print(f"  {name:26} {spent / whole:6.1%}")
    words = Counter(action for action in PERFORMED)
    verbs = {lemma for lemmas in data("verbs")["actions"].values() for lemma in lemmas}
    print("drawings:")
    print(
        f"  {len(figure_kinds())} beings and animals, {len(words)} actions for {len(verbs)} verbs, {len(lexicon.thing_kinds())} things for "
        f"{sum(1 + len(row['also']) for row in data('things').values())} nouns,"
    )
    print(
        f"  {len(PlaceKind)} kinds of places of {len(PIECES)} pieces, {len(data('people'))} trades and sorts of people, {len(Style)} styles"
    )
    named = [(p.name, p.look.known) for film in films for p in (*film.story.characters, *film.story.props)]
    acts = [shot.event for film in films for shot in film.shots if shot.event.actor]
    strange = sorted({name for name, known in named if not known})
    unknown = sum(not known for _, known in named)
    print(
        f"over the {len(films)} stories: {unknown} of {len(named)} named beings and things without a drawing = {unknown / len(named):.1%} {strange}"
    )
    verbless = [event.verb for event in acts if not event.known]
    print(
        f"  {len(verbless)} of {len(acts)} verbs without a performance = {len(verbless) / len(acts):.1%} {sorted(set(verbless))}"
    )


if __name__ == "__main__":
    main()
