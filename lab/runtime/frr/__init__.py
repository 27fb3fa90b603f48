"""FRR: query and change running routers by their control sockets."""
