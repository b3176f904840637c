// @ts-check
// Finding items on the page that composes handouts: type, go down with the arrows, press Enter.

(() => {
  const AT_FIRST = 8;
  const composer = playbookComposer;
  const words = /** @type {HTMLInputElement} */ (document.getElementById("pb-item-words"));
  const results = /** @type {HTMLElement} */ (document.getElementById("pb-item-results"));
  const number = /** @type {HTMLElement} */ (document.getElementById("pb-item-number"));
  const more = /** @type {HTMLElement} */ (document.getElementById("pb-item-all"));

  function buttons() {
    return /** @type {HTMLButtonElement[]} */ ([...results.querySelectorAll("button")]);
  }

  /** @param {Item} item */
  function rowOf(item) {
    const row = Object.assign(document.createElement("li"), { className: "pb-item" });
    const meta = Object.assign(document.createElement("p"), { className: "pb-meta" });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pb-add", value: item.id });
    meta.append(button, Object.assign(document.createElement("b"), { textContent: item.kind }), Object.assign(document.createElement("span"), { textContent: item.place }));
    row.append(...playbookPaper.saying(item), meta);
    return row;
  }

  /** Says of each result whether it is in the handout. */
  function mark() {
    const mine = new Set(composer.current.entries.map(({ item }) => item));
    for (const button of buttons()) {
      const chosen = mine.has(button.value);
      const item = playbookItemIndex.get(button.value);
      button.textContent = chosen ? "Remove" : "Add";
      button.classList.toggle("pb-chosen", chosen);
      button.setAttribute("aria-label", `${button.textContent}: ${[item?.tools, item?.texts[0]].filter(Boolean).join(": ").slice(0, 60)}`);
    }
  }

  /** @param {number} most */
  function search(most = AT_FIRST) {
    const found = playbookItemIndex.find(words.value);
    results.replaceChildren(...found.slice(0, most).map(rowOf));
    mark();
    more.hidden = found.length <= most;
    more.textContent = `Show all ${found.length}`;
    const said = found.length > most ? `${found.length} items; the best ${most} are shown` : `${found.length} item${found.length === 1 ? "" : "s"}`;
    const { text, also } = playbookWords.asked(words.value);
    number.textContent = text ? also(found.length ? said : "No item has all these words. Try fewer or other words.") : "";
  }

  /** @param {Element} from @param {number} by */
  function step(from, by) {
    const all = buttons();
    const next = all.findIndex((button) => button === from) + by;
    if (next < 0) words.focus();
    else all[next]?.focus();
  }

  words.addEventListener("input", () => search());
  document.getElementById("pb-find-items")?.addEventListener("keydown", (event) => {
    const from = /** @type {Element} */ (event.target);
    if (event.key === "ArrowDown" || (event.key === "Enter" && from === words)) step(from, 1);
    else if (event.key === "ArrowUp") step(from, -1);
    else if (event.key === "Escape" && from !== words) words.focus();
    else return;
    event.preventDefault();
  });
  results.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const mine = composer.current.entries.find(({ item }) => item === button.value);
    if (mine) playbookEntries.remove(mine.key);
    else playbookEntries.add(playbookCompositions.entryOf(button.value));
    button.focus();
  });
  more.addEventListener("click", () => {
    search(Infinity);
    buttons()[AT_FIRST]?.focus();
  });
  document.addEventListener(composer.ITSELF, mark);
  // What was typed before this was loaded.
  search();
})();
