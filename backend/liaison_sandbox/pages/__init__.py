"""The part of the stand-in that people see: a pretend Outlook and the addresses it calls."""

from liaison_sandbox.pages.app import create_pages

__all__ = ["create_pages"]
