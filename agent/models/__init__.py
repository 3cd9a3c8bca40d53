"""Language models of every size: whoever answers, it is asked through the seam ``LanguageModel``."""

from __future__ import annotations

from ...storyboard.errors import BadInput, UnknownName
from ..language_model import LanguageModel
from ..purse import Purse
from ..writer import Tell

KINDS = ("local", "openai")


def find_model(spec: str, purse: Purse | None = None, tell: Tell | None = None) -> LanguageModel:
    """The language model of that spec: ``openai`` or ``openai:MODEL`` (any server that speaks its wire),
    or ``local:NAME`` (weights on this machine, by a table in the user's ``photoplay.toml``).

    ``purse`` pays for each answer; ``tell`` hears what it is doing. Close it when it is asked no more.
    Nothing is asked of a network here. Raises ``UnknownName`` and ``BadInput``.
    """
    kind, _, variant = spec.partition(":")
    if kind == "openai":
        from .wire import WireModel

        return WireModel(variant, purse, tell)
    if kind == "local":
        if not variant:
            raise BadInput("local needs the name of a table in photoplay.toml, such as local:qwen.")
        from .local import LocalModel

        return LocalModel(variant, tell)
    raise UnknownName("language model", spec, list(KINDS))
