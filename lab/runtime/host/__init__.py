"""The host: what it has, what it lacks, what we may install, and how many labs it can run at the same time."""
