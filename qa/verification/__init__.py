"""Is every sentence supported by what it cites?"""
