"""The report as one page for people: self-contained, without scripts. It fetches nothing. Law: only `markup` turns text into markup."""

from lab.views.html.page import page

__all__ = ["page"]
