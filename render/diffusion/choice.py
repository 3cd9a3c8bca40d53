"""What a film remembers when it is asked for ``diffusion``: weights by name, never "whatever is here".

The choice depends on the GPU, so it is made once, said, and recorded in the film's settings; the plan is
a function of those alone, on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.film import Scalar, Settings
from .families import family_class
from .hardware import devices
from .stacks import choose, refuse_uncommercial
from .weights import WeightSet, weight_set

ALONE = "diffusion"
"""The renderer's name where the stack is to be chosen."""
KEYFRAMES, LICENSE = "keyframes", "license"
STILLS = "diffusion:flux2-klein-4b"
"""Who draws keyframes where nobody was named: permissively licensed, takes references."""
_PICTURES = frozenset({"first", "references"})
"""What keyframes and reference sheets are drawn for; weights that read neither need nobody who draws them."""
LOOK = "live-action film still, natural light, 35 mm film"
"""The look of a film whose person asked for no style: the styles of the animatic are paper and ink."""


@dataclass(frozen=True)
class Choice:
    """The settings to record, and what to tell of them (empty: nothing new was chosen)."""

    settings: Settings
    words: str = ""


def chosen(
    asked: Settings, kept: Settings | None = None, *, commercial: bool = False, styled: bool = False
) -> Choice:
    """``asked`` with ``diffusion`` made precise: a stack for the largest GPU here, keyframes and look.

    A film that has a diffusion renderer keeps it (``kept``). ``commercial`` lets only weights be used
    whose licence allows a film to be sold, which the film remembers; ``styled`` says that a person asked
    for the style. Raises ``BadInput`` in one clear line: no GPU, one too small, a licence that does not
    allow it.
    """
    if not asked.renderer.startswith(ALONE):
        return Choice(asked)
    commercial = commercial or asked.values.get(LICENSE) == "commercial"
    if asked.renderer == ALONE and kept is not None and kept.renderer.startswith(f"{ALONE}:"):
        asked = asked.model_copy(update={"renderer": kept.renderer})
    values: dict[str, Scalar] = dict(asked.values)
    words = ""
    if asked.renderer == ALONE:
        stack = choose(max((d.total_mb for d in devices() if d.id != "cpu"), default=0), commercial)
        values = {**stack.values, "pixels": stack.most_pixels, KEYFRAMES: stack.keyframes, **values}
        asked = asked.model_copy(update={"renderer": stack.renderer})
        words = stack.words
    own = weight_set(asked.renderer.partition(":")[2])
    can = family_class(own.family)(own).capabilities()
    if KEYFRAMES not in values and "still" not in can.requests and can.inputs & _PICTURES:
        values[KEYFRAMES] = STILLS
        words = words or f"{STILLS} draws the keyframes (--keyframes none for none)."
    if not styled:
        values.setdefault("look", LOOK)
    if commercial:
        values[LICENSE] = "commercial"
        refuse_uncommercial([own, *_keyframes(values)])
    return Choice(asked.model_copy(update={"values": values}), words)


def _keyframes(values: dict[str, Scalar]) -> list[WeightSet]:
    name, _, variant = str(values.get(KEYFRAMES, "")).partition(":")
    return [weight_set(variant)] if name == ALONE and variant else []
