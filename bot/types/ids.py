"""Names for the identifiers that travel, so that one kind cannot be passed as another."""

from typing import NewType

SourceId = NewType("SourceId", str)  # id of a row in rules/sources/, e.g. "cn-mofcom-gg"
DocumentId = NewType("DocumentId", str)  # stable hash of (source, identity of the item)
StoryId = NewType("StoryId", str)  # "s-" + id of the document that opened the story
AlertId = NewType("AlertId", str)  # stable per story and team: edits keep it
DeliveryId = NewType("DeliveryId", str)  # one per outbox row; shown to channels for read-back
ConceptId = NewType("ConceptId", str)  # id of a concept or actor file, e.g. "export-ban", "cn-mofcom"
RuleId = NewType("RuleId", str)  # id of an alert rule
SectorId = NewType("SectorId", str)  # id of a sector file
