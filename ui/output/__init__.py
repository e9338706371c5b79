"""What is written for people and programs: text, JSON, labels, addresses of places."""
