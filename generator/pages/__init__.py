"""The pages of the site as Markdown: each view with its template of theme/pages/."""
