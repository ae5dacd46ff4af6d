"""What people press, fill in and read in Slack beside the alerts themselves.

Everything here is a pure function from records and the reader's words to Block Kit; who answers the presses is not
this package's business. Ids of actions, blocks and dialogs are a contract with the program that does.
"""

from bot.deliver._desk.answers import answer_blocks
from bot.deliver._desk.buttons import buttons
from bot.deliver._desk.dialogs import assign_dialog, explanation_dialog, mute_dialog, not_useful_dialog, rest_dialog
from bot.deliver._desk.home import home_view

__all__ = [
    "answer_blocks",
    "assign_dialog",
    "buttons",
    "explanation_dialog",
    "home_view",
    "mute_dialog",
    "not_useful_dialog",
    "rest_dialog",
]
