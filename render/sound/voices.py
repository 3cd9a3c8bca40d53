"""Which languages and voices the speech library has: read from its data folder, without loading it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from functools import cache
from pathlib import Path

ABSENT = "absent"
_WANTED = {
    "en": "en-gb",
    "fr": "fr-fr",
    "es": "es",
    "zh": "cmn",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "tl": "",
    "vi": "vi",
    "sh": "hr",
}
"""Codes whose plain voice is not the one a film should have, or that go by an older name."""
_THREE = {
    "ara": "ar", "bul": "bg", "cat": "ca", "ces": "cs", "cze": "cs", "chi": "cmn", "zho": "cmn",
    "dan": "da", "deu": "de", "ger": "de", "ell": "el", "gre": "el", "eng": "en", "est": "et",
    "fas": "fa", "per": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "heb": "he", "hin": "hi",
    "hrv": "hr", "hun": "hu", "ind": "id", "isl": "is", "ita": "it", "jpn": "ja", "kor": "ko",
    "lit": "lt", "lav": "lv", "nld": "nl", "dut": "nl", "nor": "nb", "nob": "nb", "pol": "pl",
    "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es",
    "srp": "sr", "swe": "sv", "tam": "ta", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur",
    "vie": "vi", "cym": "cy", "gle": "ga", "swa": "sw",
}  # fmt: skip


@cache
def library_version() -> str:
    """Version of the wheel that carries the speech library; ``"absent"`` without it."""
    try:
        return importlib.metadata.version("espeakng-loader")
    except importlib.metadata.PackageNotFoundError:
        return ABSENT


def data_folder() -> Path | None:
    """The library's data folder, found without importing anything of it; None where it is absent."""
    spec = importlib.util.find_spec("espeakng_loader")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = [Path(place) / "espeak-ng-data" for place in places]
    return next((folder for folder in found if (folder / "lang").is_dir()), None)


@cache
def languages() -> dict[str, str]:
    """Voice code (``en-gb``, ``fr-fr``, ``cmn``) -> voice file (``gmw/en``); empty without the library.

    Only codes that a ``Voice`` can hold, and only of
    languages whose dictionary is there. Where several files serve one, the lowest priority number has it.
    """
    folder = data_folder()
    ranked: dict[str, tuple[int, str]] = {}
    if folder is None:
        return {}
    for file in sorted((folder / "lang").rglob("*")):
        if not file.is_file():
            continue
        name = file.relative_to(folder / "lang").as_posix()
        text = file.read_text("utf-8", errors="replace")
        named = re.search(r"^dictionary[ \t]+(\w+)", text, re.MULTILINE)
        dictionary = named.group(1) if named else file.name.partition("-")[0]
        if not (folder / f"{dictionary}_dict").is_file():
            continue
        for code, rank in re.findall(
            r"^language[ \t]+([a-zA-Z]{2,3}(?:-\w{1,8})*)[ \t]*(\d*)$", text, re.MULTILINE
        ):
            place = (int(rank or 5), name)
            ranked[code.lower()] = min(ranked.get(code.lower(), place), place)
    return {code: name for code, (_, name) in sorted(ranked.items())}


@cache
def variants() -> frozenset[str]:
    """Names of voice variants (``f3``, ``Annie`` ...); empty without the library."""
    folder = data_folder()
    files = (folder / "voices" / "!v").iterdir() if folder else ()
    return frozenset(file.name for file in files if file.is_file())


def voice_for(language: str) -> str | None:
    """The voice code that says an ISO 639 or BCP 47 language, or None where there is no such voice.

    ``de`` -> ``de``, ``fr`` -> ``fr-fr``, ``zh-Hant`` -> ``cmn``, ``en-US`` -> ``en-us``, ``tlh`` -> None.
    """
    known = languages()
    code = language.strip().lower().replace("_", "-")
    while code:
        code = _THREE.get(code, code)
        wanted = _WANTED.get(code, code)
        if wanted in known:
            return wanted
        code = code.rpartition("-")[0]
    return None
