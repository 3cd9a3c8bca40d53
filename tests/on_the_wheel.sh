#!/bin/sh
# Build the wheel from what git has, install it into a fresh environment, copy the tests out of the
# checkout and run them there, so that what is tested is what a person installs.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
tier=${TIER:-quick}
work=$(mktemp -d "${TMPDIR:-/tmp}/photoplay-test.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

mkdir "$work/source" "$work/run"
(cd "$here" && git ls-files -z --cached | tar --null -T - -cf -) | tar -xf - -C "$work/source"
"$python" -m venv "$work/venv"
bin="$work/venv/bin"
pip="$bin/python -m pip --quiet --disable-pip-version-check"
$pip install build 'setuptools>=77' wheel
(cd "$work/source" && "$bin/python" -m build --wheel --no-isolation --outdir "$work/dist" . >"$work/build.log" 2>&1) \
    || { cat "$work/build.log"; exit 1; }
$pip install -c "$here/constraints.txt" "$work"/dist/*.whl pytest hypothesis mypy ruff psutil
(cd "$work/source" && "$bin/ruff" check --quiet . && "$bin/ruff" format --quiet --check . && "$bin/mypy" . )
cp -R "$work/source/tests" "$work/source/examples" "$work/source/docs" "$work/source/benchmarks" "$work/run/"
cp "$work/source/pyproject.toml" "$work/source/README.md" "$work/source/CHANGELOG.md" \
    "$work/source/Makefile" "$work/run/"
(cd "$here" && git ls-files) >"$work/run/tracked.txt"
cd "$work/run"
PHOTOPLAY_TRACKED="$work/run/tracked.txt" "$bin/python" -m pytest -p no:cacheprovider -m "$([ "$tier" = slow ] && echo slow || echo 'not slow and not gpu')" tests
