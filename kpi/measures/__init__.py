"""Records become monthly measures, kept up to date as uploads come and go."""
