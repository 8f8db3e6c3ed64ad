"""What Streamlit is started on."""
