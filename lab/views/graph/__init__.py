"""Pictures of a network: SVG, Mermaid and DOT. Law: all three take the places of nodes from `places`. The SVG's layout is computed here."""

from lab.views.graph.dot import dot
from lab.views.graph.mermaid import mermaid
from lab.views.graph.svg import svg

__all__ = ["dot", "mermaid", "svg"]
