"""Microsoft Graph v1.0 as far as calendars go: a file per resource."""
