"""Draw pictures of a network as SVG, Mermaid and DOT.

Law: `places` says where each node belongs in all three. For the SVG picture, the exact positions are computed here.
"""

from lab.views.graph.dot import dot
from lab.views.graph.mermaid import mermaid
from lab.views.graph.svg import svg

__all__ = ["dot", "mermaid", "svg"]
