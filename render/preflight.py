"""Before any work: are a film's settings read, and can its renderers run on this machine? One clear line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Scalar
from .protocol import Capabilities, Renderer
from .registry import missing_modules
from .shot_plan import METHODS
from .shot_requests import GUIDES, LORAS, OWN
from .stills import Known, finishers_of, keyframes_renderer, remembers, renderers_of


def check_settings(film: Film, known: Known) -> None:
    """Raise ``BadInput`` for a setting that nobody would read, or that names what there is not.

    Looks at the film's renderer and that of its keyframes; loads nothing. Where a renderer reads any
    setting, or like the animatic none at all, the film keeps its values for another.
    """
    settings = film.settings
    if settings.values.get("license") == "commercial":
        _check_licences(film)
    stills = keyframes_renderer(film, known) if remembers(film, known) else None
    finishers = [n for n in renderers_of(settings) if n not in (settings.renderer, stills)]
    used = [known(name)[1] for name in (settings.renderer, *([stills] if stills else []), *finishers)]
    if any(can.settings is None for can in used) or not used[0].settings:
        return
    readable = OWN.union(*(can.settings or frozenset() for can in used))
    if unknown := sorted(settings.values.keys() - readable):
        raise BadInput(
            f"Nobody reads the setting {', '.join(unknown)}. {settings.renderer} and its keyframes "
            f"read: {', '.join(sorted(readable))}. A setting that the film remembers is taken out with "
            f"--unset {unknown[0]}."
        )
    for name in (settings.renderer, *([stills] if stills else []), *finishers):
        _check_values(name, settings.values, known)
    for shot in film.shots:
        if shot.settings:
            _check_values(shot.renderer or settings.renderer, shot.settings, known)
        for name in finishers_of(shot):
            _check_values(name, {**settings.values, **shot.settings}, known)
    worn = settings.values.get("loras", LORAS[0])
    if worn not in LORAS:
        raise BadInput(f"The setting loras is {str(worn)[:40]!r}; it must be one of: {', '.join(LORAS)}.")
    _check_guide(film, [can for can in used if can.settings is None or can.settings], settings.values)
    asked = settings.values.get("method", "auto")
    if asked not in METHODS:
        raise BadInput(f"There is no method {str(asked)[:40]!r}. Methods: {', '.join(METHODS)}.")


def kept_unread(film: Film, known: Known) -> str:
    """What to say of settings that the film keeps for another renderer, where its own reads none; or ""."""
    can = known(film.settings.renderer)[1]
    kept = sorted(film.settings.values.keys() - OWN)
    if not kept or can.settings is None or can.settings:
        return ""
    some = f" and {len(kept) - 6} more" if len(kept) > 6 else ""
    one = len(kept) == 1
    return (
        f"{film.settings.renderer} reads no settings: {', '.join(name[:40] for name in kept[:6])}{some} "
        f"{'changes' if one else 'change'} nothing now, and {'is' if one else 'are'} kept for another "
        f"renderer of this film (--unset {kept[0][:40]} takes it out)."
    )


def _check_guide(film: Film, used: list[Capabilities], values: Mapping[str, Scalar]) -> None:
    for shows in (values.get("guide", "none"), *(s.settings.get("guide", "none") for s in film.shots)):
        if shows not in GUIDES:
            raise BadInput(f"There is no guide {str(shows)[:40]!r}. Guides: {', '.join(GUIDES)}.")
    asked = values.get("guide", "none")
    if asked != "none" and not any(asked in can.guides for can in used):
        followed = sorted({shows for can in used for shows in can.guides})
        raise BadInput(
            f"{film.settings.renderer} and who draws its keyframes follow "
            f"{'only ' + ', '.join(followed) if followed else 'no guide'}. Take one that follows {asked} "
            "(diffusion:wan-vace follows all), or leave the setting out: --unset guide."
        )


def _check_values(name: str, values: Mapping[str, Scalar], known: Known) -> None:
    """What the renderer itself says of its settings' values: it may have a method ``check(settings)``."""
    check = getattr(known(name)[0], "check", None)
    if check is not None:
        check(values)


def _check_licences(film: Film) -> None:
    """Raise ``BadInput`` where the film, its keyframes or a shot is made by weights that may not be sold."""
    from .diffusion.stacks import refuse_uncommercial
    from .diffusion.weights import weight_set

    named = [*renderers_of(film.settings), *(shot.renderer or "" for shot in film.shots)]
    named += [shot.plate.renderer or "" for shot in film.shots if shot.plate is not None]
    named += [name for shot in film.shots for name in finishers_of(shot)]
    parts = [name.partition(":") for name in dict.fromkeys(named)]
    refuse_uncommercial(weight_set(variant) for name, _, variant in parts if name == "diffusion" and variant)


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
