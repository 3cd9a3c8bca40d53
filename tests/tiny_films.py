"""One tiny finished film of slates, made once in a test run and copied for each test that harms it."""

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

from treatments import treatment

import photoplay
from photoplay.agent.production import Production
from photoplay.memory.files import Files
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.film import Settings

TINY = Settings(width=128, height=72, renderer="slate")
IDEA = "Anna and the whale"
SECONDS = 20
TOLD = "Anna walks along the shore. The whale sings to her. She sings back."
"""Of three sentences: without a length the story sets it."""


def writer(**changes):
    return photoplay.FunctionWriter(lambda brief, seed: treatment(**changes))


def make(folder, idea=IDEA, **more):
    given = {"settings": TINY, "writer": writer(), "seconds": SECONDS, "crew": SoloCrew()}
    return photoplay.make(idea, out=folder, **(given | more))


@functools.cache
def _finished():
    folder = Path(tempfile.mkdtemp(prefix="photoplay-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make(folder / "film")
    return folder / "film"


def copy_of_a_film(folder):
    """A finished film of five shots and two cards, as a copy in ``folder``."""
    shutil.copytree(_finished(), folder)
    return folder


def opened(folder, files=None, crew=None):
    return Production(Project.open(folder, files), crew=crew or SoloCrew())


def pictures_made(production):
    return sorted(node.item for node in production.outcome.made if node.stage == "picture")


def all_verify(project):
    return all(project.store.check(key, deep=True) == "whole" for key in list(project.store.keys()))


def everything_in(folder):
    """Every file below ``folder`` with its bytes."""
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class FailingFiles(Files):
    """A disk that fails every operation for which ``fails(operation, path)`` holds, while ``broken``."""

    def __init__(self, root, number, fails=lambda operation, path: True):
        super().__init__(root)
        self.broken, self.refused = False, 0
        self._number, self._fails = number, fails

    def step(self, operation, path):
        if self.broken and self._fails(operation, path):
            self.refused += 1
            raise OSError(self._number, os.strerror(self._number))
