"""Seen whole: what is done with the whole body, and the closest framing in which it is understood."""

from __future__ import annotations

from .vocabulary import Action, ShotSize

SEEN_WHOLE: dict[tuple[Action, str], ShotSize] = {
    (Action.fall, ""): ShotSize.full, (Action.stand, "stop"): ShotSize.full,
    (Action.push, "through"): ShotSize.full, (Action.paint, "line"): ShotSize.full,
    (Action.walk, "lead"): ShotSize.full, (Action.walk, "follow"): ShotSize.full,
    (Action.climb, ""): ShotSize.full, (Action.sit, ""): ShotSize.full,
    (Action.look, "far"): ShotSize.medium_full, (Action.hold, "lift"): ShotSize.full,
    (Action.search, ""): ShotSize.full, (Action.take, "up"): ShotSize.full,
    (Action.hide, "back"): ShotSize.full,
    (Action.throw, "drop"): ShotSize.full, (Action.drink, "stream"): ShotSize.full,
    (Action.jump, ""): ShotSize.full, (Action.row, ""): ShotSize.full, (Action.dive, ""): ShotSize.full,
    (Action.walk, "stagger"): ShotSize.full,
    (Action.work, "pack"): ShotSize.full, (Action.work, "carve"): ShotSize.full,
    (Action.play, "ball"): ShotSize.full, (Action.work, "sweep"): ShotSize.full,
    (Action.fall, "trip"): ShotSize.full, (Action.dance, ""): ShotSize.full,
    (Action.kneel, ""): ShotSize.full, (Action.lie, ""): ShotSize.full, (Action.run, ""): ShotSize.full,
}  # fmt: skip
"""Action and manner ("" for none) -> the closest framing: it is seen by the feet as much as by the hands."""
