"""数在转: the log. Every change is an action that writes its event in the same transaction."""
