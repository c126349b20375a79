"""The image and the services, without an engine that runs containers."""
