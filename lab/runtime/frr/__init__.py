"""FRR's control sockets: asking and telling routers while they run."""
