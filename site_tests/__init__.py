"""Tests of the data, the generator, the built site, and the site in a real browser: one room for each room of the generator, and a few more."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The folder of the project."""
