"""Members of a packed book, read safely: nothing is unpacked to the disk, and everything is bounded."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from ...storyboard.errors import BadInput

MOST_MEMBERS = 5_000
MOST_BYTES = 60_000_000
"""Of all members that are read, unpacked."""
MOST_MARKS = 2_000_000
"""``<`` in a member that is read as XML: each element takes far more memory than its letters."""
MOST_RATIO = 200
"""Unpacked to packed, of a member of more than ``_SMALL`` bytes."""
_SMALL = 1_000_000
_WAYS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Packed:
    """A zip in memory. Raises ``BadInput`` naming the file for one that is broken or without bounds."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise self.bad("it cannot be opened; the file may be damaged") from None
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise self.bad(f"it holds {len(members):,} files, more than a book has")
        for member in members:
            path = member.filename.replace("\\", "/")
            if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
                raise self.bad("it holds a path that leads out of it")
        self.members = frozenset(member.filename for member in members)

    def bad(self, why: str) -> BadInput:
        """What to raise."""
        return BadInput(f"{self.name} cannot be read: {why}. Nothing was made.")

    def read(self, member: str) -> bytes:
        """One member, whole."""
        if member not in self.members:
            raise self.bad(f"{member[:80]!r} is missing in it")
        info = self._zip.getinfo(member)
        if info.flag_bits & 1:
            raise self.bad("it is protected by a password")
        if info.compress_type not in _WAYS:
            raise self.bad("it is packed in a way that books are not")
        most = min(self._left, max(_SMALL, info.compress_size * MOST_RATIO))
        try:
            with self._zip.open(info) as opened:
                data = opened.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
            raise self.bad(f"{member[:80]!r} in it is damaged") from None
        if len(data) > most:
            raise self.bad("unpacked it is larger than any book")
        self._left -= len(data)
        return data

    def xml(self, member: str) -> Any:
        """The root element of a member. Entities, document types and anything outside of it are refused."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        data = self.read(member)
        if data.count(b"<") > MOST_MARKS:
            raise self.bad(f"{member[:80]!r} in it has more parts than any book")
        try:
            return fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            raise self.bad(f"{member[:80]!r} in it defines entities, which books do not need") from None
        except (ParseError, ValueError, LookupError, RecursionError):
            raise self.bad(f"{member[:80]!r} in it is not XML") from None
