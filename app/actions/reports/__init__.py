"""What readers report about a listing. Read: stamps, taking, answering, waiting, letters, telling, unanswered,
wiping."""
