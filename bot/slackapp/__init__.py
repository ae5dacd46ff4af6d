"""Listen to Slack: buttons, dialogs, commands and the home tab, each answered by one function of the pipeline."""
