"""Results, attainment, gates, signals and the score: pure arithmetic on a practice's facts."""
