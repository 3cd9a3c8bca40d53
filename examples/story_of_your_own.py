"""Film a story that your own program wrote: a function returns the whole treatment.

    python examples/story_of_your_own.py films/fox               a film of 20 seconds, 1280x720
    python examples/story_of_your_own.py films/fox 16 320 180    16 seconds, 320x180

What is None is decided by the grammar of film when the story is boarded. The JSON Schema of all of
it: ``photoplay schema treatment``.
"""

import random
import sys
from pathlib import Path

import photoplay
from photoplay.storyboard.film import Brief, Settings
from photoplay.storyboard.treatment import (
    TreatedCharacter,
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from photoplay.storyboard.vocabulary import (
    Beat,
    Being,
    Expression,
    Hour,
    LineKind,
    Mood,
    Season,
    ShotSize,
    Weather,
)


def shot(
    sentence: str,
    actor: str,
    verb: str,
    narration: str = "",
    *,
    target: str | None = None,
    size: ShotSize | None = None,
    parts: tuple[TreatedPart, ...] = (),
    props: tuple[str, ...] = (),
) -> TreatedShot:
    """One event, perhaps with a narrated line; all else is left to the boarding."""
    lines = (TreatedLine(speaker=None, kind=LineKind.narration, words=narration),) if narration else ()
    return TreatedShot(
        sentence=sentence, actor=actor, verb=verb, target=target, manner="", parts=parts, props=props,
        size=size, angle=None, view=None, move=None, opens=None, opening="", closing="", lines=lines,
    )  # fmt: skip


def scene(title: str, beat: Beat, place: str, hour: Hour, mood: Mood, *shots: TreatedShot) -> TreatedScene:
    """One place and time, in clear weather."""
    return TreatedScene(
        title=title, beat=beat, place=place, place_state="", hour=hour, weather=Weather.clear, mood=mood,
        shots=shots,
    )  # fmt: skip


def fable(brief: Brief, seed: int) -> Treatment:
    """A fox brings home what fell from the sky. Another seed, another thing."""
    found = random.Random(seed).choice(["a lantern", "a kite", "a bell"])
    thing = found.replace("a ", "the ", 1)
    both = (
        TreatedPart(name="Mila", state="", expression=Expression.happy),
        TreatedPart(name="the fox", state="", expression=Expression.happy),
    )
    return Treatment(
        title=f"The fox and {thing}",
        logline=brief.idea,
        language="en",
        season=Season.autumn,
        mood=Mood.tender,
        era="",
        look_words="",
        characters=(
            TreatedCharacter(name="the fox", noun="fox", words="A small red fox.", being=Being.quadruped),
            TreatedCharacter(
                name="Mila", noun="girl", words="A girl with braids, in a blue coat.", being=Being.person
            ),
        ),
        places=(
            TreatedPlace(name="the forest", words="A birch forest in autumn."),
            TreatedPlace(name="the village", words="A few wooden houses at the edge of the forest."),
        ),
        props=(TreatedProp(name=thing, words=found),),
        scenes=(
            scene("Found", Beat.setup, "the forest", Hour.dusk, Mood.mysterious,
                shot("The fox runs through the forest.", "the fox", "runs", f"A fox found {found}."),
                shot(f"The fox looks at {thing}.", "the fox", "looks", target=thing, props=(thing,)),
            ),
            scene("Brought home", Beat.resolution, "the village", Hour.night, Mood.tender,
                shot("The fox walks into the village.", "the fox", "walks", "He carried it home to Mila."),
                shot("Mila greets the fox.", "Mila", "waves", "And she never lost it again.",
                     target="the fox", size=ShotSize.full, parts=both),
            ),
        ),
    )  # fmt: skip


def main(out: Path, seconds: int = 20, width: int = 1280, height: int = 720) -> None:
    production = photoplay.make(
        "A fox brings home what fell from the sky",
        out=out,
        seconds=seconds,
        settings=Settings(width=width, height=height, seed=3),
        writer=photoplay.FunctionWriter(fable, name="fable"),
    )
    print(f"The film: {production.film_path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
