"""What the directory team keeps in order: people and organisations, and the words that the directory goes by."""
