"""Images from outside: decoded by an allow-list, with a cap, and re-encoded without metadata."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from ..storyboard.errors import BadInput

Pixels = npt.NDArray[np.uint8]
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 50_000_000
MOST_BYTES = 200_000_000
LEAST_SIDE = 16


def read_image(path: Path) -> Pixels:
    """The pixels of a PNG, JPEG or WebP file: height x width x 3, sRGB, upright.

    Raises ``BadInput`` naming the file where it is no ordinary file, empty, of another format
    (whatever its name says), broken, moving, or outside the sizes allowed. No pixel is decoded
    before the size is known to be allowed.
    """
    return decode_image(_ordinary(path), str(path))


def _ordinary(path: Path) -> bytes:
    try:
        kind = path.stat()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadInput(f"{path} cannot be read ({why}). Name a PNG, JPEG or WebP picture.") from None
    # Asked before opening: opening a pipe would wait for ever.
    if not stat.S_ISREG(kind.st_mode):
        raise BadInput(f"{path} is not a file with a picture in it. Name a PNG, JPEG or WebP picture.")
    if kind.st_size == 0:
        raise BadInput(f"{path} is empty.")
    if kind.st_size > MOST_BYTES:
        raise BadInput(f"{path} is larger than {MOST_BYTES // 1_000_000} MB. Save a smaller picture.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from None


def decode_image(data: bytes, name: str) -> Pixels:
    """Pixels of an encoded image; ``name`` is what messages call it. Raises as ``read_image``."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _allowed(image, name)
            return _upright(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadInput(_too_large(name)) from None
    except UnidentifiedImageError:
        raise BadInput(
            f"{name} is no picture that can be read here: a PNG, JPEG or WebP is needed."
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error) as error:
        raise BadInput(
            f"{name} is no picture that can be read here: a whole PNG, JPEG or WebP is needed ({error})."
        ) from None


def _too_large(name: str) -> str:
    return f"{name} has more than {MOST_PIXELS // 1_000_000} million pixels. Save a smaller picture."


def _allowed(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise BadInput(_too_large(name))
    if min(width, height) < LEAST_SIDE:
        raise BadInput(f"{name} is {width} x {height} pixels: too small to show what something looks like.")
    if getattr(image, "n_frames", 1) != 1:
        raise BadInput(f"{name} is a moving picture. Save the one frame that is meant.")


def _upright(image: Image.Image) -> Pixels:
    """As RGB, turned as the camera says, what is transparent over white."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I") or turned.mode == "F":  # 16-bit grey: Pillow would clip, not scale
        grey = np.asarray(turned).astype(np.float64)
        turned = Image.fromarray(np.clip(np.rint(grey / 257.0), 0, 255).astype(np.uint8))
    if turned.has_transparency_data:
        clear = turned.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        turned = Image.alpha_composite(white, clear)
    return np.ascontiguousarray(np.asarray(turned.convert("RGB"), dtype=np.uint8))


def encode_png(pixels: Pixels) -> bytes:
    """A PNG of height x width x 3 pixels, lossless, with no metadata."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, :3])).save(file, "PNG")
    return file.getvalue()


def pixels_digest(pixels: Pixels) -> str:
    """SHA-256 of size and pixels: the same picture has one digest, whoever compressed it."""
    height, width = pixels.shape[:2]
    found = hashlib.sha256(f"rgb {width}x{height}\n".encode())
    found.update(np.ascontiguousarray(pixels[:, :, :3]).tobytes())
    return found.hexdigest()
