"""From a practice's stored figures to a manager's score, its explanation and its periods."""
