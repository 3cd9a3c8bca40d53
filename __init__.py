"""Photoplay."""
