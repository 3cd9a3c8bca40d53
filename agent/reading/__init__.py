"""The built-in reader: everyday commands in English become edits, by rules and without a model."""
