"""What the directory says, as values: listings with their sources, organisations, crisis lines."""
