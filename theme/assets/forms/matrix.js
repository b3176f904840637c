// @ts-check
// The reader's own answers in the matrix: what the last session of each box says, out of this browser.

(() => {
  const STATUS = /** @type {const} */ (["doing", "starting", "not-yet"]);
  const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".pb-grid td[data-cell]")]);
  const choice = /** @type {HTMLInputElement} */ (document.getElementById("pb-mine"));

  /** The last session of each form. @returns {Map<string, Session>} */
  function latest() {
    const found = new Map();
    try {
      for (const session of playbookAnswers.all().sessions) if (!found.has(session.form)) found.set(session.form, session);
    } catch {
      // The storage is closed: there is nothing to show.
    }
    return found;
  }

  function show() {
    const sessions = latest();
    let any = false;
    for (const box of boxes) {
      box.querySelector(".pb-mine")?.remove();
      const answers = Object.entries(sessions.get(box.dataset.cell ?? "")?.answers ?? {});
      if (!answers.length) continue;
      any = true;
      if (!choice.checked) continue;
      const counts = STATUS.map((status) => answers.filter(([name, answer]) => answer === status && !name.includes("-notes")).length);
      const asked = answers.filter(([name]) => /\.q\d+$/u.test(name)).length;
      const words = [...counts.map((number, at) => (number ? `${number} ${STATUS[at].replace("-", " ")}` : "")), asked ? `${asked} answered` : ""].filter(Boolean).join(", ");
      const mine = Object.assign(document.createElement("span"), { className: "pb-mine", textContent: words || "begun" });
      box.querySelector("a")?.append(mine);
    }
    const label = /** @type {HTMLElement} */ (choice.closest("p"));
    label.hidden = !any;
  }

  choice.addEventListener("change", show);
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", (event) => event.persisted && show());
  show();
})();
