"""Where weights, the user's weights file and the lock file lie. Reads the environment; loads nothing."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

OWN_FILE = "photoplay-weights.toml"
LOCK_FILE = "weights.lock.json"
_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
WEIGHT_SUFFIXES = frozenset({".safetensors", ".gguf"})


@dataclass(frozen=True)
class Hub:
    """A repository of the hub, or one file or folder inside it."""

    repo: str
    inside: str = ""

    def __str__(self) -> str:
        return f"{self.repo}/{self.inside}" if self.inside else self.repo


def is_path(text: str) -> bool:
    """Whether a source is a place on disk rather than a hub id; decided by its spelling alone."""
    if text.startswith("hub:"):
        return False
    marked = text.startswith(("/", "./", "../", "~", "\\")) or bool(_DRIVE.match(text))
    return marked or Path(text).suffix.lower() in WEIGHT_SUFFIXES


def hub_place(text: str) -> Hub | None:
    """``owner/name`` or ``hub:owner/name/folder/file`` -> its place; None where it is neither."""
    if is_path(text):
        return None
    words = text.removeprefix("hub:").split("/")
    if len(words) < 2 or not _ID.fullmatch("/".join(words[:2])):
        return None
    inside = words[2:]
    if (inside and not text.startswith("hub:")) or any(w in ("", ".", "..") or "\\" in w for w in inside):
        return None
    return Hub("/".join(words[:2]), "/".join(inside))


def own_folder() -> Path:
    """The user's own settings folder for weights."""
    if os.name == "nt" and os.environ.get("APPDATA"):
        return Path(os.environ["APPDATA"]) / "photoplay"
    return Path.home() / ".config" / "photoplay"


def own_files() -> list[Path]:
    """Weights files that may be there, in order: a name in an earlier one hides it in a later one."""
    named = os.environ.get("PHOTOPLAY_WEIGHTS")
    first = Path(named).expanduser() if named else Path.cwd() / OWN_FILE
    return [first, own_folder() / "weights.toml"]


def lock_files() -> list[Path]:
    """Lock files in the order in which they are read; a new lock is written into the first.

    ``PHOTOPLAY_WEIGHTS_LOCK`` stands alone; else they lie beside the weights files that are there,
    and in the user's own folder.
    """
    named = os.environ.get("PHOTOPLAY_WEIGHTS_LOCK")
    if named:
        return [Path(named).expanduser()]
    beside = [path.parent / LOCK_FILE for path in own_files() if path.is_file()]
    return list(dict.fromkeys([*beside, own_folder() / LOCK_FILE]))


def hub_cache() -> Path:
    """The hub's cache folder, by the hub's own environment variables."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if os.environ.get(name):
            return Path(os.path.expandvars(os.environ[name])).expanduser()
    home = os.environ.get("HF_HOME")
    if home:
        return Path(os.path.expandvars(home)).expanduser() / "hub"
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "huggingface" / "hub"


def snapshot(repo: str, revision: str) -> Path:
    """Where the hub's client keeps a repository at a commit."""
    return hub_cache() / f"models--{repo.replace('/', '--')}" / "snapshots" / revision
