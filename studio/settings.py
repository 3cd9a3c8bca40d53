"""Settings: flags over environment over the film over ``photoplay.toml`` over what is built in.

Every value is checked before anything is made; a bad one raises ``BadInput`` and names where it
came from. Keys (``OPENAI_API_KEY``) are read only by the client that needs them and stored nowhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from ..memory.settings_file import FILE, read_settings_file
from ..storyboard.aspects import is_aspect, read_aspect, short_of, size_of
from ..storyboard.errors import BadInput
from ..storyboard.film import Effects, Scalar, Settings, Subtitled
from ..storyboard.grading import read_grade
from ..storyboard.rate import Rate, read_rate
from ..storyboard.schema import clean_text
from ..storyboard.vocabulary import Style

T = TypeVar("T")
LONGEST_SECONDS = 36_000
_LONGEST_VALUE = 200
_NAMES = {
    "seconds", "size", "aspect", "grade", "match", "fps", "seed", "style", "writer", "renderer", "workers",
    "films",
    "keyframes", "look", "license", "values", "budget", "remote", "prices", "gpu", "limits",
    "reader", "local", "voices", "music", "writer_steps", "critic", "subtitles", "effects", "credentials",
    "certificate", "lower_thirds", "credits", "j_cuts",
}  # fmt: skip


class Wishes:
    """The values asked for, each from the first place that has it."""

    def __init__(
        self,
        flags: Mapping[str, str | None],
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        sets: Mapping[str, Scalar] | None = None,
        final: bool = False,
        unset: Collection[str] = (),
    ) -> None:
        self._flags = {k: v for k, v in flags.items() if v is not None}
        self._environment = os.environ if environment is None else environment
        self._file = _read(folder or Path.cwd())
        self._sets = dict(sets or {})
        self._final = final
        self.without = frozenset(map(setting_name, unset))
        """Settings of renderers that the film is to remember no more."""

    def asked(self, name: str) -> tuple[str, str] | None:
        """(value, where it is from) of a flag or the environment: what outranks the film."""
        if name in self._flags:
            return self._flags[name], f"--{name}"
        variable = f"PHOTOPLAY_{name.upper()}"
        if self._environment.get(variable):
            return self._environment[variable], variable
        return None

    def value(self, name: str, read: Callable[[str], T], film: T | None, otherwise: T) -> T:
        """The setting, read and checked; ``film`` is what the film remembers (None: nothing)."""
        found = self.asked(name)
        if found is None and film is not None:
            return film
        if found is None and name in self._file:
            found = str(self._file[name]), FILE
        if found is None:
            return otherwise
        text, where = found
        try:
            return read(text)
        except BadInput as error:
            raise BadInput(f"{where}: {error}") from None

    def settings(self, film: Settings | None) -> Settings:
        """The film's settings with what was asked for laid over them."""
        size = self._size(film)
        return Settings(
            width=size[0],
            height=size[1],
            rate=self.value("fps", read_rate, film.rate if film else None, Rate()),
            seed=self.value("seed", read_seed, film.seed if film else None, 0),
            style=self.value("style", read_style, film.style if film else None, Style.cut_paper),
            renderer=self.value("renderer", read_spec, film.renderer if film else None, "animatic"),
            writer=self.value("writer", read_spec, film.writer if film else None, "outline"),
            values=self._values(film),
            grade=self.value("grade", read_grade, film.grade if film else None, ""),
            match=self.value("match", read_on, film.match if film else None, False),
            subtitles=self.value("subtitles", read_subtitles, film.subtitles if film else None, "soft"),
            effects=self.value("effects", read_effects, film.effects if film else None, "on"),
            credentials=self.value("credentials", read_on, film.credentials if film else None, False),
            lower_thirds=self.value("lower_thirds", read_on, film.lower_thirds if film else None, False),
            credits=self.value("credits", read_on, film.credits if film else None, False),
            j_cuts=self.value("j_cuts", read_on, film.j_cuts if film else None, True),
        )

    def _size(self, film: Settings | None) -> tuple[int, int]:
        """As asked for in pixels, or by the shape of the frame. Raises ``BadInput`` for two that differ."""
        kept = (film.width, film.height) if film else None
        size = self.value("size", read_size, kept, (1280, 720))
        if self.asked("aspect") is None and (film is not None or "size" in self._file):
            return size
        aspect = self.value("aspect", read_aspect, None, "")
        if not aspect:
            return size
        asked = self.asked("size")
        if asked is not None and not is_aspect(*size, aspect):
            wide, high = size_of(aspect, short_of(*size))
            raise BadInput(
                f"{asked[1]} {size[0]}x{size[1]} is not {aspect}. Give one of the two, or {wide}x{high}."
            )
        return size if asked is not None else size_of(aspect)

    def _values(self, film: Settings | None) -> dict[str, Scalar]:
        """The renderer's settings: the file's, under those the film remembers, under what was asked for."""
        values: dict[str, Scalar] = read_values(self._file.get("values", {})) | (film.values if film else {})
        for name, read in (("keyframes", read_keyframes), ("look", read_look), ("license", read_license)):
            asked = self.value(name, read, str(values[name]) if name in values else None, "")
            values |= {name: asked} if asked else {}
        if self._final and values.get("quality") == "draft":
            values["quality"] = "final"
        return {k: v for k, v in (values | self._sets).items() if k not in self.without}

    def table(self, name: str) -> object:
        """A table of the settings file, not read any further; None where there is none."""
        return self._file.get(name)

    @property
    def styled(self) -> bool:
        """Whether somebody asked for the style."""
        return self.asked("style") is not None or "style" in self._file


def read_values(found: object) -> dict[str, Scalar]:
    """The table ``[values]``: whole numbers, true, false and text by name. Raises ``BadInput``."""
    if not isinstance(found, dict):
        raise BadInput(f"{FILE}: values is a table of settings, such as steps = 20.")
    return {
        setting_name(str(k)): read_value(v if isinstance(v, bool | int) else str(v)) for k, v in found.items()
    }


def read_set(text: str) -> tuple[str, Scalar]:
    """``"steps=20"`` -> ("steps", 20). Raises ``BadInput``."""
    name, equals, value = text.partition("=")
    if not equals:
        raise BadInput(f"--set {text[:60]!r}: give NAME=VALUE, such as steps=20.")
    return setting_name(name.strip()), read_value(value.strip())


def read_value(value: bool | int | str) -> Scalar:
    """A setting's value: a whole number, true, false, or text of at most 200 characters."""
    if isinstance(value, bool | int):
        return value
    if value in ("true", "false"):
        return value == "true"
    if re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
        return int(value)
    if len(value) > _LONGEST_VALUE:
        raise BadInput(
            f"A setting's value has at most {_LONGEST_VALUE} characters; {value[:30]!r}... has more."
        )
    return clean_text(value)


def setting_name(name: str) -> str:
    """A setting's name. Raises ``BadInput``."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", name):
        raise BadInput(f"{name[:60]!r} is not the name of a setting: lower-case letters, digits and hyphens.")
    return name


def read_keyframes(text: str) -> str:
    """Who draws keyframes: a renderer's name, or ``none``."""
    return read_spec(text)


def read_look(text: str) -> str:
    """The look in words, at most 200 characters."""
    return str(read_value(f"{text} ")).strip()


def read_license(text: str) -> str:
    """``any`` or ``commercial``."""
    if text.strip() not in ("any", "commercial"):
        raise BadInput(f"{text[:40]!r} is not a licence filter. Give any or commercial.")
    return text.strip()


def read_effects(text: str) -> Effects:
    """``on`` or ``off``."""
    for way in get_args(Effects):
        if text.strip() == way:
            found: Effects = way
            return found
    raise BadInput(f"{text[:40]!r} is no way to have ambience and effects. Give on or off.")


def read_subtitles(text: str) -> Subtitled:
    """``soft``, ``burnt`` or ``off``."""
    for way in get_args(Subtitled):
        if text.strip() == way:
            found: Subtitled = way
            return found
    raise BadInput(f"{text[:40]!r} is no way to show subtitles. Give soft, burnt or off.")


def read_on(text: str) -> bool:
    """``on``, ``off``; ``true`` and ``false`` mean the same."""
    word = text.strip().lower()
    if word not in ("on", "off", "true", "false"):
        raise BadInput(f"{text[:40]!r} is neither on nor off.")
    return word in ("on", "true")


def on_or_off(given: bool | None) -> str | None:
    """A flag as it would be typed; None where it was not given."""
    return None if given is None else "on" if given else "off"


def _read(folder: Path) -> dict[str, Any]:
    found = read_settings_file(folder)
    unknown = sorted(set(found) - _NAMES)
    if unknown:
        names = ", ".join(unknown), ", ".join(sorted(_NAMES))
        raise BadInput(f"{folder / FILE} holds unknown settings: {names[0]}. Known: {names[1]}.")
    return found


def read_seconds(text: str) -> int:
    """``"75"``, ``"1:15"`` -> whole seconds, 1 to 36,000."""
    match = re.fullmatch(r"\s*(?:(\d{1,6}):)?(\d{1,9})\s*s?\s*", text, re.ASCII)
    seconds = int(match[1] or 0) * 60 + int(match[2]) if match else 0
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise BadInput(
            f"{text[:40]!r} is not a film length. Give whole seconds from 1 to {LONGEST_SECONDS:,}, "
            "such as 75, or minutes and seconds, such as 1:15."
        )
    return seconds


def read_size(text: str) -> tuple[int, int]:
    """``"1280x720"`` -> (1280, 720): even, 64 to 8192."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*[xX×]\s*(\d{1,6})\s*", text, re.ASCII)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (64 <= width <= 8192 and 64 <= height <= 8192) or width % 2 or height % 2:
        raise BadInput(
            f"{text[:40]!r} is not a frame size. Give even numbers from 64 to 8192, such as "
            "1280x720, 1080x1920 or 1080x1080."
        )
    return width, height


def read_seed(text: str) -> int:
    """A whole number from 0 to 2,147,483,647."""
    if not re.fullmatch(r"\s*\d{1,10}\s*", text, re.ASCII) or int(text) >= 2**31:
        raise BadInput(f"{text[:40]!r} is not a seed. Give a whole number from 0 to 2147483647.")
    return int(text)


def read_count(text: str) -> int:
    """A whole number from 1 to 1,000."""
    if not re.fullmatch(r"\s*\d{1,4}\s*", text, re.ASCII) or not 1 <= int(text) <= 1000:
        raise BadInput(f"{text[:40]!r} is not a count. Give a whole number from 1 to 1000.")
    return int(text)


def read_style(text: str) -> Style:
    """A style by name."""
    try:
        return Style(text.strip())
    except ValueError:
        raise BadInput(f"There is no style {text[:40]!r}. Styles: {', '.join(Style)}.") from None


def read_spec(text: str) -> str:
    """The name of a renderer or writer (``name`` or ``name:variant``). Existence is checked later."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}(:[a-z0-9][a-z0-9.-]{0,47})?", text.strip()):
        raise BadInput(f"{text[:60]!r} is not a name such as animatic or diffusion:wan-vace.")
    return text.strip()
