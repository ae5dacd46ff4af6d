"""What people ask and say: why, votes, mutes, who looks after an alert, what each wants to hear."""
