"""The places that are known beforehand, and how they are looked up."""
