"""Two practices that do not exist, with thirty months of exports, to try everything on."""
