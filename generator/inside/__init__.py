"""Every address inside the built site is checked before the site is put in place: links, anchors, pictures, styles, downloads, search entries."""

from generator.inside.check import problems

__all__ = ["problems"]
