"""What a score follows from: role versions, figures, periods, what is left out."""
