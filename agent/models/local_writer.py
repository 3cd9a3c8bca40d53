"""The writer ``local:NAME``: a story from weights on this machine, always in steps."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from ...storyboard.errors import BadInput
from ...storyboard.film import Brief
from ...storyboard.treatment import Treatment
from ..writer import Tell, Written
from .local import LocalModel
from .partial import Keeping, Unkept
from .steps import InSteps

LONGEST_IDEA = 60_000
"""Characters of an idea or story; the model's own context may be shorter, and is asked for then."""


class LocalWriter:
    """Writes with the weights of the table ``[local.NAME]``. No network, no key, no cost."""

    name = "local"

    def __init__(self, variant: str = "") -> None:
        """Raises ``BadInput`` or ``UnknownName`` where there are no such weights. Loads nothing yet."""
        if not variant:
            raise BadInput("The local writer needs a name: --writer local:NAME, a table in photoplay.toml.")
        self.model = variant
        self.keeping: Keeping = Unkept()
        """Keeps what was written of a story; whoever lets it write may give another."""
        self._asked = LocalModel(variant)

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The story for ``brief``. Raises as ``InSteps.write``, and ``BadInput`` for too long a text."""
        return self._write(brief, seed, tell, (), None)

    def revise(
        self, brief: Brief, seed: int, treatment: Treatment, problems: Sequence[str], tell: Tell
    ) -> Written:
        """``treatment`` with the ``problems`` put right. Raises as ``write`` does."""
        return self._write(brief, seed, tell, tuple(problems), treatment)

    def _write(
        self, brief: Brief, seed: int, tell: Tell, asked: tuple[str, ...], before: Treatment | None
    ) -> Written:
        if len(brief.idea) > LONGEST_IDEA:
            raise BadInput(
                f"The story has {len(brief.idea):,} characters; the local writer reads up to "
                f"{LONGEST_IDEA:,}. Bring a chapter at a time. Nothing was made."
            )
        with contextlib.closing(self._asked):
            return InSteps(self._asked, brief, seed, tell, self.keeping, asked=asked, before=before).write()
