"""For people who look after listings."""
