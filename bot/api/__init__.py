"""What other programs call: the HTTP API and the MCP server, both over one service."""
