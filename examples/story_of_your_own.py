"""Film a story that your own program wrote: a function of twenty lines returns the whole treatment.

    python examples/story_of_your_own.py films/fox               a film of 20 seconds, 1280x720
    python examples/story_of_your_own.py films/fox 16 320 180    16 seconds, 320x180

What is None is decided by the grammar of film when the story is boarded. The JSON Schema of all of
it: ``photoplay schema treatment``. Data that is no treatment is refused, and says where.
"""

import random
import sys
from pathlib import Path

from photoplay import Studio
from photoplay.storyboard.film import Brief

OPEN = dict.fromkeys(("target", "size", "angle", "view", "move", "opens"))
"""What a shot leaves to the boarding."""
CHARACTERS = [
    {"name": "the fox", "noun": "fox", "words": "A small red fox.", "being": "quadruped"},
    {"name": "Mila", "noun": "girl", "words": "A girl with braids, in a blue coat.", "being": "person"},
]
PLACES = [
    {"name": "the forest", "words": "A birch forest in autumn."},
    {"name": "the village", "words": "A few wooden houses at the edge of the forest."},
]
SCENES = [
    ("Found", "setup", "the forest", "dusk", [
        ("The fox runs through the forest.", "the fox", "runs", None, "A fox found {a}."),
        ("The fox looks at {the}.", "the fox", "looks", "{the}", ""),
    ]),
    ("Brought home", "resolution", "the village", "night", [
        ("The fox walks into the village.", "the fox", "walks", None, "He carried it home to Mila."),
        ("Mila greets the fox.", "Mila", "waves", "the fox", "And she never lost it again."),
    ]),
]  # fmt: skip
"""Title, beat, place, hour, and for each shot: sentence, actor, verb, target, narration."""


def fable(brief: Brief, seed: int) -> dict[str, object]:
    """A fox brings home what fell from the sky. Another seed, another thing."""
    thing = random.Random(seed).choice(["lantern", "kite", "bell"])
    names = {"a": f"a {thing}", "the": f"the {thing}"}
    scenes = []
    for title, beat, place, hour, rows in SCENES:
        shots = []
        for row in rows:
            sentence, actor, verb, target, said = (cell and cell.format(**names) for cell in row)
            props = [names["the"]] if target == names["the"] else []
            lines = [{"speaker": None, "kind": "narration", "words": said}] if said else []
            shots.append({**OPEN, "sentence": sentence, "actor": actor, "verb": verb, "target": target,
                          "manner": "", "parts": [], "props": props, "opening": "", "closing": "",
                          "lines": lines})  # fmt: skip
        scenes.append({"title": title, "beat": beat, "place": place, "place_state": "", "hour": hour,
                       "weather": "clear", "mood": "tender", "shots": shots})  # fmt: skip
    return {"title": f"The fox and the {thing}", "logline": brief.idea, "language": "en", "season": "autumn",
            "mood": "tender", "era": "", "look_words": "", "characters": CHARACTERS, "places": PLACES,
            "props": [{"name": names["the"], "words": names["a"]}], "scenes": scenes}  # fmt: skip


def main(out: Path, seconds: int = 20, width: int = 1280, height: int = 720) -> None:
    studio = Studio(writer=fable, size=(width, height), seed=3)
    film = studio.make("A fox brings home what fell from the sky", out=out, seconds=seconds)
    print(f"The film: {film.path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
