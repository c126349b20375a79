"""What became of each record: who changed what, when, and from what to what; earlier versions put back."""
