"""Serializers: what each resource shows."""
