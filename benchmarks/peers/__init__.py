"""Others that do the same work: a submission for each of many units, durable, with its history."""
