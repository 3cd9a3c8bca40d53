"""Photoplay in ComfyUI: nodes for a story, its storyboard, keyframes and the film.

Install: ``pip install photoplay`` with ComfyUI's Python, then copy this folder to
``ComfyUI/custom_nodes/photoplay``. Films lie in ``ComfyUI/output/photoplay``; a changed input makes only what
it changes, and a second run makes nothing.
"""

from .nodes import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
