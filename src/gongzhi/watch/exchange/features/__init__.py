"""The maps as OGC API Features: map programs (QGIS, GDAL) open them as they are."""
