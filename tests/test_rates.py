"""Frame rates: the names of the trade are exact fractions, and nothing drifts over two hours."""

from fractions import Fraction

import pytest

from photoplay.render.sound.mix import samples_of
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.rate import read_rate
from photoplay.studio.command import app
from photoplay.studio.settings import Wishes

NAMED = {
    "23.976": Fraction(24000, 1001), "24": Fraction(24), "25": Fraction(25), "29.97": Fraction(30000, 1001),
    "30": Fraction(30), "50": Fraction(50), "59.94": Fraction(60000, 1001), "60": Fraction(60),
}  # fmt: skip
HOURS = 2 * 3600


@pytest.mark.parametrize("name", list(NAMED))
def test_a_rate_of_the_trade_is_exact_over_two_hours(name):
    rate = read_rate(name)
    assert rate.fps == NAMED[name]
    assert Wishes({"fps": name}, {}).settings(None).rate == rate
    frames = rate.frames(HOURS)
    assert abs(frames / rate.fps - HOURS) <= 1 / (2 * rate.fps)
    for frame in (1, 1001, frames // 2, frames):
        assert abs(Fraction(samples_of(frame, rate), 48_000) - rate.seconds(frame)) <= Fraction(1, 96_000)
        assert abs(Fraction(rate.milliseconds(frame), 1000) - rate.seconds(frame)) <= Fraction(1, 2000)


@pytest.mark.parametrize(
    ("name", "last"), [("23.976", "01:59:52:19"), ("29.97", "01:59:52:24"), ("25", "02:00:00:00")]
)
def test_timecodes_count_every_frame(name, last):
    """Without dropped numbers: at 23.976 and 29.97 two hours are 7.2 seconds short by the code."""
    rate = read_rate(name)
    assert rate.timecode(rate.frames(HOURS)) == last


@pytest.mark.parametrize("text", ["0", "241", "fast", "24/0", "-25", "1/2", "1e9"])
def test_what_is_no_rate_is_refused_by_what_was_given(text):
    with pytest.raises(BadInput, match=r"is not a frame rate. Use one such as 24, 25, 30, 23.976"):
        read_rate(text)


@pytest.mark.parametrize("flag", ["--fps", "--rate"])
def test_both_flags_say_the_rate(flag, tmp_path):
    with pytest.raises(BadInput, match="'fast' is not a frame rate"):
        app(["make", "A whale sings", "--out", str(tmp_path / "film"), flag, "fast"], standalone_mode=False)
    assert not (tmp_path / "film").exists()
