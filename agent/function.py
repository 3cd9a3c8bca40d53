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
        except ValidationError as error:
            raise self._nonsense(_first_fault(error)) from None
        except RecursionError:
            raise self._nonsense("it is nested too deeply") from None
        return Written(treatment)

    def _nonsense(self, why: str) -> WriterNonsense:
        return WriterNonsense(f"The writer {self.name!r} gave no valid story: {why}. Nothing was changed.")


def _first_fault(error: ValidationError) -> str:
    """Where a story is not valid, and why."""
    first = error.errors(include_url=False)[0]
    if not first["loc"]:
        return f"a Treatment or its plain data was expected, and not {type(first['input']).__name__}"
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
