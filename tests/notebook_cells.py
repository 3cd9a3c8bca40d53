"""Runs a notebook's cells in order, without jupyter. ``python tests/notebook_cells.py`` renews the outputs
that are committed with the example: it is told by no test that they are the newest."""

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parent.parent / "examples" / "notebook.ipynb"


def read(path=NOTEBOOK):
    return json.loads(path.read_text(encoding="utf-8"))


def run_cells(notebook, names=None):
    """Run all code cells in one namespace; yields (cell, what it printed, its last expression's value)."""
    names = {"__name__": "__main__"} if names is None else names
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        said = io.StringIO()
        value = None
        with contextlib.redirect_stdout(said):
            exec(compile(tree, "<cell>", "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
        yield cell, said.getvalue(), value


def outputs_of(said, value, count):
    """As a notebook keeps them."""
    outputs = []
    if said:
        outputs.append({"name": "stdout", "output_type": "stream", "text": said.splitlines(keepends=True)})
    if value is not None:
        data = {"text/plain": [repr(value)]}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": [value._repr_html_()], **data}
        outputs.append(
            {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return outputs


def renew():
    notebook = read()
    folder = Path(tempfile.mkdtemp(prefix="photoplay-notebook-"))
    os.chdir(folder)
    for count, (cell, said, value) in enumerate(run_cells(notebook), 1):
        cell["outputs"] = outputs_of(said, value, count)
        cell["execution_count"] = count
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    NOTEBOOK.write_text(text.replace(f"{folder.resolve()}/", ""), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(renew())
