"""What `liaison doctor` looks at: a file per subject. Each check says one line, and never a secret."""
