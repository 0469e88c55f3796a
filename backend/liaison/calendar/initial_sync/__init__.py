"""Initial syncs of several mailboxes: dry run, plan, apply, undo."""
