"""A file becomes records: read, recognised, mapped, cleaned, protected, loaded."""
