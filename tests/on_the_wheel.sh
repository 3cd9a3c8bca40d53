#!/bin/sh
# Build the wheel from what git has, install it into a fresh environment, copy the tests out of the
# checkout and run them there, so that what is tested is what a person installs.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
tier=${TIER:-quick} # quick, slow, or diffusion: the tests that need torch, on the processor
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
wheel=$(echo "$work"/dist/*.whl)
if [ "$tier" = diffusion ]; then
    # First, and by its exact version: so a build for processors is taken where pip is pointed to one.
    $pip install -c "$here/constraints.txt" torch==$(sed -n 's/^torch==//p' "$here/constraints.txt")
    $pip install -c "$here/constraints.txt" "$wheel[diffusion,local]" pytest pytest-xdist hypothesis psutil
    files='tests/test_diffusion_*.py tests/test_faults_weights.py tests/test_seam.py tests/test_sheets.py tests/test_local_*.py'
    files="$files tests/test_benchmark_gpu.py -n 2 --dist loadfile"
    export OMP_NUM_THREADS=1 # tiny tensors only wait for more threads
else
    $pip install -c "$here/constraints.txt" "$wheel" pytest pytest-xdist hypothesis mypy ruff psutil 'mcp>=2.3,<3' \
        "opentimelineio>=0.18; python_version<'3.14'" "otio-fcp-adapter>=1,<2; python_version<'3.14'" \
        "otio-cmx3600-adapter>=1,<2; python_version<'3.14'"
    (cd "$work/source" && "$bin/ruff" check --quiet . && "$bin/ruff" format --quiet --check . && "$bin/mypy" . )
    files='tests -n 2 --dist loadfile'
fi
case $tier in slow) marks=slow ;; *) marks='not slow and not gpu' ;; esac
cp -R "$work/source/tests" "$work/source/examples" "$work/source/docs" "$work/source/benchmarks" "$work/run/"
cp "$work/source/pyproject.toml" "$work/source/README.md" "$work/source/CHANGELOG.md" \
    "$work/source/Makefile" "$work/run/"
(cd "$here" && git ls-files) >"$work/run/tracked.txt"
cd "$work/run"
# shellcheck disable=SC2086  the files are words
PHOTOPLAY_TRACKED="$work/run/tracked.txt" "$bin/python" -m pytest -p no:cacheprovider -m "$marks" $files
