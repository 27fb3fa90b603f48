"""Pictures of a network: SVG, Mermaid and DOT. Law: all formats read a sketch through `places`. The layout of the SVG is arithmetic."""

from lab.views.graph.dot import dot
from lab.views.graph.mermaid import mermaid
from lab.views.graph.svg import svg

__all__ = ["dot", "mermaid", "svg"]
