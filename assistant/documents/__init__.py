"""Documents to be checked, and Word documents marked with what was found.

Read in this order: ``package`` (the zip archive, and what is refused), ``word`` and ``reading``
(Word's XML → text, with the way back), ``opening`` (any file → text), ``remarks`` and
``marking`` (findings → comments), ``writing`` (where the copy goes). Only a Word document costs
the import of lxml, and only marking one that of python-docx.
"""

from assistant.documents.opening import Document, open_document, parse_document, read_document

__all__ = ["Document", "open_document", "parse_document", "read_document"]
