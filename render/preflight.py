"""Before any work: can every renderer of a film run on this machine? One clear line where one can't."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..storyboard.errors import BadInput
from .protocol import Renderer
from .registry import missing_modules


def preflight(names: Iterable[str], find: Callable[[str], Renderer]) -> None:
    """Raise ``BadInput`` for the first renderer that cannot run here: packages, weights, a GPU.

    A renderer may have a method ``preflight()`` of its own that raises so. Nothing heavy is imported.
    """
    for name in dict.fromkeys(names):
        renderer = find(name)
        check = getattr(renderer, "preflight", None)
        if check is not None:
            check()
        elif missing := missing_modules(renderer):
            raise BadInput(
                f"The renderer {name} needs packages that are not installed: {', '.join(missing)}. "
                "Nothing was made."
            )
        if renderer.capabilities().device == "gpu":
            _need_a_device(name)


def _need_a_device(name: str) -> None:
    from .diffusion.hardware import devices

    if not devices():
        raise BadInput(
            f"{name} runs on a GPU, and there is none here that torch sees. Film with the built-in animatic "
            "(--renderer animatic), or set PHOTOPLAY_DEVICE=cpu to run it on the processor, very slowly. "
            "Nothing was made."
        )
