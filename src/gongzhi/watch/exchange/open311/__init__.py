"""Open311 GeoReport v2: other programs list our services, send requests and follow them.

Specification: https://wiki.open311.org/GeoReport_v2. Where it would show what residents wrote to
everybody, we show less: see `docs/reference/open311.md`.
"""
