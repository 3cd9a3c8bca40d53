"""Proportions of a person by age, build and what the person presents as."""

from __future__ import annotations

from dataclasses import dataclass

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Age, Build, Dress, Stature

STATURE = {
    Stature.tiny: 0.55,
    Stature.small: 0.86,
    Stature.medium: 1.0,
    Stature.large: 1.14,
    Stature.giant: 1.9,
}
"""Height against others of the same kind."""


@dataclass(frozen=True)
class Anatomy:
    """Lengths as shares of the standing height. Widths are half widths seen from the front."""

    height: float
    """Metres."""
    leg: float
    torso: float
    neck: float
    head: float
    shoulder: float
    waist: float
    hip: float
    girth: float
    """Limb thickness against the average."""
    arm: float
    bust: float = 1.0
    """Depth of the chest against that of the waist."""
    stoop: float = 0.0
    """Degrees that the back leans forward at rest."""

    @property
    def depth(self) -> float:
        """Half thickness of the torso, front to back."""
        return 0.072 * self.girth


_AGES = {
    Age.child: (1.15, 0.36, 0.27, 0.015, 0.355, 0.105, 0.084, 0.088, 1.12, 0.30, 0.0),
    Age.youth: (1.5, 0.44, 0.275, 0.025, 0.26, 0.106, 0.076, 0.082, 0.96, 0.35, 0.0),
    Age.adult: (1.72, 0.455, 0.29, 0.03, 0.225, 0.118, 0.08, 0.086, 1.0, 0.365, 0.0),
    Age.elder: (1.6, 0.425, 0.3, 0.02, 0.235, 0.115, 0.092, 0.094, 1.0, 0.365, 15.0),
}
BABY, TODDLER = "nappy", "romper"
"""The pieces of costume that make a child one that crawls, or has just learnt to walk."""
HUGE = "giant"
"""The species of those whose hands and feet tell how large they are."""
_INFANTS = {
    BABY: (0.66, 0.235, 0.31, 0.0, 0.455, 0.125, 0.112, 0.118, 1.5, 0.27, 0.0),
    TODDLER: (0.84, 0.3, 0.28, 0.004, 0.416, 0.112, 0.1, 0.104, 1.3, 0.28, 0.0),
}
_CHILDREN = {Stature.tiny: 0.74, Stature.small: 0.92}
"""A short child beside other children, not beside grown people."""
_BUILDS = {Build.slight: 0.86, Build.average: 1.0, Build.sturdy: 1.24}


def infant(look: BodyLook, pieces: tuple[str, ...]) -> str:
    """``BABY`` or ``TODDLER`` where the pieces of costume say so of a child; else ""."""
    return next((p for p in (BABY, TODDLER) if p in pieces), "") if look.age is Age.child else ""


def anatomy(look: BodyLook, pieces: tuple[str, ...] = ()) -> Anatomy:
    """The proportions of a person of that look and costume."""
    little = infant(look, pieces)
    grown = Age.adult if look.age is Age.youth and look.dress is Dress.armour else look.age  # a young knight
    row = _INFANTS[little] if little else _AGES[grown]
    height, leg, torso, neck, head, shoulder, waist, hip, girth, arm, stoop = row
    broad = _BUILDS[look.build]
    if look.age is not Age.child:
        if look.presents == "woman":
            shoulder, waist, hip, height = shoulder * 0.9, waist * 0.84, hip * 1.1, height * 0.97
            if look.age is Age.adult:  # a large head on a short neck makes a girl of a woman
                leg, neck, head = leg + 0.016, neck + 0.006, head - 0.022
        elif look.presents == "man":
            shoulder, height = shoulder * 1.1, height * 1.03
    if look.species == HUGE:  # a small head over great shoulders, long arms
        leg, torso, neck, head = leg + 0.01, torso + 0.035, neck + 0.02, head - 0.065
        shoulder, waist, arm = shoulder * 1.12, waist * 1.08, arm + 0.045
    stature = STATURE[look.stature]
    if look.age is Age.child:
        stature = 1.0 if little else _CHILDREN.get(look.stature, stature)
    return Anatomy(
        height=height * stature,
        leg=leg,
        torso=torso,
        neck=neck,
        head=head,
        shoulder=shoulder * (0.5 + broad * 0.5),
        waist=waist * broad * (1.1 if look.build is Build.sturdy else 1.0),
        hip=hip * (0.35 + broad * 0.65),
        girth=girth * (0.35 + 0.65 * broad),
        arm=arm,
        bust=1.3 if look.presents == "woman" and look.age is not Age.child else 1.0,
        stoop=stoop,
    )
