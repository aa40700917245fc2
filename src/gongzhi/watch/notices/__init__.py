"""Notices: what people asked to be told, through the channel they chose; and who asked, sealed."""
