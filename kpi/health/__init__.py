"""Whether an installation is sound: what the doctor looks at, for the command and for the page."""
