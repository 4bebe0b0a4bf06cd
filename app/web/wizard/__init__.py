"""The check: questions, answers in a cookie, results."""
