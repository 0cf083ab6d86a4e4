"""One module a page: from a View to a plain model, and the model as table rows."""
