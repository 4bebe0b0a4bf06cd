"""Search, listings, and what a professional makes of them."""
