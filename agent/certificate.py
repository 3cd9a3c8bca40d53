"""The certificate that films are signed with: a person's own, or one made on this machine.

One made here is signed by an authority that is made with it and whose key is thrown away at once. It
proves that nothing was changed since, not who made a film: nobody vouches for it, and it is never called
trusted. It lies in the user's settings folder, never in a film's.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from ..memory.files import plain_error
from ..memory.settings_file import FILE, read_settings_file
from ..render.diffusion.weight_places import own_folder
from ..storyboard.errors import BadInput

if TYPE_CHECKING:
    from cryptography import x509

MADE_HERE = "made-here.pem"
NAMED = "Photoplay, by a certificate made on one machine"
ISSUER = "Photoplay (nobody vouches for this)"
_YEARS = 20
_MOST_BYTES = 200_000
_ALGORITHMS = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True)
class Certificate:
    """What a film is signed with. ``chain`` is PEM, the signer's own certificate first."""

    chain: bytes
    key: bytes = field(repr=False)
    """The private key, PEM (PKCS 8). Never written anywhere by whoever holds this."""
    algorithm: str
    made_here: bool


def need_packages() -> None:
    """Raises ``BadInput`` where what signs and reads credentials is not installed."""
    try:
        import c2pa  # noqa: F401
        import cryptography  # noqa: F401
    except ImportError:
        raise BadInput(
            "Content credentials need the package c2pa-python. Install it with: "
            'pip install "photoplay[provenance]", or leave --credentials out. Nothing was made.'
        ) from None


def certificate_for(folder: Path | None = None) -> Certificate:
    """The certificate named in ``photoplay.toml`` (of ``folder``; None: the current one), else that of this
    machine, which is made where there is none yet.

    Raises ``BadInput`` where the packages are missing or a certificate cannot be used.
    """
    need_packages()
    table = read_settings_file(folder).get("certificate")
    if table is None:
        return _made_here()
    return _own(table, Path.cwd() if folder is None else folder)


def made_here_anchor() -> bytes | None:
    """The authority (PEM) of this machine's own certificate, by which a signature is known to be its; None
    where there is none."""
    path = _place()
    try:
        text = path.read_bytes() if path.is_file() else b""
    except OSError:
        return None
    blocks = text.split(b"-----BEGIN CERTIFICATE-----")
    return b"-----BEGIN CERTIFICATE-----" + blocks[2] if len(blocks) == 3 else None


def _place() -> Path:
    return own_folder() / "credentials" / MADE_HERE


def _made_here() -> Certificate:
    path = _place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(path.with_name(path.name + ".lock")):
            text = path.read_bytes() if path.is_file() else b""
            if not text or not _serves(text):
                text = _new()
                draft = path.with_name(path.name + ".part")
                draft.unlink(missing_ok=True)
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
    except OSError as error:
        raise plain_error(error, path) from error
    key, _, chain = text.partition(b"-----BEGIN CERTIFICATE-----")
    return Certificate(b"-----BEGIN CERTIFICATE-----" + chain, key, "es256", True)


def _serves(text: bytes) -> bool:
    """Whether the file still holds a certificate in its time."""
    from cryptography import x509

    try:
        first = x509.load_pem_x509_certificates(text)[0]
    except (ValueError, IndexError):
        return False
    return first.not_valid_after_utc > datetime.now(UTC) + timedelta(days=30)


def _new() -> bytes:
    """Key, certificate and authority, PEM; the authority's key is not kept."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    above = _issued(f"{NAMED}: its authority", f"{NAMED}: its authority", authority, authority)
    leaf = _issued(NAMED, f"{NAMED}: its authority", signer, authority)
    key = signer.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return key + leaf.public_bytes(form.Encoding.PEM) + above.public_bytes(form.Encoding.PEM)


def _issued(name: str, by: str, key: Any, signer: Any) -> x509.Certificate:
    """A certificate as C2PA wants it: an authority where ``key`` signs itself, else one that signs films."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def named(common: str) -> x509.Name:
        organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, ISSUER)
        return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, common)])

    authority, now = key is signer, datetime.now(UTC)
    uses = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ), False
    )  # fmt: skip
    uses |= {"key_cert_sign": True, "crl_sign": True} if authority else {"digital_signature": True}
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if not authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(purpose, critical=False)
    return made.sign(signer, hashes.SHA256())


def _own(table: object, folder: Path) -> Certificate:
    """The certificate of ``[certificate]``: ``chain`` and ``key``, files. Raises ``BadInput``."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization as form

    if not isinstance(table, Mapping) or table.keys() != {"chain", "key"}:
        raise BadInput(f"{FILE}: [certificate] names two files, chain and key (both PEM). Nothing was made.")
    chain, text = (_read(folder / Path(str(table[name])).expanduser(), name) for name in ("chain", "key"))
    try:
        first = x509.load_pem_x509_certificates(chain)[0]
        key = form.load_pem_private_key(text, None)
    except TypeError:
        raise BadInput(
            f"{FILE}: the key of [certificate] is locked by a password. Give one that is not, which you "
            "alone can read. Nothing was made."
        ) from None
    except (ValueError, IndexError):
        raise BadInput(f"{FILE}: [certificate] does not name a PEM chain and a PEM key.") from None
    public = form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo
    if first.public_key().public_bytes(*public) != key.public_key().public_bytes(*public):
        raise BadInput(f"{FILE}: the key of [certificate] is not that of its first certificate.")
    if not first.not_valid_before_utc <= datetime.now(UTC) <= first.not_valid_after_utc:
        ends = f"{first.not_valid_after_utc:%Y-%m-%d}"
        raise BadInput(f"{FILE}: the certificate is not in its time (it ends {ends}). Nothing was made.")
    plain = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return Certificate(chain, plain, _algorithm(key), False)


def _algorithm(key: Any) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _ALGORITHMS:
        return _ALGORITHMS[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise BadInput(f"{FILE}: the key of [certificate] is of a kind that content credentials do not use.")


def _read(path: Path, what: str) -> bytes:
    try:
        kind = path.stat()
        if stat.S_ISREG(kind.st_mode) and kind.st_size <= _MOST_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{FILE}: the {what} of [certificate] cannot be read ({error.strerror}).") from None
    raise BadInput(f"{FILE}: the {what} of [certificate] is no PEM file.")
