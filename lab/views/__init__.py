"""VIEWS: show results as text, for people and for programs. Law: a view decides nothing, changes nothing and never uses a container."""
