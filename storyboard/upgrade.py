"""Upgrade on read: old films are brought up to date as plain data, before any object is built.

``UPGRADES`` is append-only: the function at index ``n`` turns version ``n`` into ``n + 1``. A film
is never written back just because it was read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import BadInput, NewerFilm
from .schema import SCHEMA_VERSION

Plain = dict[str, Any]


def _from_drafts(film: Plain) -> Plain:
    """Version 0: the drafts before the first release said no version."""
    return {**film, "schema_version": 1}


def _to_bound_places(film: Plain) -> Plain:
    """Version 1: nothing was said of references of places, of LoRAs and of keyframes."""
    return {**film, "schema_version": 2}


UPGRADES: tuple[Callable[[Plain], Plain], ...] = (_from_drafts, _to_bound_places)


def upgraded(film: Plain) -> Plain:
    """A film's plain data at the present version; the argument is not changed.

    Raises ``NewerFilm`` for a version this program does not know, ``BadInput`` for none at all.
    """
    version = version_of(film)
    for step in UPGRADES[version:]:
        film = step(film)
    return film


def version_of(film: Plain) -> int:
    """The version that plain data says it has; 0 where it says none. Raises as ``upgraded``."""
    version = film.get("schema_version", 0)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise BadInput(f"'schema_version' is {version!r}, which is no version of a film.")
    if version > SCHEMA_VERSION:
        raise NewerFilm(
            f"This film was written by a newer photoplay (film version {version}; this one reads up to "
            f"{SCHEMA_VERSION}). Nothing was touched. Update with: pip install --upgrade photoplay"
        )
    return version


def upgraded_edit(edit: Plain, version: int) -> Plain:
    """The plain data of an edit written at ``version``: films inside it are brought up to date."""
    film = edit.get("film")
    if edit.get("op") == "replace" and isinstance(film, dict):
        return {**edit, "film": upgraded({"schema_version": version, **film} if version else film)}
    return edit
