"""Plans of patrols: proposed, edited by people, published, run, and learnt from."""
