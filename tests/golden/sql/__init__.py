"""Every KPI a second time, as plain SQL over the tables of records."""
