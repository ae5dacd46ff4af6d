"""Hand messages over and see that each arrives once; tell operators about the watch itself."""
