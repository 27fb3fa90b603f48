"""Docker: engine, images and containers. Law: only this package uses the docker SDK, and it lets none of the SDK's exceptions out."""
