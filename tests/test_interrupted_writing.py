"""An interrupt that comes while plain data is written is heard, not swallowed by what writes it."""

import signal
import sys
import time

import pytest

from photoplay.render.order import Order, dumps
from photoplay.render.requests import Raster, Title
from photoplay.storyboard.edit_types import EDIT, Replace
from photoplay.storyboard.film import Brief, Film, Settings

ORDER = Order(
    id="a",
    key="0" * 64,
    request=Title(heading="A long heading " * 40, frames=3, raster=Raster(width=64, height=64)),
    folder="work/a",
)
REPLACE = Replace(
    film=Film(id="a", brief=Brief(idea="a whale"), settings=Settings(values={"a": 1, "b": "c"}))
)


class Interrupted(BaseException):
    """As Ctrl-C and SIGTERM are: no error that anything may catch."""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such timer there")
@pytest.mark.parametrize("write", [lambda: dumps(ORDER), lambda: EDIT.dump_python(REPLACE, mode="json")])
def test_an_interrupt_while_data_is_written_is_raised(write):
    sent = 0

    def interrupt(number, frame):
        nonlocal sent
        sent += 1
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for heard in range(150):
            until = time.monotonic() + 10
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.001 + heard * 7e-6)
                while time.monotonic() < until:
                    write()
                    assert sent == heard, "an interrupt was swallowed"
            except Interrupted:
                continue
            raise AssertionError("no interrupt came")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
