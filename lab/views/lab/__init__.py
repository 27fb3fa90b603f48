"""Labs on this host: how they are, and what a command has done to them."""
