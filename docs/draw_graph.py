"""Draw the compiled graph into ``how-it-works.md`` (``--check`` only compares)."""

import sys
from pathlib import Path

from photoplay.agent.graph import build

PAGE = Path(__file__).with_name("how-it-works.md")
BEGIN, END = "<!-- graph -->\n", "<!-- end -->"


def drawn() -> str:
    """The page with the graph of the installed package in it."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    mermaid = build().get_graph().draw_mermaid(with_styles=False).strip()
    return f"{before}{BEGIN}```mermaid\n{mermaid}\n```\n{END}{after}"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != drawn())
    PAGE.write_text(drawn(), encoding="utf-8")
