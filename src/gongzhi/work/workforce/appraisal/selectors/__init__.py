"""What pages, actions and commands read of appraisal."""
