"""Scripts and long texts: a screenplay is law, a chapter is condensed."""
