"""Every address inside the built site is checked before the site is put in place: links, anchors, pictures, styles, downloads, search entries."""

from generator.site.link_check.internal_links import problems

__all__ = ["problems"]
