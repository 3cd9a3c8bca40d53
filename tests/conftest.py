"""Property tests draw the same examples on each run, so that a commit passes or fails as it did before.

``pytest --hypothesis-profile searching`` draws new ones each time.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("searching", print_blob=True)
settings.load_profile("repeatable")
