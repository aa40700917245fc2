"""Gongzhi's tests; the folders mirror src/gongzhi."""
