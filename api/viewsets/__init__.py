"""Viewsets: the resources that have addresses."""
