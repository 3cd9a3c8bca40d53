"""The two films of ``reading_table``: made by the outline writer, cast and boarded, as people had them before them."""

import json
from pathlib import Path

from photoplay.storyboard.film import Film

HERE = Path(__file__).parent


def films():
    """The films by name, as they were written when the change requests were."""
    return {
        name: Film.model_validate(json.loads((HERE / f"reading_film_{name}.json").read_text("utf-8")))
        for name in "ab"
    }
