"""What a person does in the pane: look at a meeting, link it, make an activity from it, unlink, sync now, retract."""
