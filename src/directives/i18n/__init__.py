"""Messages for people, their Hindi, and how people write numbers and days."""
