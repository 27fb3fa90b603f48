"""WORDS OUT: model values become text for people and programs. Law: a view decides nothing, changes nothing and never sees a container."""
