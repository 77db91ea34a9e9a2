"""What people read: views take facts and a voice, never a query."""
