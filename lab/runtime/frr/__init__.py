"""FRR: query and change running routers through their control sockets."""
