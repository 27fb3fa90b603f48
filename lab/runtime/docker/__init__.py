"""Docker: the engine, images and containers. Law: only this room uses the docker SDK, and no exception of the SDK leaves it."""
