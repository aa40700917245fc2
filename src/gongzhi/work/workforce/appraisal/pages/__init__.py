"""What officers, heads of units, personnel, inspectors and the leadership see of appraisal."""
