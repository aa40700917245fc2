"""The lie of the demo county: a made-up archipelago, drawn from one seed."""
