"""Work on finished pictures. Plain Python: no Django, no models."""
