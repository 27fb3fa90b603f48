"""FRR's control sockets: query and change running routers."""
