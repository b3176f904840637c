// @ts-check
// All sessions of this browser in a list: to open, to delete one or all of them, and to change one's mind.

(() => {
  const kept = playbookAnswers;
  const table = /** @type {HTMLTableElement} */ (document.querySelector("#pb-all-sessions table"));
  const none = /** @type {HTMLElement} */ (document.getElementById("pb-none"));
  const told = /** @type {HTMLElement} */ (document.getElementById("pb-saved"));
  const notice = /** @type {HTMLElement} */ (document.getElementById("pb-notice"));
  const undo = /** @type {HTMLElement} */ (document.getElementById("pb-undo"));
  const everything = /** @type {HTMLElement} */ (document.getElementById("pb-delete-all"));
  /** Each form's address from this page. @type {Record<string, string>} */
  const ways = JSON.parse(document.getElementById("pb-all-sessions")?.dataset.ways ?? "{}");
  /** What the last deletion took. @type {Session[]} */
  let taken = [];

  /** @param {Session} session */
  function rowOf(session) {
    const row = table.tBodies[0].insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    if (ways[session.form]) {
      const link = Object.assign(document.createElement("a"), { textContent: session.name, href: ways[session.form] });
      link.addEventListener("click", () => sessionStorage.setItem(`pb.last.${session.form}`, session.id));
      head.append(link);
    } else {
      head.textContent = session.name;
    }
    row.append(head);
    row.insertCell().textContent = session.title;
    const count = row.insertCell();
    count.dataset.label = "Answers";
    count.textContent = String(Object.keys(session.answers).length);
    const when = row.insertCell();
    when.dataset.label = "Last changed";
    when.textContent = new Date(session.changed).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Delete" });
    button.setAttribute("aria-label", `Delete ${session.name}, ${session.title}`);
    button.addEventListener("click", () => drop([session]));
    row.insertCell().append(button);
  }

  function show() {
    table.tBodies[0].replaceChildren();
    try {
      const { sessions, unreadable } = kept.all();
      sessions.forEach(rowOf);
      table.hidden = everything.hidden = !sessions.length;
      none.hidden = sessions.length > 0;
      notice.hidden = !unreadable;
      if (unreadable) notice.textContent = `${unreadable} could not be read and ${unreadable > 1 ? "were" : "was"} set aside.`;
    } catch {
      notice.hidden = false;
      notice.textContent = "This browser keeps nothing for this page (private window, or storage is closed).";
    }
  }

  /** @param {Session[]} sessions */
  function drop(sessions) {
    taken = sessions;
    sessions.forEach(({ id }) => kept.remove(id));
    show();
    told.textContent = sessions.length === 1 ? `“${sessions[0].name}” is deleted` : `${sessions.length} sessions are deleted`;
    undo.hidden = false;
    undo.focus();
  }

  everything.addEventListener("click", () => drop(kept.all().sessions));
  undo.addEventListener("click", () => {
    taken.forEach(kept.store);
    undo.hidden = true;
    told.textContent = "Brought back";
    show();
  });
  window.addEventListener("storage", show);
  show();
})();
