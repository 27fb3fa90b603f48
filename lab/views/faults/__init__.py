"""The kinds of fault: on a terminal, as JSON and as the page in docs."""
