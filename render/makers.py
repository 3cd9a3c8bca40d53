"""Who makes the pictures of a film: renderers with their weights and licences, as its credits name them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from ..storyboard.errors import BadInput
from ..storyboard.film import Film
from .nodes import Node
from .protocol import Capabilities, Renderer

TECHNICAL = frozenset({"guide", "conform", "join", "title", "speak", "score", "effect"})
"""Requests that draw nothing that is seen of a shot."""


def planned_makers(
    film: Film, nodes: Iterable[Node], find: Callable[[str], tuple[Renderer, Capabilities]]
) -> tuple[dict[str, set[str]], dict[str, str | None]]:
    """(renderer -> identities of its weights, renderer -> licence) of those that draw the film's shots."""
    shots = {shot.id for shot in film.shots}
    names = {n.renderer for n in nodes if n.item in shots and n.request.kind not in TECHNICAL}
    found = {name: {_weights(find(name)[0])} for name in names}
    return found, licences_of(found)


def licences_of(names: Collection[str]) -> dict[str, str | None]:
    """Licence of the weights of each renderer; None where it has none, or nobody knows it here."""
    return {name: licence_of(name) for name in names}


def licence_of(name: str) -> str | None:
    """Licence of the weights of a diffusion renderer; None for others, and where nobody knows it here."""
    if not name.startswith("diffusion:"):
        return None
    from .diffusion.weights import weight_set

    try:
        return weight_set(name.partition(":")[2]).licence
    except BadInput:
        return None


def _weights(renderer: Any) -> str:
    return str(getattr(renderer, "weights", ""))
