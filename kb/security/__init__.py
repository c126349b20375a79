"""What stands between the application and whoever reaches it."""
