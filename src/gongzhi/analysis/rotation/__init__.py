"""Who changes places with whom, so that sensitive posts are not held too long, offices and the
front line know each other, and no unit loses its experience at once."""

from gongzhi.analysis.rotation.planning import Left, Move, Place, Plan, Rules, Seat, plan

__all__ = ["Left", "Move", "Place", "Plan", "Rules", "Seat", "plan"]
