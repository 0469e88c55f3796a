"""A stand-in Microsoft 365 tenant: mailboxes, Graph, sign-in. Shares no code with the product."""
