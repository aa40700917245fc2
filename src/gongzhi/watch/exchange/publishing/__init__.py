"""Publishing the log to the county's message brokers: NATS JetStream and Kafka."""
