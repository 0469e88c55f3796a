"""The sign-in service: discovery, keys and tokens in the form of Entra ID v2."""
