"""For the directory team."""
