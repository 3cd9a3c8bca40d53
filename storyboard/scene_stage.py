"""What must stay the same through one scene."""

from __future__ import annotations

from dataclasses import dataclass, field

from .call_sheet import CallSheet
from .film import Scene, Story
from .vocabulary import (
    Facing,
)


@dataclass
class SceneStage:
    """What must stay the same through one scene: the axis, the way of travel, states, things in hand."""

    story: Story
    scene: Scene
    calls: CallSheet
    axis: dict[str, int]
    """Character id -> rank from left to right."""
    travel: Facing | None = None
    states: dict[str, str] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    """Prop id -> holder, while it is held."""

    def __post_init__(self) -> None:
        self.looks = {c.id: c.look for c in self.story.characters}
        self.things = {p.id: p.look for p in self.story.props}
        self.known_states = {c.id: {s.name for s in c.states} for c in self.story.characters}
        self.known_states |= {p.id: {s.name for s in p.states} for p in self.story.props}
        self.place = next(p for p in self.story.places if p.id == self.scene.place)
