"""What a citizen sees in a browser: the chat page and the documents that answers cite."""
