"""What `tests.flows.screenshots` photographs, a module for each part of the product."""
