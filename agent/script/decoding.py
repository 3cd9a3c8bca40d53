"""Text out of bytes: UTF-8, UTF-16 that says so, what a page declares, else Windows-1252, which is said."""

from __future__ import annotations

import re

from ...storyboard.errors import BadInput

_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "a packed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}


_DECLARED = re.compile(
    r"iso-8859-\d\d?|windows-125\d|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5"
)


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The text with plain line ends, and what a person must be told. Raises ``BadInput`` naming the file.

    ``declared`` is the encoding that the text itself says it has; it is taken where it is a usual one.
    """
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise BadInput(
                f"{name} is {what}, not text. Save it as .txt, .md, .docx or .epub. Nothing was made."
            )
    text, notices = _decoded(data, name, declared.lower())
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"), notices


def _decoded(data: bytes, name: str, declared: str) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise BadInput(
                f"{name} begins as UTF-16 and is not. Save it as UTF-8. Nothing was made."
            ) from None
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if _DECLARED.fullmatch(declared):
        try:
            return data.decode(declared), ()
        except UnicodeDecodeError:
            pass
    if any(byte in _CONTROL for byte in data[:100_000]):
        raise BadInput(
            f"{name} is not text. Save it as .txt in UTF-8, .md, .docx or .epub. Nothing was made."
        )
    text = data.decode("cp1252", "replace")
    return text, (f"{name} is not UTF-8; it was read as Windows-1252. Check names and accents.",)
