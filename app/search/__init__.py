"""Finding a service by whatever words people use for it."""
