"""What other programs read: Open Referral UK, its description, and the page that explains it."""
