"""The report as one HTML page without scripts, which loads nothing. Law: only `markup` turns text into HTML."""

from lab.views.html.page import page

__all__ = ["page"]
