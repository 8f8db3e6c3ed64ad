"""The dashboard: pages that fetch, shape and draw, and compute no KPI."""
