"""Duties over time: a body's compliance calendar for a year, and how an event is reported.

:mod:`~assistant.compliance.calendar` and :mod:`~assistant.compliance.chain` derive both from
the rule table alone; tables, pictures and the calendar file are made of what they give.
"""

from __future__ import annotations

from assistant.compliance.calendar import Calendar, Duty, Entry, compliance_calendar
from assistant.compliance.chain import Chain, reporting_chain
from assistant.compliance.chain_drawing import chain_svg
from assistant.compliance.ics import to_ics
from assistant.compliance.table import as_csv, as_json, as_text
from assistant.compliance.timeline import timeline_svg

__all__ = [
    "Calendar",
    "Chain",
    "Duty",
    "Entry",
    "as_csv",
    "as_json",
    "as_text",
    "chain_svg",
    "compliance_calendar",
    "reporting_chain",
    "timeline_svg",
    "to_ics",
]
