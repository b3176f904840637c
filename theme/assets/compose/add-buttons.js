// @ts-check
// Items for a session of the reader's own, chosen wherever they are: a button for each, and a link to the session when it holds something.

(() => {
  const handouts = playbookCompositions;
  const composer = /** @type {string} */ (/** @type {HTMLElement} */ (document.currentScript).dataset.composer);
  /** The buttons of each item; it may stand on a page more than once. @type {Map<string, HTMLButtonElement[]>} */
  const buttons = new Map();
  /** What was removed on this page, to come back as it was. @type {Map<string, {entry: HandoutEntry, at: number}>} */
  const removed = new Map();
  const bar = Object.assign(document.createElement("nav"), { className: "pb-basket", hidden: true });
  const link = document.createElement("a");

  // There the entries themselves can be added and removed.
  if (document.getElementById("pb-composer")) return;

  /** @param {string} words */
  function say(words) {
    document.dispatchEvent(new CustomEvent("pb-say", { detail: words }));
  }

  /** @param {HTMLElement} place */
  function offer(place) {
    const id = place.dataset.item ?? place.dataset.id ?? "";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pb-add" });
    const words = place.querySelector("p:not(.pb-under, .pb-step), li, h4")?.textContent?.trim() ?? "";
    button.dataset.words = words.length > 60 ? `${words.slice(0, 60).replace(/\s\S*$/u, "")} …` : words;
    button.value = id;
    buttons.set(id, [...(buttons.get(id) ?? []), button]);
    const menu = place.querySelector(":scope > .pb-item-menu > .pb-item-pop");
    if (menu) menu.prepend(button);
    else place.lastElementChild?.append(button);
    mark(button, false);
  }

  /** @param {HTMLButtonElement} button @param {boolean} chosen */
  function mark(button, chosen) {
    const does = chosen ? "Remove from my session" : "Add to my session";
    // In a row of many there is no room for more.
    button.textContent = button.closest(".pb-item-menu") ? does : does.split(" ")[0];
    button.classList.toggle("pb-chosen", chosen);
    button.setAttribute("aria-label", `${does}: ${button.dataset.words}`);
  }

  function show() {
    try {
      const { entries } = handouts.atHand();
      const chosen = new Set(entries.map(({ item }) => item));
      for (const [id, mine] of buttons) for (const button of mine) if (button.classList.contains("pb-chosen") !== chosen.has(id)) mark(button, chosen.has(id));
      link.textContent = `My session (${entries.length})`;
      bar.hidden = !entries.length;
      // Not by :has(), which would be asked anew with each key press on the browse page.
      document.documentElement.classList.toggle("pb-with-basket", !bar.hidden);
    } catch (error) {
      if (!(error instanceof DOMException)) say("Your session could not be read and was set aside. What you add begins a new one.");
    }
  }

  /** @param {string} id */
  function toggle(id) {
    const composition = handouts.atHand();
    const { entries } = composition;
    const at = entries.findIndex(({ item }) => item === id);
    if (at < 0 && entries.length >= handouts.MOST_ENTRIES) return `Your session is full: it holds ${handouts.MOST_ENTRIES} items`;
    if (at >= 0) {
      const [entry] = entries.splice(at, 1);
      removed.set(id, { entry, at });
    } else {
      const before = removed.get(id);
      entries.splice(before?.at ?? entries.length, 0, before?.entry ?? handouts.entryOf(id));
    }
    handouts.store({ ...composition, changed: new Date().toISOString() });
    return at < 0 ? `Added to your session: it holds ${entries.length} now` : "Removed from your session";
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".pb-add") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    try {
      const said = toggle(button.value);
      show();
      say(said);
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      if (error instanceof DOMException) say(full ? "Not added: the storage of this browser is full" : "Not added: this browser keeps nothing for this page");
      else show();
    }
  });
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", (event) => event.persisted && show());

  link.href = playbookHref(composer);
  bar.setAttribute("aria-label", "My session");
  bar.append(link);
  document.body.append(bar);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-item], .pb-browsed [data-id]"))) offer(place);
  show();
})();
