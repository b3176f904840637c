"""What the source documents hold: the only counts that are written by hand. Tests count our own records from the catalog."""

ITEMS: dict[str, dict[str, int]] = {
    "playbook": {"prose": 19, "resource": 16, "statement": 317, "tool": 92, "question": 61, "foundational-lead-in": 5, "foundational-tool": 13},
    "turnaround-leadership-guide": {
        "prose": 2,
        "description": 20,
        "example": 6,
        "future-state": 33,
        "strategy": 204,
        "question": 136,
        "step": 3,
        "lead-in": 7,
        "pointer": 5,
        "empty": 1,
        "residue": 3,
        "note": 1,
    },
    "improvement-cycle-guide": {"prose": 137, "reference": 9, "form-part": 21, "coaching-preparation": 6, "coaching-item": 115, "element": 37},
    "turnaround-practices-page": {"prose": 49},
    "library-record": {"record": 12},
}
"""The items of each document by their kind."""
COLUMNS = {"coalesce": 83, "participation": 118, "together": 116}
"""The statements of the playbook under each habit."""
QUESTION_MARKS = 85
"""In the questions of the playbook."""
TOOLS, RESOURCES = 21, 6
"""Those that the playbook numbers."""
WITHOUT_A_NOTE = 5
"""Uses of a tool of which the playbook says nothing."""
DOMAINS, PRACTICES, CELLS = 4, 12, 48
