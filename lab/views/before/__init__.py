"""What is told before a lab: what is wrong in the files, and what would be run. Plain text, so that it comes at once."""
