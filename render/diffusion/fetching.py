"""Getting weights from the hub: first a quote, then the download, then the lock.

``huggingface_hub`` is imported only when something is asked of the hub. The commit that is shown is
the commit that is fetched; only files that a loader reads are asked for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from ...memory.files import free_mb
from ...storyboard.errors import BadInput, NoRoom
from .weight_files import read_json, read_weights
from .weight_lock import Locked, LockedFile, write_lock
from .weight_places import Hub, hub_cache, hub_place, snapshot
from .weight_safety import INDEXES, examine_weights, read_index
from .weights import Located, WeightSet, located

_MB = 1_000_000
_PLAIN = frozenset({".json", ".txt", ".model", ".jinja", ".spm"})
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FILE = re.compile(r"[A-Za-z0-9][\w.+-]*(/[A-Za-z0-9][\w.+-]*)*", re.ASCII)
_IN_CHECKPOINT = frozenset({"unet", "vae", "text_encoder", "text_encoder_2"})
_MARGIN_MB = 200
"""Left free on the disk besides what is downloaded."""


class Client(Protocol):
    """What is asked of the hub: the methods of ``huggingface_hub.HfApi`` of these names."""

    def model_info(self, repo_id: str, *, revision: str | None, files_metadata: bool) -> Any:
        """The repository at a revision: ``sha``, ``gated``, ``card_data`` and ``siblings`` with sizes."""

    def hf_hub_download(self, repo_id: str, filename: str, *, revision: str) -> str:
        """Download one file; its path."""

    def snapshot_download(self, repo_id: str, *, revision: str, allow_patterns: list[str]) -> str:
        """Download those files; the folder of the snapshot."""


@dataclass(frozen=True)
class Piece:
    """What is needed of one repository, at the commit that the hub answered with."""

    repo: str
    revision: str
    resolved_from: str
    files: Mapping[str, LockedFile]
    gated: bool
    licence: str

    def missing(self) -> int:
        """Bytes that are not on this machine yet."""
        folder = snapshot(self.repo, self.revision)
        return sum(
            f.size
            for name, f in self.files.items()
            if not ((folder / name).is_file() and (folder / name).stat().st_size == f.size)
        )


@dataclass(frozen=True)
class Quote:
    """What getting a set would be."""

    weights: WeightSet
    pieces: tuple[Piece, ...]
    free_mb: int
    """On the disk of the hub's cache."""

    @property
    def total_mb(self) -> int:
        """All that the set needs."""
        return -(-sum(f.size for piece in self.pieces for f in piece.files.values()) // _MB)

    @property
    def missing_mb(self) -> int:
        """What is still to be downloaded."""
        return -(-sum(piece.missing() for piece in self.pieces) // _MB)

    def plain(self) -> dict[str, Any]:
        """The quote as plain data."""
        pieces = [
            {
                "repository": p.repo,
                "commit": p.revision,
                "gated": p.gated,
                "licence": p.licence,
                "files": len(p.files),
            }
            for p in self.pieces
        ]
        return {
            "name": self.weights.name, "licence": self.weights.licence, "commercial": self.weights.commercial,
            "total_mb": self.total_mb, "missing_mb": self.missing_mb, "free_mb": self.free_mb,
            "cache": str(hub_cache()), "from": pieces,
        }  # fmt: skip

    def words(self) -> str:
        """The quote in lines for a person."""
        lines = [
            f"{p.repo} at commit {p.revision}"
            f" ({p.resolved_from}{', gated' if p.gated else ''}; the hub says licence {p.licence})"
            for p in self.pieces
        ]
        lines.append(
            f"{self.missing_mb:,} MB to download of {self.total_mb:,} MB; "
            f"{self.free_mb:,} MB free at {hub_cache()}"
        )
        return "\n".join([*lines, f"licence: {self.weights.licence}"])


def hub_client() -> Client:
    """The hub's own client. Raises ``BadInput`` where it is not installed."""
    try:
        from huggingface_hub import HfApi
    except ImportError:
        raise BadInput(
            "Weights are fetched with huggingface_hub, which is not installed. "
            'Install it with: pip install "photoplay[diffusion]".'
        ) from None
    client: Client = HfApi()
    return client


def quote(ws: WeightSet, client: Client | None = None) -> Quote:
    """Ask the hub for the commits, files and sizes of a set. Downloads nothing but ``model_index.json``.

    Raises ``BadInput`` in one clear line: nothing to fetch, gated, unknown, offline, not the layout.
    """
    wanted: dict[str, list[Hub]] = {}
    for text in (ws.model(), *ws.overlaid().values()):
        hub = hub_place(text)
        if hub is not None and hub not in wanted.setdefault(hub.repo, []):
            wanted[hub.repo].append(hub)
    if not wanted:
        raise BadInput(f"The weights {ws.name!r} are files of your own; there is nothing to download.")
    asked = client or hub_client()
    pieces = tuple(_piece(ws, repo, places, asked) for repo, places in wanted.items())
    return Quote(ws, pieces, free_mb(hub_cache()))


def fetch(
    ws: WeightSet,
    tell: Callable[[str], None] = lambda words: None,
    quoted: Quote | None = None,
    client: Client | None = None,
) -> Located:
    """Download a set at the commits of ``quoted`` (asked for now where None), check it, lock it.

    Raises ``NoRoom`` before anything is downloaded where the disk is too small, and ``BadInput`` for
    all else; nothing is locked then, and what was downloaded serves the next try.
    """
    asked = client or hub_client()
    agreed = quoted or quote(ws, asked)
    needed = agreed.missing_mb
    if needed + _MARGIN_MB > free_mb(hub_cache()):
        raise NoRoom(
            f"The weights {ws.name!r} need {needed:,} MB more, and {free_mb(hub_cache()):,} MB are free at "
            f"{hub_cache()}. Free some space, or set HF_HUB_CACHE to a folder on a larger disk. "
            "Nothing was downloaded."
        )
    for piece in agreed.pieces:
        tell(f"downloading {piece.repo} at {piece.revision[:12]}")
        with _plainly(piece.repo):
            folder = asked.snapshot_download(
                piece.repo, revision=piece.revision, allow_patterns=sorted(piece.files)
            )
        tell(f"checking {piece.repo}")
        _check(piece, Path(folder))
    for piece in agreed.pieces:
        path = write_lock(
            piece.repo,
            Locked(revision=piece.revision, resolved_from=piece.resolved_from, files=dict(piece.files)),
        )
        tell(f"locked {piece.repo} at {piece.revision} in {path}")
    return located(ws)


def _piece(ws: WeightSet, repo: str, places: list[Hub], client: Client) -> Piece:
    pinned = ws.revision if hub_place(ws.source) in places else ""
    with _plainly(repo):
        info = client.model_info(repo, revision=pinned or None, files_metadata=True)
    revision = str(info.sha)
    if not _COMMIT.fullmatch(revision) or (pinned and revision != pinned):
        raise BadInput(f"The hub answered for {repo} with {revision[:60]!r}, not with the commit asked for.")
    there: dict[str, LockedFile] = {}
    for sibling in info.siblings or ():
        lfs = sibling.lfs or {}
        sha = lfs.get("sha256") if isinstance(lfs, dict) else getattr(lfs, "sha256", None)
        there[str(sibling.rfilename)] = LockedFile(size=int(sibling.size or 0), sha256=str(sha or ""))
    needed: dict[str, LockedFile] = {}
    beside = {hub_place(text) for text in ws.files.values()}
    for place in places:
        if place.inside:
            names = _inside(there, place)
        elif place in beside:
            names = _part_files(there, ".", weights=True)
        else:
            names = _model_files(ws, repo, revision, there, client)
        needed |= {name: there[name] for name in names}
    odd = [name for name in needed if not _FILE.fullmatch(name)]
    if odd:
        raise BadInput(f"{repo} is refused: it has a file with the odd name {odd[0][:80]!r}.")
    return Piece(repo, revision, pinned or "main", needed, bool(info.gated), _licence(info))


def _licence(info: Any) -> str:
    card: Any = getattr(info, "card_data", None)
    said = card.get("license") if hasattr(card, "get") else None
    return str(said or "not stated")[:80]


def _inside(there: Mapping[str, LockedFile], place: Hub) -> list[str]:
    """A file, or the weights and configuration of one folder."""
    if place.inside in there:
        return [place.inside]
    names = _part_files(there, place.inside, weights=True)
    if not names:
        raise BadInput(f"{place.repo} has no {place.inside} at its present commit.")
    return names


def _model_files(
    ws: WeightSet, repo: str, revision: str, there: Mapping[str, LockedFile], client: Client
) -> list[str]:
    """The files of a model in diffusers' layout that loaders read, without the parts that are overlaid."""
    listed = next((name for name in INDEXES if name in there), None)
    if listed is None:
        raise BadInput(
            f"{repo} is not in diffusers' layout (it has no model_index.json), so it cannot be loaded."
        )
    with _plainly(repo):
        index = Path(client.hf_hub_download(repo, listed, revision=revision))
    parts = read_index(index, read_json(index))
    overlaid = set(ws.overlaid())
    if "checkpoint" in overlaid:
        overlaid |= _IN_CHECKPOINT
    names = [listed]
    for part in (p for p in parts if p not in ws.left_out()):
        names += _part_files(there, part, weights=part not in overlaid)
    return names


def _part_files(there: Mapping[str, LockedFile], part: str, weights: bool) -> list[str]:
    """Configuration of one folder, and its safetensors without variants such as ``fp16``."""
    direct = {PurePosixPath(n).name: n for n in there if str(PurePosixPath(n).parent) == part}
    plain = {n for n in direct if PurePosixPath(n).suffix.lower() in _PLAIN and not n.endswith(".index.json")}
    if not weights:
        return sorted(direct[n] for n in plain)
    safe = {n for n in direct if n.endswith(".safetensors") and n.count(".") == 1}
    shards = {n for n in safe if re.search(r"-\d{5}-of-\d{5}\.safetensors$", n)}
    indexes = {n for n in direct if n.endswith(".safetensors.index.json") and n.count(".") == 3}
    chosen = shards | indexes if shards and indexes else safe - shards
    return sorted(direct[n] for n in plain | chosen)


def _check(piece: Piece, folder: Path) -> None:
    """That what came is what was agreed on, byte for byte where the hub gave digests."""
    if folder.name != piece.revision:
        raise BadInput(f"The hub gave another commit of {piece.repo} than was shown. Nothing was locked.")
    for name, file in piece.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != file.size:
            raise BadInput(
                f"{path} is missing or not {file.size:,} bytes long. Nothing was locked; "
                "run the command again."
            )
        if file.sha256 and _sha256(path) != file.sha256:
            raise BadInput(
                f"{path} is not the file that the hub described (its digest differs). Nothing was locked; "
                "remove the file and run the command again."
            )
        if path.suffix.lower() in (".safetensors", ".gguf"):
            read_weights(path)
    for where in sorted({(folder / name).parent for name in piece.files if name.endswith(".safetensors")}):
        examine_weights(where)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _plainly:
    """Turns the hub's errors into one line for a film maker."""

    def __init__(self, repo: str) -> None:
        self._repo = repo

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None or isinstance(error, BadInput) or not isinstance(error, Exception):
            return
        words = _words(self._repo, error)
        if words:
            raise BadInput(words) from None


def _words(repo: str, error: Exception) -> str:
    """What an error of the hub's client means; empty for one that is none of the hub's."""
    kinds = {base.__name__ for base in type(error).__mro__}
    code = getattr(getattr(error, "response", None), "status_code", None)
    if "GatedRepoError" in kinds or code == 403:
        return (
            f"{repo} is gated: ask for access at https://huggingface.co/{repo}, then log in with "
            "`hf auth login` and run the command again."
        )
    if "OfflineModeIsEnabled" in kinds:
        return f"This machine is set to stay off the network (HF_HUB_OFFLINE), so {repo} cannot be fetched."
    if "RevisionNotFoundError" in kinds:
        return f"{repo} has no such commit. Check the revision in your weights file."
    if "RepositoryNotFoundError" in kinds or code == 401:
        return f"There is no repository {repo} on the hub, or it is private and you are not logged in."
    if "EntryNotFoundError" in kinds and "LocalEntryNotFoundError" not in kinds:
        return f"A file of {repo} is not there at this commit any more. Run the command again."
    again = "What was downloaded is kept; run the command again."
    if kinds & {"HTTPError", "RequestException", "XetDownloadError", "TimeoutError"} or code:
        said = f"it answered {code}" if code else type(error).__name__
        return f"The hub cannot be reached for {repo} ({said}). {again}"
    if isinstance(error, OSError):
        return f"{repo} cannot be fetched ({error.strerror or type(error).__name__}). {again}"
    return ""
