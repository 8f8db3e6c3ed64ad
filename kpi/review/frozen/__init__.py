"""What a final scorecard holds, and how it is verified."""
