// @ts-check
// The entries of the handout at hand: their order, room, minutes, how people work, notes. All of it by keyboard, and told to screen readers.

const playbookEntries = (() => {
  const composer = playbookComposer;
  const list = /** @type {HTMLElement} */ (document.getElementById("pb-entries"));
  const empty = /** @type {HTMLElement} */ (document.getElementById("pb-empty"));
  const told = /** @type {HTMLElement} */ (document.getElementById("pb-entry-told"));
  const total = /** @type {HTMLElement} */ (document.getElementById("pb-total"));
  /** What stands where an entry was removed. */
  const gone = copyOf("pb-gone");
  /** What brings back the entry that was removed last. @type {(() => void) | null} */
  let bringBack = null;

  /** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Setting */

  /** @type {Composition | null} */
  let shown = null;

  /** The row of each entry. @type {Map<string, HTMLElement>} */
  const rows = new Map();

  /** A fresh copy of what a template holds. @param {string} id */
  function copyOf(id) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  }

  /** @param {Element} inside @param {string} selector */
  function one(inside, selector) {
    return /** @type {HTMLElement} */ (inside.querySelector(selector));
  }

  /** @param {Element} row @returns {Setting[]} */
  function settingsOf(row) {
    return [...row.querySelectorAll("input, select, textarea")].map((setting) => /** @type {Setting} */ (setting));
  }

  /** @param {HandoutEntry} entry */
  function titleOf(entry) {
    const words = playbookPaper.nameOf(entry);
    return words.length > 60 ? `${words.slice(0, 60)} …` : words;
  }

  // ---- Rows ----

  /** @param {HandoutEntry} entry */
  function rowOf(entry) {
    const row = copyOf("pb-entry");
    row.dataset.key = entry.key;
    const item = playbookItemIndex.get(entry.item);
    const link = /** @type {HTMLAnchorElement} */ (one(row, ".pb-entry-place"));
    const own = entry.kind !== "item";
    one(row, ".pb-entry-kind").textContent = { heading: "Heading", text: "Your own text", step: "Step, in the session plan only" }[entry.kind] ?? item?.kind ?? "Not in this edition";
    if (item) Object.assign(link, { href: item.href, textContent: item.place });
    else link.remove();
    if (own) one(row, ".pb-entry-said").remove();
    else one(row, ".pb-entry-said").append(...(item ? playbookPaper.saying(item) : [entry.item]));
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-of]"))) if (!part.dataset.of?.split(" ").includes(entry.kind)) part.remove();
    rows.set(entry.key, row);
    return row;
  }

  /** @param {HTMLElement} row @param {HandoutEntry} entry @param {number} at @param {string} when @param {number} people */
  function fill(row, entry, at, when, people) {
    for (const setting of settingsOf(row)) if (setting !== document.activeElement) setting.value = String(entry[/** @type {"text"} */ (setting.name)]);
    row.setAttribute("aria-label", `${at + 1}: ${titleOf(entry)}`);
    one(row, ".pb-entry-time").textContent = when;
    for (const button of row.querySelectorAll("button")) button.setAttribute("aria-label", `${button.textContent}: ${titleOf(entry)}`);
    const size = row.querySelector(".pb-entry-size");
    if (!size) return;
    /** @type {HTMLElement} */ (size).hidden = entry.how !== "groups";
    const words = playbookPlan.working(entry, people);
    one(row, ".pb-entry-groups").textContent = words.includes(": ") ? words.replace(/^.*: /u, "") : "";
  }

  /** Keys tell the entries of one handout apart, not those of two. */
  function clear() {
    rows.clear();
    list.replaceChildren();
  }

  /** @param {Composition} composition */
  function show(composition) {
    const { entries, people } = composition;
    const { when, total: minutes, whole } = playbookPlan.times(composition);
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, row] of rows) if (!keys.has(key)) {
      row.closest("li")?.remove();
      rows.delete(key);
    }
    let next = list.firstElementChild;
    entries.forEach((entry, at) => {
      const row = rows.get(entry.key) ?? rowOf(entry);
      const place = row.parentElement ?? document.createElement("li");
      if (!row.parentElement) place.append(row);
      fill(row, entry, at, when[at], people);
      if (next === gone) next = gone.nextElementSibling;
      // Only what stands elsewhere is moved: a row that is moved loses the focus.
      if (next === place) next = place.nextElementSibling;
      else list.insertBefore(place, next);
    });
    empty.hidden = entries.length > 0;
    total.textContent = entries.length ? `${entries.length} ${entries.length === 1 ? "entry" : "entries"}, ${playbookPlan.span(minutes)}${whole ? `, ${whole}` : ""}` : "";
  }

  /** @param {string} words */
  function tell(words) {
    told.textContent = words;
  }

  // ---- Changes ----

  /** @param {string} key @param {(entry: HandoutEntry, at: number, entries: HandoutEntry[]) => void} edit */
  function changeEntry(key, edit) {
    composer.change(({ entries }) => {
      const at = entries.findIndex((entry) => entry.key === key);
      if (at >= 0) edit(entries[at], at, entries);
    });
  }

  /** Moves the neighbour, so that the row that has the focus stays where it is in the page. @param {HTMLElement} row @param {number} by */
  function move(row, by) {
    const key = row.dataset.key ?? "";
    const place = /** @type {HTMLElement} */ (row.parentElement);
    const before = composer.current.entries;
    const next = before[before.findIndex((entry) => entry.key === key) + by];
    // Of the entries, not of the list: there the button Undo may stand between them.
    const neighbour = next && rows.get(next.key)?.parentElement;
    if (!neighbour) return tell(by < 0 ? "It is already first" : "It is already last");
    if (by < 0) place.after(neighbour);
    else place.before(neighbour);
    changeEntry(key, (entry, at, entries) => {
      entries.splice(at, 1);
      entries.splice(at + by, 0, entry);
    });
    const { entries } = composer.current;
    tell(`Moved ${by < 0 ? "up" : "down"}: now number ${entries.findIndex((entry) => entry.key === key) + 1} of ${entries.length}`);
    place.scrollIntoView({ block: "nearest" });
  }

  /** Takes an entry away; what takes its place in the list can bring it back. @param {string} key */
  function remove(key) {
    const at = composer.current.entries.findIndex((entry) => entry.key === key);
    if (at < 0) return;
    const entry = composer.current.entries[at];
    const { id } = composer.current;
    changeEntry(key, (_, place, entries) => entries.splice(place, 1));
    bringBack = () => {
      if (composer.current.id === id) composer.change(({ entries }) => entries.splice(at, 0, entry));
    };
    one(gone, "span").textContent = `Removed: ${titleOf(entry)}`;
    list.insertBefore(gone, list.children[at] ?? null);
    one(gone, "button").focus();
    tell("Removed. Press Undo to bring it back.");
  }

  /** Adds entries at the end. @param {HandoutEntry} entry */
  function add(entry) {
    if (composer.current.entries.length >= playbookCompositions.MOST_ENTRIES) return void tell(`This handout is full: it holds ${playbookCompositions.MOST_ENTRIES} entries`);
    composer.change(({ entries }) => entries.push(entry));
    tell(`Added: ${titleOf(entry)}`);
    return rows.get(entry.key);
  }

  list.addEventListener("input", ({ target }) => {
    const setting = /** @type {Setting} */ (target);
    const key = /** @type {HTMLElement} */ (setting.closest("[data-key]")).dataset.key ?? "";
    const value = setting instanceof HTMLInputElement && setting.type === "number" ? composer.numberIn(setting) : setting.value;
    changeEntry(key, (entry) => Object.assign(entry, { [setting.name]: value }));
  });
  // A number out of bounds shows what it was taken for.
  list.addEventListener("focusout", () => window.setTimeout(() => show(composer.current)));
  list.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const row = /** @type {HTMLElement | null} */ (button?.closest("[data-key]"));
    if (!button || !row) return;
    if (button.name === "remove") remove(row.dataset.key ?? "");
    else move(row, button.name === "up" ? -1 : 1);
  });
  one(gone, "button").addEventListener("click", () => {
    const at = [...list.children].indexOf(gone);
    bringBack?.();
    bringBack = null;
    tell("Brought back");
    list.children[at]?.querySelector("button")?.focus();
  });
  document.getElementById("pb-own")?.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    const { kind = "", text = "", minutes = "0" } = target.dataset;
    /** @type {HTMLElement | null | undefined} */ (add(playbookCompositions.own(kind, text, Number(minutes)))?.querySelector("[name=text]"))?.focus();
  });
  document.addEventListener(composer.ITSELF, (event) => {
    const composition = /** @type {Composition} */ (/** @type {CustomEvent} */ (event).detail);
    if (composition !== shown) gone.remove();
    if (composition.id !== shown?.id) clear();
    shown = composition;
    show(composition);
  });

  return { add, remove };
})();
