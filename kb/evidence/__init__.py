"""What an editor does at the words of an article: confirm, reject, correct, add, take back."""
