"""Directing: what a person says becomes edits, shown as a difference, applied on yes, and rendered."""
