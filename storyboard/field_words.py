"""What is written under the fields of a data class, for its JSON schema.

pydantic can gather it as each class is made, and reads every source file over again to do so: a fifth of a
second of each process that starts, for what only a schema shows. Here it is read when a schema is asked for.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache


def field_words(model: type) -> dict[str, str]:
    """Field -> the string that stands under it, in the class itself or in one that it is made from."""
    words: dict[str, str] = {}
    for base in reversed(model.__mro__):
        words.update(_of_module(base.__module__).get(base.__qualname__, {}))
    return words


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """Class -> field -> words; nothing where the source is not at hand (a frozen program)."""
    module = sys.modules.get(name)
    if module is None or not name.startswith(__name__.partition(".")[0]):
        return {}
    try:
        tree = ast.parse(inspect.getsource(module))
    except OSError:
        return {}
    return {node.name: _under_fields(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _under_fields(made: ast.ClassDef) -> dict[str, str]:
    words = {}
    for field, below in zip(made.body, made.body[1:], strict=False):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        said = below.value if isinstance(below, ast.Expr) else None
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            words[field.target.id] = inspect.cleandoc(said.value)
    return words
