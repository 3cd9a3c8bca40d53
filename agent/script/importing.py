"""A script taken into a film that is there: a proposal with its difference, like any other change."""

from __future__ import annotations

from ...storyboard.edit_types import SetBrief
from ...storyboard.edits import apply_all
from ...storyboard.errors import Unmeetable
from ..directing.brief_kept import loosened
from ..directing.proposing import turn_of
from ..directing.turn import Turn
from ..directing.understood import Understood
from ..steps import Steps
from .revising import revision_of

SAME = "The film tells this script already, word for word. Nothing was changed."
WORDS = "a new version of the script was taken in"


def proposed(production: Steps, text: str) -> Turn:
    """What the script would change in the film, as a proposal that waits for a yes. Changes nothing.

    Raises ``BadInput`` where there is nothing to film in it.
    """
    revision = revision_of(production.film, text)
    if all(isinstance(edit, SetBrief) for edit in revision.edits):  # other notes or spaces at most
        return Turn("answer", SAME, Understood(answer=SAME))
    return turn_of(production, Understood(edits=revision.edits, notices=revision.notices))


def take_script(production: Steps, text: str) -> None:
    """Take a new version of its script into a film, as one step of its history. Makes nothing.

    Raises ``Unmeetable`` where something that was asked for would not hold any more; nothing is changed then.
    """
    with production.project.lock():
        film = production.film
        revision = revision_of(film, text)
        if not revision.edits:
            return
        asked, _ = loosened(film, apply_all(film, revision.edits))
        if asked:
            raise Unmeetable(
                "\n".join((*asked, "Nothing was changed. Take the script in with `photoplay import DIR FILE "
                "--loosen`, which asks for the nearest that can from then on."))
            )  # fmt: skip
        production.project.commit(revision.edits, WORDS, "person")
    for notice in revision.notices:
        production.tell("notice", notice)
    production.tell("write", "The new version of the script is taken in; what it changes is made again")
