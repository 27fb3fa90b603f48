"""The report as one page for people: self-contained, no script, nothing fetched. Law: text becomes markup in `markup` alone."""

from lab.views.html.page import page

__all__ = ["page"]
