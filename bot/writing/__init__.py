"""What turns passages into prose: the extractive writer, or a chat model whose every sentence is grounded first."""

from bot.writing.extractive import ExtractiveWriter, cite, lines_of, write
from bot.writing.writer import EXTRACTIVE, Brief, Draft, Writer

__all__ = ["EXTRACTIVE", "Brief", "Draft", "ExtractiveWriter", "Writer", "cite", "lines_of", "write"]
