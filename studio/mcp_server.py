"""Films for language models: an MCP server over standard input and output, and nothing else.

A model names films by slugs and says in words what it wants; it can give no path, address, renderer or key.
Everything is in one folder, and nothing is paid for that was not allowed when the server was started.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from .. import __version__
from ..agent.directing.turn import Turn
from ..memory.project import is_film
from ..memory.slug import slug
from ..storyboard.errors import BadInput, PhotoplayError, UnknownName
from .events import Events, StageBegan, TakeMade
from .film import Film
from .mcp_answers import Changed, Costs, FilmRow, Films, Proposal, Shown, changed, proposed, shown
from .studio import Studio

INSTRUCTIONS = """Photoplay makes films from stories. make_film writes, draws and cuts one (minutes);
show_film tells its story, shots and takes. To change it, propose_change says how words were understood, what
would be made again and what that costs; show that to the person, and apply_change only on their yes.
undo takes changes back."""
MOST_PROPOSALS = 100
"""Proposals that are kept; older ones have to be made again."""
T = TypeVar("T")
Name = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$",
        description="The film's name: lower-case letters, digits, hyphens.",
    ),
]
Words = Annotated[str, Field(min_length=1, max_length=4000)]


def _strict(tool: Callable[..., Any]) -> Tool:
    """The tool that refuses an argument which it does not know, rather than do without it in silence."""
    made = Tool.from_function(tool)
    arguments = made.fn_metadata.arg_model  # a class of its own for each tool
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    made.parameters = arguments.model_json_schema(by_alias=True)
    return made


class FilmTools:
    """The tools, over one studio and one folder."""

    def __init__(self, studio: Studio, root: Path) -> None:
        self._studio = studio
        self._root = Path(os.path.realpath(root))
        self._proposals: OrderedDict[str, tuple[str, str, Turn]] = OrderedDict()

    def server(self) -> MCPServer[Any]:
        """The server with all tools."""
        tools = (
            self.list_films, self.make_film, self.show_film, self.propose_change, self.apply_change,
            self.undo, self.render, self.cost,
        )  # fmt: skip
        return MCPServer(
            "photoplay",
            version=__version__,
            instructions=INSTRUCTIONS,
            log_level="WARNING",
            tools=[_strict(tool) for tool in tools],
        )

    # -- looking --------------------------------------------------------------------------

    async def list_films(self) -> Films:
        """The films there are, by name."""
        return await _aside(self._list)

    async def show_film(self, name: Name) -> Shown:
        """A film's story, its shots with the state of their takes, and its file."""
        return await _aside(lambda: shown(name, self._open(name)))

    async def cost(self, name: Name) -> Costs:
        """What was paid for a film, and what making what is missing would cost. Orders nothing."""

        def look() -> Costs:
            found = self._open(name).cost()
            return Costs(
                charged=str(found.charged), may_be_charged=str(found.may_be_charged), to_come=found.to_come
            )

        return await _aside(look)

    async def propose_change(self, name: Name, words: Words) -> Proposal:
        """How words such as "scene 2 at night" are understood, what they change, how many shots are made
        again, about how long that takes and what it costs. Changes nothing: apply_change does, on the
        person's yes."""

        def look() -> Proposal:
            turn = self._open(name).propose(words)
            return self._proposed(name, words, turn)

        return await _aside(look)

    # -- making ---------------------------------------------------------------------------

    async def make_film(
        self,
        idea: Annotated[str, Field(min_length=1, max_length=60_000)],
        ctx: Context[Any, Any],
        name: Name | None = None,
        seconds: Annotated[int | None, Field(ge=1, le=36_000)] = None,
        style: Annotated[str | None, Field(max_length=40)] = None,
        size: Annotated[str | None, Field(pattern=r"^\d{2,4}x\d{2,4}$")] = None,
        shots: Annotated[int | None, Field(ge=1, le=1000)] = None,
        dialogue: bool = True,
        until: Literal["story", "board", "takes", "film"] = "film",
    ) -> Shown:
        """Make a film from a sentence or a short story, or go on with the one of that name. It takes
        minutes; until="board" stops after the storyboard, which is quick: it can be changed before it is
        drawn."""
        options: dict[str, Any] = {
            "seconds": seconds, "style": style, "size": size, "shots": shots,
            "dialogue": None if dialogue else False,
        }  # fmt: skip
        given = {option: value for option, value in options.items() if value is not None}
        with _told():
            folder = self._folder(name or self._free(idea))
            events = self._studio.events(idea, out=folder, until=until, **given)
        film = await _through(events, ctx)
        return await _aside(lambda: shown(folder.name, film))

    async def render(
        self,
        name: Name,
        ctx: Context[Any, Any],
        shots: Annotated[list[str] | None, Field(max_length=1000)] = None,
    ) -> Shown:
        """Make what is missing or stale of a film (only of these shots, where given), then cut it."""
        film = await _aside(lambda: self._open(name))
        await _through(film.rendering(shots or None), ctx)
        return await _aside(lambda: shown(name, film))

    async def apply_change(self, name: Name, proposal: str, ctx: Context[Any, Any]) -> Changed:
        """Do what propose_change showed under that id, make what it changes and nothing else, cut anew."""
        kept = self._proposals.get(proposal)
        if kept is None or kept[0] != name:
            raise ToolError(f"There is no such proposal for {name}. Propose the change again.")
        film = await _aside(lambda: self._open(name))
        done: list[Turn] = []
        events = film.doing(lambda: done.append(film.apply(kept[2], kept[1])))
        await _through(events, ctx)
        self._proposals.pop(proposal, None)
        return changed(done[0])

    async def undo(self, name: Name, n: Annotated[int, Field(ge=1, le=1000)] = 1) -> Changed:
        """Take back the last n changes. Nothing is rendered; a film that was cut is cut again."""
        return await _aside(lambda: changed(self._open(name).undo(n)))

    # -- inside ---------------------------------------------------------------------------

    def _folder(self, name: str) -> Path:
        """Where the film of that name lies: in the one folder, never where a link leads."""
        if slug(name) != name:
            raise BadInput(f"{name[:60]!r} is not a film's name: lower-case letters, digits, hyphens.")
        folder = self._root / name
        if folder.is_symlink():
            raise BadInput(f"{name!r} is a link and not a film's folder. Nothing was done.")
        return folder

    def _free(self, idea: str) -> str:
        """A name no other film has."""
        first = slug(idea[:80])[:44].strip("-")
        names = (first, *(f"{first}-{n}" for n in range(2, 1000)))
        return next(name for name in names if not is_film(self._folder(name)))

    def _open(self, name: str) -> Film:
        folder = self._folder(name)
        if not is_film(folder):
            raise UnknownName("film", name, [row.name for row in self._list().films])
        return self._studio.open(folder)

    def _list(self) -> Films:
        found = Films(films=[])
        for folder in sorted(self._root.iterdir()) if self._root.is_dir() else ():
            if folder.is_symlink() or slug(folder.name) != folder.name or not is_film(folder):
                continue
            try:
                film = self._studio.open(folder)
            except PhotoplayError as error:
                found.unreadable[folder.name] = str(error)
                continue
            made = film.production.film_path.is_file()
            shots = len(film.storyboard.shots)
            found.films.append(FilmRow(name=folder.name, title=film.title, shots=shots, made=made))
        return found

    def _proposed(self, name: str, words: str, turn: Turn) -> Proposal:
        """Told, and kept under an id where there is something to do."""
        if turn.kind not in ("proposal", "deed"):
            return proposed(turn, None)
        number = uuid.uuid4().hex[:12]
        self._proposals[number] = name, words, turn
        while len(self._proposals) > MOST_PROPOSALS:
            self._proposals.popitem(last=False)
        return proposed(turn, number)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Errors for a film maker become the tool's, in the same words; any other is a bug and stays one."""
    try:
        yield
    except PhotoplayError as error:
        raise ToolError(str(error)) from error


async def _aside(work: Callable[[], T]) -> T:
    """The result of ``work``, done in a thread: the protocol goes on meanwhile."""
    with _told():
        return await asyncio.to_thread(work)


async def _through(events: Events, ctx: Context[Any, Any]) -> Film:
    """The film, when all is done; takes made are told as progress. Cancelled, it stops the work."""
    made, total = 0, 0
    with _told():
        async with events:
            async for event in events:
                if isinstance(event, StageBegan):
                    made, total = 0, event.total
                    await ctx.report_progress(made, total or None, f"{event.stage}: {event.words}")
                elif isinstance(event, TakeMade):
                    made, total = event.made, event.total
                    await ctx.report_progress(made, total, f"{event.item} is made")
            return events.film
