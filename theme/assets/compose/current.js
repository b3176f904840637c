// @ts-check
// The handout that is being composed: every change is made on what is stored, which another tab may have written, and stored at once.

const playbookComposer = (() => {
  const handouts = playbookCompositions;
  const ITSELF = "pb-composed";
  const OWN_ADDRESSES = "pb.own-addresses";
  const CLOSED = "This browser keeps nothing for this page (private window, or storage is closed). You can still make a handout, print it, and save it to a file.";
  const state = /** @type {HTMLElement} */ (document.getElementById("pb-saved"));
  const notice = /** @type {HTMLElement} */ (document.getElementById("pb-notice"));
  const missing = /** @type {HTMLElement} */ (document.getElementById("pb-missing"));
  const whole = /** @type {HTMLFormElement} */ (document.getElementById("pb-whole"));
  const fields = /** @type {HTMLInputElement[]} */ ([...whole.querySelectorAll("input")]);
  const { edition } = handouts.fresh();

  let current = handouts.fresh();
  /** Whether what is here could not be stored: then it is newer than what is. */
  let unsaved = false;
  /** @type {number | undefined} */
  let resting;

  /** @param {string} words */
  function tell(words) {
    if (state.textContent !== words) state.textContent = words;
  }

  /** Something that the reader must know. @param {string} words */
  function warn(words) {
    notice.textContent = words;
    notice.hidden = !words;
  }

  // ---- Keeping ----

  function store() {
    try {
      handouts.store(current);
      unsaved = false;
      tell("Saved in this browser");
      playbookKeeping.askToKeep();
      return true;
    } catch (error) {
      unsaved = true;
      tell("Not saved");
      warn(`${playbookKept.whyNot(error)} What you made is still here: copy its link or save it to a file before you leave.`);
      return false;
    }
  }

  /** What is stored of the handout now; what is here, where that is newer or nothing can be read. */
  function latest() {
    try {
      return (!unsaved && handouts.load(current.id)) || current;
    } catch {
      return current;
    }
  }

  /** Makes a change and keeps it. @param {(composition: Composition) => void} edit */
  function change(edit) {
    const next = structuredClone(latest());
    edit(next);
    const unknown = next.entries.some(isMissing);
    current = { ...next, changed: new Date().toISOString(), edition: unknown ? next.edition : edition };
    if (store()) warn("");
    show();
    window.clearTimeout(resting);
    resting = window.setTimeout(address, 500);
  }

  // ---- The address ----

  /** Puts the handout into the address of the page; `composed` says that it is this page's own doing. */
  function address() {
    const fragment = current.entries.length || current.title ? playbookAddress.write(current) : "";
    if (fragment.length > playbookAddress.LONGEST) return;
    try {
      history.replaceState({ composed: current.id }, "", fragment ? `#${fragment}` : location.pathname + location.search);
      remember(fragment);
    } catch {
      // Some browsers refuse when it changes too often: the next change brings it up to date.
    }
  }

  /**
   * The addresses that this tab gave its handouts last, and whose they are. A reload that begins while the address changes loses the state
   * of the history and may go back to the address before.
   * @returns {[fragment: string, id: string][]}
   */
  function ownAddresses() {
    try {
      return JSON.parse(sessionStorage.getItem(OWN_ADDRESSES) ?? "[]");
    } catch {
      // A browser that keeps nothing for this page remembers none.
      return [];
    }
  }

  /** @param {string} fragment */
  function remember(fragment) {
    const others = ownAddresses().filter(([known]) => known !== fragment);
    sessionStorage.setItem(OWN_ADDRESSES, JSON.stringify([...others.slice(-3), [fragment, current.id]]));
  }

  /** The handout that the address of the page was made for here. @returns {string | undefined} */
  function owner() {
    const fragment = location.hash.slice(1);
    const state = /** @type {{composed?: string} | null} */ (history.state);
    return state?.composed ?? (fragment ? ownAddresses().find(([known]) => known === fragment)?.[1] : undefined);
  }

  /** Opens the handout that this address was made for here: what is kept of it is newer than the address. */
  function goBack() {
    const mine = owner();
    const found = mine ? handouts.load(mine) : null;
    if (found) open(found);
    return Boolean(found);
  }

  /** A handout that the address holds: one that is kept already, or a new one beside those that are. */
  function openAddress() {
    const fragment = location.hash.slice(1);
    if (!fragment || document.getElementById(fragment)) return false;
    try {
      const found = playbookAddress.read(fragment);
      const same = handouts.all().found.find((kept) => playbookAddress.write(kept) === playbookAddress.write(found));
      const deleted = !same && owner();
      open(same ?? found, !same && !deleted);
      if (deleted) {
        tell("Not kept");
        warn("This handout was deleted in this browser. The address of the page still holds it. It is saved again as soon as you change something.");
      } else if (!same) {
        warn("Opened from a link, and saved as a new handout. What you had before is under “Your handouts”.");
      }
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) return refuse(error);
      open(playbookAddress.read(fragment));
      warn(CLOSED);
      return true;
    }
  }

  /** Opens what was worked on last; what an address had to say stays. */
  function openLast() {
    const said = notice.textContent ?? "";
    open(handouts.atHand());
    warn(said);
  }

  /** @param {unknown} error */
  function refuse(error) {
    warn(`The handout in the address cannot be opened: ${error instanceof Error ? error.message : error}. Nothing of yours was changed. Ask for the link again, or for a file.`);
    return false;
  }

  // ---- Showing ----

  /** @param {boolean} all whether also what is being typed is replaced */
  function showFields(all = false) {
    for (const field of fields) if (all || field !== document.activeElement) field.value = String(current[/** @type {"title"} */ (field.name)] || "");
  }

  /** @param {boolean} all whether also what is being typed is replaced */
  function show(all = false) {
    showFields(all);
    playbookPaper.show(current);
    tellMissing();
    document.dispatchEvent(new CustomEvent(ITSELF, { detail: current }));
  }

  /** Whether this edition does not have the item. @param {HandoutEntry} entry */
  function isMissing({ kind, item }) {
    return kind === "item" && !playbookItemIndex.get(item);
  }

  function tellMissing() {
    const unknown = current.entries.filter(isMissing);
    missing.hidden = !unknown.length;
    if (!unknown.length) return;
    const many = unknown.length > 1;
    const from = current.edition === edition ? "" : ` It was made with edition ${current.edition}.`;
    missing.textContent = `${unknown.length} item${many ? "s" : ""} of this handout ${many ? "are" : "is"} not in this edition (${edition}): ${unknown.map(({ item }) => item).join(", ")}.${from} ${many ? "They are" : "It is"} kept, but not printed on the handout.`;
  }

  /** @param {Composition} next @param {boolean} adopt whether it is not kept yet, and shall be */
  function open(next, adopt = false) {
    if (unsaved && next.id !== current.id && !window.confirm("What you made is not saved and would be lost. Leave anyway?")) return;
    window.clearTimeout(resting);
    current = next;
    unsaved = false;
    warn("");
    try {
      handouts.hold(next.id);
    } catch {
      // Told when something is to be saved.
    }
    tell(next.entries.length || next.title ? "Saved in this browser" : "Nothing to save yet");
    if (adopt) store();
    show(true);
    address();
  }

  /** What another tab has written. @param {StorageEvent} event */
  function takeOver(event) {
    if (event.key !== handouts.PREFIX + current.id && event.key !== null) return void document.dispatchEvent(new CustomEvent(ITSELF, { detail: current }));
    if (event.newValue === null) return warn("This handout was deleted in another tab. What you see is saved again as soon as you change something.");
    refresh();
  }

  /** Shows what is stored of this handout. */
  function refresh() {
    const found = latest();
    if (found.changed === current.changed) return;
    current = found;
    show();
    address();
    tell("Changed in another tab, and shown here");
  }

  /** @param {HTMLInputElement} field @param {Composition} composition */
  function take(field, composition) {
    if (field.name === "people") composition.people = numberIn(field);
    // A year of five digits can be typed, but not kept.
    else if (field.name === "date") composition.date = field.value.length === 10 ? field.value : "";
    else composition[/** @type {"title" | "team" | "place" | "start"} */ (field.name)] = field.value;
  }

  /** A number that may be typed: none is the least. @param {HTMLInputElement} field */
  function numberIn(field) {
    const [least, most] = handouts.NUMBERS[field.name];
    return Math.min(most, Math.max(least, Math.round(Number(field.value)) || 0));
  }

  whole.addEventListener("input", (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement) change((composition) => take(target, composition));
  });
  whole.addEventListener("submit", (event) => event.preventDefault());
  // The fields only: a button that is being pressed elsewhere must stay where it is.
  whole.addEventListener("focusout", () => window.setTimeout(() => showFields()));
  window.addEventListener("storage", takeOver);
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
  window.addEventListener("pagehide", () => void (resting && address()));
  window.addEventListener("hashchange", () => void (goBack() || openAddress()));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  return {
    ITSELF,
    change,
    open,
    tell,
    warn,
    numberIn,
    get current() {
      return current;
    },
    /** Opens what the address holds, or else what was worked on last. */
    begin: () => {
      try {
        const { unreadable } = handouts.all();
        if (!goBack() && !openAddress()) openLast();
        if (unreadable) warn(`${notice.textContent} ${unreadable} saved handout${unreadable > 1 ? "s" : ""} could not be read and ${unreadable > 1 ? "were" : "was"} set aside.`.trim());
      } catch {
        if (!openAddress()) open(handouts.fresh());
        warn(CLOSED);
      }
    },
  };
})();
