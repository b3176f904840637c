// @ts-check
// Asks whether files that are signed alike are one person's. They count as one person until somebody says otherwise, so that nobody's answers are shown
// because one person saved three files.

const playbookSamePerson = (() => {
  const place = /** @type {HTMLElement} */ (document.getElementById("pb-team-same"));
  const list = /** @type {HTMLElement} */ (place.querySelector("ul"));
  /** Where there are several people, by what their sessions have in common. @type {Set<string>} */
  const apart = new Set();

  /** @param {{key: string, sessions: Session[]}} asked @param {Signed} signed @param {(session: Session) => string} fileOf @param {() => void} changed */
  function questionOf({ key, sessions }, signed, fileOf, changed) {
    const { name, team } = signed(sessions[0]);
    const who = [name.trim(), team.trim()].filter(Boolean).join(", ") || "Nobody’s name";
    const item = Object.assign(document.createElement("li"), { dir: "auto" });
    const several = apart.has(key);
    item.append(`${who}: ${sessions.length} files of “${sessions[0].title}” (${sessions.map(fileOf).join(", ")}). ${several ? `They count as ${sessions.length} people. ` : "The same person? They count as one. "}`);
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: several ? "It is one person" : "They are several people" });
    button.setAttribute("aria-label", `${button.textContent}: ${who}`);
    button.addEventListener("click", () => {
      if (!apart.delete(key)) apart.add(key);
      changed();
      place.querySelector(/** @type {"button"} */ (`[aria-label$="${CSS.escape(`: ${who}`)}"]`))?.focus();
    });
    const actions = Object.assign(document.createElement("p"), { className: "pb-actions" });
    actions.append(button);
    item.append(actions);
    return item;
  }

  /** @param {Session[]} sessions @param {Signed} signed @param {(session: Session) => string} fileOf @param {() => void} changed what is to be done when somebody answers */
  function ask(sessions, signed, fileOf, changed) {
    const asked = playbookPersons.alike(sessions, signed);
    place.hidden = !asked.length;
    list.replaceChildren(...asked.map((one) => questionOf(one, signed, fileOf, changed)));
  }

  return { apart, ask };
})();
