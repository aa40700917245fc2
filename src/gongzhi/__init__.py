"""Gongzhi 共治: a county's residents, police and departments keep each other safe together."""

__version__ = "0.1.0"
