"""VIEWS: show model values as text, for people and programs. Law: a view decides nothing, changes nothing and never uses a container."""
