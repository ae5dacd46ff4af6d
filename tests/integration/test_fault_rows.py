"""Every threat and fault that fetching, parsing and sending answer for has tests, and this table knows their names."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
DOOR = "integration/test_fetch_door.py"
HOSTILE = "integration/test_fetch_hostile.py"
ROBOTS = "integration/test_fetch_robots.py"
BOUNDED = "integration/test_sources_bounded.py"
CORPORA = "integration/test_sources_corpora.py"
FUZZ = "integration/test_sources_fuzz.py"
POLLS = "integration/test_pipeline_collect.py"
FEED = "unit/test_sources_feed.py"
TRUST = "integration/test_pipeline_trust.py"
COVERAGE = "integration/test_pipeline_coverage.py"
FAIR = "integration/test_pipeline_fairness.py"
SENT = "integration/test_pipeline_guarantee.py"
CRASH = "integration/test_pipeline_crash.py"
OUTBOX = "integration/test_pipeline_deliver.py"
QUEUE = "integration/test_tasks_queue.py"
MAIL = "integration/test_pipeline_mail.py"
LAWS = "property/test_identity_laws.py"

# Row -> what it is about, and the tests that hold its promise: file and, after "::", function.
ROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "T1": (
        "no address inside the network is reached",
        (
            f"{DOOR}::test_inner_addresses_are_not_dialled_directly",
            f"{DOOR}::test_inner_addresses_are_not_dialled_by_name_redirect_or_rebinding",
            f"{DOOR}::test_what_was_checked_is_what_is_dialled",
            f"{DOOR}::test_proxies_of_the_environment_are_ignored",
            f"{HOSTILE}::test_odd_addresses_lead_nowhere_directly_or_by_redirect",
            f"{HOSTILE}::test_a_chain_of_redirects_leads_inside_at_no_hop",
            f"{HOSTILE}::test_inner_literals_in_a_location_are_never_dialled",
            f"{ROBOTS}::test_robots_txt_leads_to_no_inner_address",
            f"{ROBOTS}::test_a_strangers_page_opens_no_robots_txt_of_the_intranet",
        ),
    ),
    "T2": (
        "memory stays small",
        (
            f"{HOSTILE}::test_a_bomb_of_a_gigabyte_leaves_memory_alone",
            "unit/test_fetch_limits.py::test_a_bomb_takes_no_more_than_its_limit",
            "unit/test_fetch_limits.py::test_other_packings_are_refused",
            f"{DOOR}::test_every_way_to_break_comes_back_as_a_value",
        ),
    ),
    "T3": (
        "no answer takes longer than it may",
        (
            f"{BOUNDED}::test_a_costly_feed_is_read_in_time",
            "integration/test_parse_bounded.py::test_cleaning_takes_time_in_proportion",
            "integration/test_pool_children.py::test_a_bad_call_costs_one_call",
            f"{ROBOTS}::test_a_hostile_file_costs_little",
            f"{COVERAGE}::test_an_answer_that_stops_the_parser_is_quarantined_until_three_are_clean",
            f"{FAIR}::test_nobody_waits_for_a_source_in_quarantine",
            f"{FAIR}::test_polls_that_have_to_wait_hold_no_thread",
        ),
    ),
    "T4": (
        "no file, entity or secret is read",
        (
            f"{BOUNDED}::test_reading_reaches_for_nothing",
            f"{FEED}::test_a_body_is_never_taken_for_a_file_name",
            f"{FEED}::test_entities_are_neither_read_nor_expanded",
            "unit/test_parse_salvage.py::test_no_entity_or_dtd_is_ever_followed",
            "integration/test_pool_children.py::test_secrets_stay_with_the_parent",
        ),
    ),
    "T5": (
        "feeds write nothing into channels",
        (
            f"{CORPORA}::test_hostile_feeds_say_what_they_say_and_nothing_else",
            "property/test_deliver_hostile.py::test_slack_sees_our_links_and_nothing_else",
        ),
    ),
    "T6": (
        "feeds write nothing into mails",
        (
            f"{CORPORA}::test_hostile_feeds_say_what_they_say_and_nothing_else",
            "property/test_deliver_hostile.py::test_a_mail_has_our_headers_and_no_others",
            "property/test_deliver_hostile.py::test_a_mail_holds_no_markup_of_others",
        ),
    ),
    "T13": (
        "who answers is who was asked",
        (
            f"{HOSTILE}::test_certificates",
            f"{HOSTILE}::test_encryption_of_yesterday_is_none",
            f"{HOSTILE}::test_names_in_other_scripts_are_asked_for_in_ascii",
            f"{DOOR}::test_the_way_leads_up_to_https_and_never_down",
            f"{TRUST}::test_no_alert_of_a_source_that_was_taken_over_is_unmarked",
            f"{TRUST}::test_approving_ends_the_doubt_and_the_new_domain_is_its_own",
        ),
    ),
    "T14": (
        "a flood stays small",
        (
            f"{POLLS}::test_a_flood_is_kept_but_silent_and_told_once",
            f"{FAIR}::test_the_alert_of_another_source_is_out_before_a_flood_is_worked_off",
            f"{FAIR}::test_ten_thousand_items_are_one_message",
        ),
    ),
    "T17": (
        "nobody learns what is read",
        (
            "integration/test_fetch_privacy.py::test_only_hosts_that_are_configured_are_asked",
            "integration/test_fetch_privacy.py::test_two_teams_ask_in_the_same_words_but_for_their_contact",
            "integration/test_fetch_privacy.py::test_no_visit_is_tied_to_the_one_before",
            f"{DOOR}::test_headers_of_a_source_stay_with_its_origin",
        ),
    ),
    "F1": (
        "no answer, or a refusal",
        (
            f"{DOOR}::test_statuses",
            f"{DOOR}::test_servers_that_want_to_be_left_alone",
            f"{DOOR}::test_a_name_that_does_not_resolve",
            f"{ROBOTS}::test_a_storm_of_refusals_slows_down",
            "unit/test_fetch_pace.py::test_pauses_double_up_to_six_hours",
            f"{POLLS}::test_lost_coverage_of_an_official_source_is_told_once_and_its_end_too",
            f"{COVERAGE}::test_a_source_that_nobody_asks_is_lost_after_three_intervals_and_told_once",
            f"{COVERAGE}::test_a_server_that_wants_a_day_of_peace_is_told_at_once",
        ),
    ),
    "F2": (
        "slow and endless answers",
        (
            f"{DOOR}::test_every_way_to_break_comes_back_as_a_value",
            f"{DOOR}::test_a_trickle_is_cut_off_before_the_deadline",
        ),
    ),
    "F3": (
        "half an answer is not taken for a whole one",
        (
            f"{DOOR}::test_half_an_answer_leaves_no_validator",
            "unit/test_fetch_limits.py::test_cut_gzip_is_not_complete",
            f"{POLLS}::test_validators_come_from_the_last_whole_answer",
        ),
    ),
    "F4": (
        "wrong charsets",
        (
            "unit/test_parse_charset.py::test_the_languages_of_a_source_name_its_old_encoding",
            "integration/test_sources_expectations.py::test_a_sample_reads_as_feedparser_expects",
        ),
    ),
    "F5": (
        "one bad entry costs none of the good",
        (
            f"{FEED}::test_one_bad_entry_costs_none_of_the_good_ones",
            f"{CORPORA}::test_hostile_feeds_keep_their_good_entries",
            f"{CORPORA}::test_a_sample_of_the_corpora_loses_nothing",
            f"{FUZZ}::test_broken_answers_are_read_or_refused",
            f"{FUZZ}::test_a_good_entry_survives_broken_neighbours",
        ),
    ),
    "F6": (
        "a page where a feed was",
        (
            f"{FEED}::test_refusals_say_what_came_instead",
            f"{POLLS}::test_an_answer_that_suddenly_holds_nothing_is_a_failure",
        ),
    ),
    "F7": (
        "a gap is closed, or told",
        (f"{POLLS}::test_a_window_that_moved_on_is_a_possible_gap", f"{POLLS}::test_older_pages_close_a_gap"),
    ),
    "F8": ("one GUID for many", (f"{LAWS}::test_one_name_for_all_entries_is_none",)),
    "F9": ("no GUID", (f"{LAWS}::test_windows_that_jump_back_and_forth_repeat_nothing",)),
    "F10": ("new GUIDs for old entries", (f"{LAWS}::test_new_names_for_old_entries_are_no_news",)),
    "F11": ("edits", (f"{LAWS}::test_edits_are_edits",)),
    "F12": ("dates that lie", (f"{LAWS}::test_dates_make_nothing_new",)),
    "F13": (
        "stale replicas",
        (
            f"{LAWS}::test_windows_that_jump_back_and_forth_repeat_nothing",
            "unit/test_parse_identity.py::test_two_replicas_that_take_turns_repeat_nothing",
            f"{FAIR}::test_two_versions_that_take_turns_repeat_nothing",
        ),
    ),
    "F14": (
        "the first answer",
        (f"{POLLS}::test_the_first_answer_is_a_silent_baseline_but_for_what_is_young_and_dated",),
    ),
    "F15": (
        "a domain in other hands",
        (
            f"{TRUST}::test_no_alert_of_a_source_that_was_taken_over_is_unmarked",
            f"{TRUST}::test_a_redirect_raises_a_doubt_even_when_nothing_is_new",
            f"{HOSTILE}::test_certificates",
        ),
    ),
    "F23": (
        "an old backup is restored",
        (
            f"{SENT}::test_a_restored_backup_repeats_nothing_and_loses_nothing",
            f"{SENT}::test_what_is_decided_again_days_after_a_restore_is_still_known",
        ),
    ),
    "F25": (
        "several processes at once, some of them stopped",
        (
            f"{CRASH}::test_three_senders_of_which_two_are_stopped_for_too_long",
            f"{SENT}::test_a_claim_that_is_old_or_gone_is_not_sent",
            f"{QUEUE}::test_two_schedulers_and_two_workers_tell_a_story_once",
        ),
    ),
    "F26": ("Slack asks to slow down", (f"{OUTBOX}::test_a_limited_channel_waits_as_a_whole_and_keeps_its_order",)),
    "F27": (
        "answers that are lost or doubtful",
        (
            f"{SENT}::test_whatever_becomes_of_an_answer_each_message_stands_once",
            f"{SENT}::test_a_history_that_lags_less_than_the_fence_hides_nothing",
            f"{SENT}::test_a_history_that_lags_longer_leaves_a_twin_which_the_sweep_deletes",
            f"{CRASH}::test_the_usual_way_doubles_where_this_one_does_not",
        ),
    ),
    "F28": (
        "refusals",
        (
            f"{SENT}::test_a_refused_alert_reaches_people_another_way",
            f"{SENT}::test_a_refused_layout_goes_out_in_plain_form_and_nobody_is_told",
        ),
    ),
    "F29": (
        "a relay that puts off",
        (
            f"{MAIL}::test_hours_and_days_of_greylisting_end_in_one_mail",
            f"{MAIL}::test_a_mail_that_is_put_off_for_a_week_is_given_up_and_operators_read_it",
        ),
    ),
    "F30": (
        "a reader that a relay refuses",
        (f"{MAIL}::test_a_reader_that_the_relay_does_not_know_costs_no_other_one",),
    ),
    "F31": (
        "a relay that dies after the final dot",
        (f"{MAIL}::test_a_relay_that_dies_after_the_final_dot_makes_one_more_copy_with_the_same_id",),
    ),
    "F32": (
        "an outage of days",
        (
            f"{SENT}::test_after_an_outage_old_alerts_are_one_summary_and_all_are_accounted_for",
            f"{SENT}::test_five_thousand_alerts_of_three_days",
            f"{SENT}::test_what_grows_after_it_was_merged_comes_as_a_first_message",
        ),
    ),
    "F33": (
        "kill -9 anywhere",
        (
            f"{CRASH}::test_every_point_of_the_program_stands_in_the_matrix",
            f"{CRASH}::test_kills_at_every_point_lose_nothing_and_repeat_nothing",
            f"{CRASH}::test_a_thousand_kills_lose_nothing_and_repeat_nothing",
        ),
    ),
}


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_table_is_complete() -> None:
    threats = {f"T{n}" for n in (*range(1, 7), 13, 14, 17)}
    faults = {f"F{n}" for n in (*range(1, 16), 23, *range(25, 34))}
    assert set(ROWS) == threats | faults


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_its_tests(row: str) -> None:
    about, named = ROWS[row]
    assert about
    assert named
    for test in named:
        file, _, function = test.partition("::")
        assert function in functions(file), f"{row}: {test} is gone; name the test that holds the promise now"
