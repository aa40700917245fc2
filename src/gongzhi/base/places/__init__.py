"""Where things are: coordinates and their systems, H3 cells, areas, the gazetteer, map layers."""
