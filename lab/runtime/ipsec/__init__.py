"""strongSwan's control sockets: asking and telling tunnels while they run."""
