"""Reading the files of data/: what they hold, and how each error in them is reported."""
