"""The function writer: a story from a function of one's own.

For tools that write by themselves, and for tests that want a writer they control.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from ..storyboard.errors import WriterNonsense
from ..storyboard.film import Brief
from ..storyboard.treatment import Treatment
from .writer import Tell, Written


class FunctionWriter:
    """Writes by calling ``function(brief, seed)``, which returns a ``Treatment`` or its plain data.

    ``name`` is what the film records as its writer.
    """

    def __init__(
        self, function: Callable[[Brief, int], Treatment | dict[str, object]], name: str = "function"
    ) -> None:
        self.name = name
        self.model = ""
        self._function = function

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The function's story. Raises ``WriterNonsense`` where it is not a valid treatment."""
        answer = self._function(brief, seed)
        try:
            treatment = answer if isinstance(answer, Treatment) else Treatment.model_validate(answer)
        except (ValidationError, RecursionError) as error:
            fault = str(error).splitlines()
            raise WriterNonsense(
                f"The writer {self.name!r} gave no valid story: {'; '.join(fault[1:3]) or 'too deep'}. "
                "Nothing was changed."
            ) from None
        return Written(treatment)
