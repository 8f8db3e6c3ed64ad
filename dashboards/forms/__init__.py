"""What can be done on the page Month-end, one file a form."""
