"""Content credentials (C2PA): what a film says of its making, signed last, and whether a file still says it.

Nothing here uses the network: no time server when signing, no list or manifest fetched when verifying.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .. import __version__
from ..memory.files import plain_error
from ..memory.project import Project
from ..render.plan import Plan, used_takes
from ..storyboard.errors import BadInput, ProjectError
from ..storyboard.film import Film
from ..storyboard.schema import clean_text
from ..storyboard.timeline import timeline
from .certificate import Certificate, made_here_anchor, need_packages
from .filming import weights_behind

LABEL = "org.photoplay.film"
ACTIONS = "c2pa.actions.v2"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SOURCES = {
    "trainedAlgorithmicMedia": "its pictures were made by AI models",
    "compositeWithTrainedAlgorithmicMedia": "a part of it was made by AI models",
    "algorithmicMedia": "drawn and sounded by a program, without AI models",
    "compositeSynthetic": "somebody's own footage or sound with parts made by a program, without AI models",
}
"""Terms of the IPTC's list of digital source types that a film here can be, in words."""
UNTRAINED = frozenset({"animatic", "cards", "conform", "espeak", "foley", "score", "slate", "soundfont"})
"""Makers that are programs without weights. Whoever is not one of them counts as an AI model: what is not
known is told as what people most want to be told of."""
MIMES = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".webp": "image/webp",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
}  # fmt: skip
_OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}}
_MOST_ANCHORS = 5_000_000


def source_type(shots: Iterable[Iterable[str]], sounds: Iterable[str], brought: bool) -> str:
    """The digital source type of a film: a term of ``SOURCES``.

    ``shots`` are the names of the makers behind each shot's picture, ``sounds`` those of what is heard;
    ``brought`` is whether a person's own footage or sound is in it.
    """
    trained = [any(not untrained(name) for name in behind) for behind in shots]
    if brought:
        heard = any(not untrained(name) for name in sounds)
        return "compositeWithTrainedAlgorithmicMedia" if any(trained) or heard else "compositeSynthetic"
    if trained and all(trained):
        return "trainedAlgorithmicMedia"
    if any(trained) or any(not untrained(name) for name in sounds):
        return "compositeWithTrainedAlgorithmicMedia"
    return "algorithmicMedia"


def untrained(renderer: str) -> bool:
    """Whether a maker is known to be a program without weights."""
    return renderer in UNTRAINED


def claim_of(project: Project, plan: Plan) -> dict[str, Any]:
    """What is signed: the manifest definition of the film as it is cut now, plain data without a path."""
    film, store = project.film, project.store
    assert film.story is not None
    used = used_takes(film, plan, store.has)
    makers: dict[str, set[str]] = {}
    shots: list[dict[str, Any]] = []
    behind: list[Mapping[str, str]] = []
    cards = {card.id for card in (film.opening, film.ending) if card is not None}
    for clip in timeline(film).clips:
        key = used[clip.item][1]
        record = None if key is None else store.record(key)
        if key is None or record is None:
            continue
        made = weights_behind(store, key)
        _add(makers, made.items())
        if clip.item not in cards:
            behind.append(made)
        shots.append(
            {
                "id": clip.item,
                "start": clip.start,
                "frames": clip.frames,
                "take": key,
                "sha256": record.parts["picture"].sha256,
                "made_by": sorted(made),
                "seed": record.request.get("seed"),
            }
        )
    sounds: set[str] = set()
    for node in plan.nodes:
        if node.stage == "sound" and (heard := store.record(node.key)) is not None:
            name = str(heard.renderer.get("name"))
            sounds.add(name)
            _add(makers, [(name, str(heard.renderer.get("weights")))])
    settings = film.settings
    brought = settings.music.kind == "own" or bool(settings.sounds) or any(s.plate for s in film.shots)
    kind = source_type(behind, sounds, brought)
    return _manifest(film, kind, {
        "made_by": [
            {"name": name, "weights": weights, "ai_model": not untrained(name)}
            for name, found in sorted(makers.items()) for weights in sorted(found)
        ],
        "shots": shots,
    })  # fmt: skip


def _add(makers: dict[str, set[str]], found: Iterable[tuple[str, str]]) -> None:
    for name, weights in found:
        makers.setdefault(name, set()).add(weights)


def _manifest(film: Film, kind: str, more: Mapping[str, Any]) -> dict[str, Any]:
    assert film.story is not None
    agent = {"name": "Photoplay", "version": __version__}
    action = {
        "action": "c2pa.created",
        "digitalSourceType": _IPTC + kind,
        "softwareAgent": agent,
    }
    voices = {
        (voice.maker, voice.language)
        for voice in (film.story.narrator, *(who.voice for who in film.story.characters))
    }
    told = {
        "photoplay": __version__,
        "title": film.story.title,
        "writer": film.wrote.writer if film.wrote else None,
        "model": film.wrote.model if film.wrote else None,
        "voices": [{"maker": maker, "language": language} for maker, language in sorted(voices)],
        "rate": str(film.settings.rate),
        "seed": film.settings.seed,
        **more,
    }
    return {
        "claim_generator_info": [agent],
        "title": film.story.title,
        "assertions": [
            {"label": ACTIONS, "data": {"actions": [action]}},
            {"label": LABEL, "data": told},
        ],
    }


def sign(source: Path, target: Path, claim: Mapping[str, Any], certificate: Certificate) -> None:
    """Write ``target``: ``source`` with its credentials. Raises ``ProjectError`` where that cannot be done;
    then there is no ``target``."""
    need_packages()
    import c2pa

    info = c2pa.C2paSignerInfo(
        alg=certificate.algorithm.encode(), sign_cert=certificate.chain, private_key=certificate.key,
        ta_url=None,
    )  # fmt: skip
    try:
        with (
            source.open("rb") as given,
            target.open("w+b") as made,
            c2pa.Context.from_dict(_OFFLINE) as context,
            c2pa.Signer.from_info(info) as signer,
            c2pa.Builder(dict(claim), context=context) as builder,
        ):
            builder.sign(signer, MIMES[source.suffix.lower()], given, made)
    except (c2pa.C2paError, OSError) as error:
        target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise plain_error(error, target, source.stat().st_size) from error
        why = " ".join(str(error).split())[:200]
        raise ProjectError(
            f"{source.name} could not be signed: {why}. It is whole, without content credentials."
        ) from None


def sign_in_place(
    project: Project, paths: Sequence[Path], claim: Mapping[str, Any], certificate: Certificate
) -> None:
    """Sign finished files of ``out/``; each is replaced only whole. Raises as ``sign``."""
    project.files.make_folder(project.work)
    for path in paths:
        signed = project.work / f"signed{path.suffix}"
        project.files.remove(signed)
        sign(path, signed, claim, certificate)
        project.files.sync(signed)
        project.files.replace(signed, path)


State = Literal["valid", "tampered", "invalid", "none"]


@dataclass(frozen=True)
class Verdict:
    """What a file's credentials are worth. All words are the file's own, cleaned, and fit to be shown."""

    state: State
    signed_by: str = ""
    trusted: bool = False
    """Whether the signer's certificate comes from an authority that the person named."""
    made_here: bool = False
    """Whether it is this machine's own certificate."""
    source: str = ""
    """The digital source type, its last word."""
    made_by: tuple[str, ...] = ()
    writer: str = ""
    title: str = ""
    shots: int = 0
    problems: tuple[str, ...] = ()
    """What does not hold, in the standard's codes."""


def verify(path: Path, anchors: Path | None = None) -> Verdict:
    """Whether a file has content credentials, and whether it still is what was signed.

    ``anchors`` is a PEM file of authorities that the person trusts; without it nobody is trusted. Raises
    ``BadInput`` for what is no such file.
    """
    need_packages()
    mime = MIMES.get(path.suffix.lower())
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from None
    if mime is None or not regular:
        raise BadInput(f"{path} is no film or picture whose credentials can be read ({', '.join(MIMES)}).")
    known = None
    if anchors is not None:
        known = _anchors(anchors)
    found = _read(path, mime, known)
    if found is None:
        return Verdict("none")
    state = found.get("validation_state")
    here = made_here_anchor()
    own = state in ("Valid", "Trusted") and here is not None
    again = _read(path, mime, here.decode("ascii", "replace")) if own and here is not None else None
    return _verdict(found, again is not None and again.get("validation_state") == "Trusted", known)


def _anchors(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size <= _MOST_ANCHORS:
            text = path.read_text(encoding="ascii")
            if "-----BEGIN CERTIFICATE-----" in text:
                return text
    except (OSError, ValueError):
        pass
    raise BadInput(f"{path} is no PEM file of certificates, so nobody can be trusted by it.")


def _read(path: Path, mime: str, anchors: str | None) -> dict[str, Any] | None:
    """The manifest store as the library reads it; None where the file has none."""
    import c2pa

    settings: dict[str, Any] = dict(_OFFLINE)
    if anchors is not None:
        settings["trust"] = {"user_anchors": anchors}
    try:
        with path.open("rb") as file, c2pa.Context.from_dict(settings) as context:
            reader = c2pa.Reader.try_create(mime, file, context=context)
            if reader is None:
                return None
            with reader:
                found = json.loads(reader.json())
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror or error}).") from None
    except (c2pa.C2paError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())[:160]
        if why.startswith("ManifestNotFound"):
            return None
        why = "they lie on a server, which is not asked" if why.startswith("Remote") else f"unreadable: {why}"
        return {"validation_state": "Invalid", "validation_status": [{"code": why}]}
    return found if isinstance(found, dict) else None


def _verdict(found: Mapping[str, Any], made_here: bool, anchors: str | None) -> Verdict:
    status = found.get("validation_status")
    codes = [_word(one.get("code")) for one in (status if isinstance(status, list) else []) if _is_table(one)]
    codes = [code for code in codes if code and code != "signingCredential.untrusted"]
    good = found.get("validation_state") in ("Valid", "Trusted")
    changed = any(code.endswith((".mismatch", ".missing")) for code in codes)
    active = _table(_table(found.get("manifests")).get(str(found.get("active_manifest"))))
    told, kind = _assertions(active)
    signature = _table(active.get("signature_info"))
    names = [_word(signature.get(name)) for name in ("common_name", "issuer")]
    makers = told.get("made_by")
    listed = [one for one in (makers if isinstance(makers, list) else []) if _is_table(one)][:40]
    return Verdict(
        state="valid" if good else "tampered" if changed else "invalid",
        signed_by=", ".join(name for name in names if name),
        trusted=anchors is not None and found.get("validation_state") == "Trusted",
        made_here=made_here,
        source=kind,
        made_by=tuple(f"{_word(m.get('name'))} ({_word(m.get('weights')) or 'none'})" for m in listed),
        writer=" ".join(filter(None, (_word(told.get("writer")), _word(told.get("model"))))),
        title=_word(active.get("title")),
        shots=len(told["shots"]) if isinstance(told.get("shots"), list) else 0,
        problems=tuple(codes[:8]),
    )


def _assertions(manifest: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """What our own assertion tells, and the last word of the source type of how it was created."""
    told: Mapping[str, Any] = {}
    kind = ""
    listed = manifest.get("assertions")
    for one in (listed if isinstance(listed, list) else [])[:200]:
        label, data = _table(one).get("label"), _table(_table(one).get("data"))
        if label == LABEL:
            told = data
        elif str(label).startswith("c2pa.actions") and isinstance(data.get("actions"), list):
            for action in data["actions"][:50]:
                source = _table(action).get("digitalSourceType")
                kind = kind or _word(source).rpartition("/")[2]
    return told, kind


def _is_table(thing: Any) -> bool:
    return isinstance(thing, dict)


def _table(thing: Any) -> Mapping[str, Any]:
    return thing if isinstance(thing, dict) else {}


def _word(thing: Any) -> str:
    """A short text of the file on one line; empty where it is none."""
    return " ".join(clean_text(thing[:400]).split())[:200] if isinstance(thing, str) else ""


Sign = Callable[[Project, Plan, Path], None]
"""Signs the finished film, in place."""


def signer(certificate: Certificate) -> Sign:
    """What delivery calls last where a film has credentials."""

    def sign_film(project: Project, plan: Plan, path: Path) -> None:
        sign_in_place(project, [path], claim_of(project, plan), certificate)

    return sign_film
