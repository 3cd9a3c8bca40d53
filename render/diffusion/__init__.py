"""Diffusion renderers: one file a family of models, over diffusers (extra ``photoplay[diffusion]``).

Nothing heavy is imported before a renderer is loaded.
"""
