"""Attribution and Condition → Statement → RedLine and its history, across documents; what-if."""
