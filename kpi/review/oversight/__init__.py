"""What a second person looks at: countersignatures and spot checks."""
