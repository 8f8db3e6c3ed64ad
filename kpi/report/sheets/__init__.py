"""The sheets of a scorecard's workbook, one module a sheet."""
