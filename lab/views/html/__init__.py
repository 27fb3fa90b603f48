"""The report as one HTML page. It has no scripts and loads nothing. Law: only `markup` turns text into HTML."""

from lab.views.html.page import page

__all__ = ["page"]
