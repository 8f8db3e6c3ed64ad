"""One function a figure, and the theme they share."""
