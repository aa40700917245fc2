"""Cases (案件): who works on them, what they wait for, and the clocks that their deeds move."""
