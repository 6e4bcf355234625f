"""通报: a circular as plain data in, the bytes of a .docx file in the form of GB/T 9704-2012 out."""

from reports.circular.content import Attachment, Circular, CircularSection, Paragraph, Table
from reports.circular.write import write_circular

__all__ = ["Attachment", "Circular", "CircularSection", "Paragraph", "Table", "write_circular"]
