"""The sync workers: processes that look at mailboxes when they are due, as many as wanted on as many machines."""
