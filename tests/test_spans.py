"""Long shots are laid out without a gap, a doubled frame or a clip that no renderer can make."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoplay.render.protocol import FrameRule
from photoplay.render.spans import Seam, infill, infill_length, windows

RULES = [FrameRule(), FrameRule(step=4, offset=1, least=5), FrameRule(step=8, offset=1, least=9)]
rules = st.sampled_from(RULES)


@given(rules, st.integers(17, 129), st.integers(2, 20_000))
def test_leaves_cover_every_frame_and_share_their_ends(rule, longest, frames):
    length = infill_length(frames, rule)
    assert frames <= length < frames + max(2, rule.step)
    clips = infill(length, longest, rule)
    leaves = [c for c in clips if c.leaf]
    assert (leaves[0].start, leaves[-1].stop) == (0, length - 1)
    assert all(a.stop == b.start for a, b in pairwise(leaves))
    assert all(c.frames == c.stop - c.start + 1 for c in leaves)
    assert sum(c.frames - 1 for c in leaves) + 1 == length
    assert all(c.frames == rule.snap(c.frames) and c.frames <= longest for c in clips)


@given(rules, st.integers(17, 129), st.integers(2, 20_000))
def test_a_shared_frame_is_one_frame_and_comes_before_its_clips(rule, longest, frames):
    length = infill_length(frames, rule)
    clips = infill(length, longest, rule)
    seen = {Seam(None, 0): 0, Seam(None, length - 1): length - 1}
    for number, clip in enumerate(clips):
        assert clip.start < clip.stop
        for seam, at in ((clip.first, clip.start), (clip.last, clip.stop)):
            assert seen.setdefault(seam, at) == at, "one seam at two places of the shot"
            if seam.clip is not None:
                parent = clips[seam.clip]
                assert seam.clip < number
                assert parent.depth < clip.depth
                assert not parent.leaf
                assert 0 < seam.frame < parent.frames - 1, "an end frame is the parent's own seam"
    assert len(set(seen.values())) == len(seen), "two seams at one frame"


def test_depth_follows_from_length():
    rule = FrameRule(step=4, offset=1)
    depths = {n: max(c.depth for c in infill(n, 81, rule)) for n in (81, 161, 1441, 6401, 6405)}
    assert depths == {81: 0, 161: 1, 1441: 1, 6401: 1, 6405: 2}
    minute = infill(1441, 81, rule)
    assert len(minute) == 19, "one coarse clip and eighteen leaves"
    assert {c.depth for c in minute if c.leaf} == {1}, "all leaves can be made side by side"


def test_a_rule_without_shared_ends_is_refused():
    with pytest.raises(ValueError, match="cannot share"):
        infill_length(100, FrameRule(step=17, offset=5))


@given(rules, st.integers(33, 129), st.integers(1, 5_000), st.sampled_from([1, 5, 9, 17]))
def test_windows_follow_each_other_and_fit_the_rule(rule, longest, frames, tail):
    longest = max(n for n in range(1, longest + 1) if rule.snap(n) == n)
    laid = windows(frames, longest, tail, rule)
    assert laid[0].start == 0
    assert all(a.stop == b.start for a, b in pairwise(laid))
    assert laid[-1].stop >= frames
    assert all(w.frames > 0 for w in laid)
    assert laid[0].frames <= longest
    for window in laid[1:]:
        assert rule.snap(tail + window.frames) == tail + window.frames <= longest
    if len(laid) > 2:
        assert laid[-1].frames * 2 + 2 * rule.step > laid[1].frames, "no sliver at the end"


def test_a_tail_that_leaves_no_room_is_refused():
    with pytest.raises(ValueError, match="no new frames"):
        windows(100, 17, 17, FrameRule(step=4, offset=1))
