"""Command lane (指挥专班): who commands a large incident, what for, with what; lessons."""
