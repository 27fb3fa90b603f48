"""Docker: the engine, the images and the containers of a lab. Law: the one home of the docker SDK, whose exceptions stop here."""
