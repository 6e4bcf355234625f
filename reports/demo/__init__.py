"""What the demonstration shows of this room; the sample data below it is made in progress.demo."""
