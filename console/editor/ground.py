"""What the editors' pages stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from console.editor.channel_previews import ChannelPreviews
from console.editor.law_texts import LawTexts, load_law_texts
from console.editor.news_ground import NewsGround
from console.editor.ports import Workshop
from console.editor.texts import EditorTexts, load_editor_texts
from editing.importing.reading import FileReader


@dataclass(frozen=True)
class EditorGround:
    """`index` is the folder of snapshots, whose pointer follows the live release."""

    workshop: Workshop
    index: Path
    previews: ChannelPreviews
    files: FileReader
    news: NewsGround
    texts: EditorTexts = field(default_factory=load_editor_texts)
    law_texts: LawTexts = field(default_factory=load_law_texts)
