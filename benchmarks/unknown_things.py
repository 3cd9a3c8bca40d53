"""The share of named things without a drawing, over ten stories that whoever drew them had not seen."""

import sys

from photoplay.agent.filming import drawn_as_labels
from photoplay.agent.outline import OutlineWriter
from photoplay.storyboard.boarding import board
from photoplay.storyboard.casting import cast
from photoplay.storyboard.edit_types import Tell
from photoplay.storyboard.edits import apply
from photoplay.storyboard.film import Brief, Film, Settings

STORIES = (
    "A night-shift nurse trades her watch for a jar of fireflies",
    "The beekeeper's daughter smuggles honey across a frozen border",
    "A retired boxer teaches a shy heron to dance on the frozen canal",
    "Inspector Okafor follows a trail of buttons to an abandoned observatory",
    "A clumsy wizard loses his spellbook in a supermarket",
    "Twin sisters inherit a submarine and a parrot that tells only lies",
    "A postman delivers the last telegram to a village under the snow",
    "The robot gardener hides a sunflower from the factory inspectors",
    "A cellist and a burglar are trapped in the same elevator. The cellist plays to stay calm. "
    "The burglar drops his crowbar and weeps. At dawn the doors open and neither of them leaves.",
    "Grandfather builds a kite from old newspapers. The wind carries it over the harbour and the "
    "cranes. A seagull cuts the string with its beak. The boy runs along the quay with a candle in a "
    "lantern and finds the kite in a fishing net.",
)


def main():
    unknown = named = 0
    for idea in STORIES:
        brief = Brief(idea=idea, seconds=None if idea.count(".") > 1 else 60)
        written = OutlineWriter().write(brief, 0, lambda words: None)
        story = cast(written.treatment, brief, 0)
        shots, opening, ending = board(written.treatment, story, brief, Settings())
        film = apply(
            Film(id="film", brief=brief), Tell(story=story, shots=shots, opening=opening, ending=ending)
        )
        labels, things, names = drawn_as_labels(film)
        unknown, named = unknown + labels, named + things
        print(f"{labels} of {things}: {idea[:60]} {names or ''}")
    share = 100 * unknown / named
    print(f"{unknown} of {named} named things in ten stories have no drawing: {share:.0f} % (at most 15)")
    return share <= 15


if __name__ == "__main__":
    sys.exit(not main())
