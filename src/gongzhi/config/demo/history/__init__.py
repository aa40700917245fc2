"""What happens in the demo county: a seeded stream of calls and requests that reads like life."""
