"""Know the order of the stages, the bounds of transactions, and what to do when something fails.

The way of a document, as a shell would write it:

    for source in $(due); do                                     # collect
        requests $source | fetch || { back_off $source; continue; }
        unchanged && continue                                    # 304, or the same bytes: never parsed
        harvest | document | recognise | new_or_edited >> documents
    done
    understand < unread >> readings                              # read, in child processes that may be killed, and
    wants_page $reading >> pages                                 #     note whether the text behind a summary is needed
    place < unplaced >> stories; assess >> assessments           # assess, one at a time, in one transaction with
    decide | tee -a ledger | render >> outbox                    #     the decision and its messages
    fetch $page | article | replace_text >> unread               # complete, while the summary has been told already
    claim outbox | send; mark sent, rejected or ambiguous        # deliver, never inside a transaction
    history $channel | compare outbox; delete twins              # sweep, every 15 minutes
    date_ahead && reply | render >> outbox                       # remind, once per channel and date
    [ week over ] && summary | render >> outbox                  # digest, once per team and week

Every function takes a `Rig`, does one unit of work and can be called again at any time: what is left to do stands in
rows, so that a crash between two steps loses nothing and repeats nothing.
"""

from bot.pipeline.assessing import Assessed, assess
from bot.pipeline.digesting import digest, due_digests, gather_week
from bot.pipeline.escalating import escalate
from bot.pipeline.keeping import housekeeping
from bot.pipeline.people.asking import Explanation, archived, why
from bot.pipeline.people.assigning import assign, standing
from bot.pipeline.people.homing import home
from bot.pipeline.people.listening import way_closed, way_open
from bot.pipeline.people.members import choose_band, choose_locale, choose_rest, member, subscribe
from bot.pipeline.people.muting import mute, muted, unmute
from bot.pipeline.people.running_week import RunningWeek, running_week
from bot.pipeline.people.searching import Hit, search
from bot.pipeline.people.voting import vote
from bot.pipeline.people.watching import Watch, status
from bot.pipeline.polling.collecting import Collected, collect, plan_sources
from bot.pipeline.polling.completing import complete
from bot.pipeline.polling.coverage import approve, look_after_sources, survey
from bot.pipeline.reading import read
from bot.pipeline.reloading import RuleWatch, load_whole, put_into_force
from bot.pipeline.reminding import dates_due, remind
from bot.pipeline.rig import Current, Exits, Rig
from bot.pipeline.sending.delivering import Delivered, deliver
from bot.pipeline.sending.restoring import expect_sent, leave_mark, notice_restore
from bot.pipeline.sending.sweeping import Swept, sweep, to_sweep
from bot.pipeline.weeks import digest_due

__all__ = [
    "Assessed",
    "Collected",
    "Current",
    "Delivered",
    "Exits",
    "Explanation",
    "Hit",
    "Rig",
    "RuleWatch",
    "RunningWeek",
    "Swept",
    "Watch",
    "approve",
    "archived",
    "assess",
    "assign",
    "choose_band",
    "choose_locale",
    "choose_rest",
    "collect",
    "complete",
    "dates_due",
    "deliver",
    "digest",
    "digest_due",
    "due_digests",
    "escalate",
    "expect_sent",
    "gather_week",
    "home",
    "housekeeping",
    "leave_mark",
    "load_whole",
    "look_after_sources",
    "member",
    "mute",
    "muted",
    "notice_restore",
    "plan_sources",
    "put_into_force",
    "read",
    "remind",
    "running_week",
    "search",
    "standing",
    "status",
    "subscribe",
    "survey",
    "sweep",
    "to_sweep",
    "unmute",
    "vote",
    "way_closed",
    "way_open",
    "why",
]  # fmt: skip
