"""NETNS: the network inside a node, read and changed from the host through netlink.

Laws: we make nothing in the host's own namespace. Looking at a node (`NodeView`) loads no netlink library.
"""

from lab.runtime.netns.enter import namespace_of, socket_in
from lab.runtime.netns.networks import NodeNetworks
from lab.runtime.netns.view import NodeView

__all__ = ["NodeNetworks", "NodeView", "namespace_of", "socket_in"]
