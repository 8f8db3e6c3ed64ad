"""Texts become values as they are stored: one module a family of kinds, each over unique texts."""
