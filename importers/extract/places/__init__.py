"""Places named in a text: by table, by form, and by what stands around them."""
