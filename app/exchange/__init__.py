"""To and from the models: seed files, and later Open Referral UK and CSV."""
