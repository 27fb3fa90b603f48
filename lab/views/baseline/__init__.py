"""Show a baseline (the figures of a run that a later run is compared with) and the comparison, as text and as JSON."""
