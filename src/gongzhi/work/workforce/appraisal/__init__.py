"""Appraisal: numbers beside what is to be expected, matters behind them, objections, decisions."""
