"""The catalogue as files: reading them, and finding everything that is wrong with them, line by line."""
