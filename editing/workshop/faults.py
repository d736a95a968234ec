"""What went wrong, in words for editors: never a path of the machine, never a text that a draft holds."""

from __future__ import annotations

from editing.bodies.directive_faults import fault_in_words
from editing.build_fault import BuildFault, FaultCode
from knowledge.directives.errors import DirectiveError
from knowledge.errors import KnowledgeError
from knowledge.faqs.messages import load_messages
from knowledge.faqs.problem import ContentError
from knowledge.search.errors import SnapshotError


def fault_of(error: Exception) -> BuildFault:
    """Of a build."""
    if isinstance(error, SnapshotError):
        return BuildFault(FaultCode.SNAPSHOT)
    if isinstance(error, KnowledgeError):
        return BuildFault(FaultCode.CONTENT, sentences_of(error))
    return BuildFault(FaultCode.DISK if isinstance(error, OSError) else FaultCode.UNEXPECTED)


def sentences_of(error: KnowledgeError) -> tuple[str, ...]:
    """One for each place that an editor has to mend."""
    if isinstance(error, DirectiveError):
        return (": ".join(filter(None, (error.values.get("document"), fault_in_words(error)))) + ".",)
    if not isinstance(error, ContentError):
        return (" ".join(word.rpartition("/")[2] if word.startswith("/") else word for word in str(error).split()),)
    messages = load_messages()
    named = ((finding.entry or finding.file, messages.sentence(finding)) for finding in error.findings)
    return tuple(dict.fromkeys(f"{name}: {sentence}" for name, sentence in named))
