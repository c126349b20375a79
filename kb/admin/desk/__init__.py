"""What makes a list of the admin a desk: counting, editing in place, actions, sums, files."""
