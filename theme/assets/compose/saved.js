// @ts-check
// What can be done with composed handouts: print, link, file, and the list of all that are kept. Loaded last: it opens the first one.

(() => {
  const composer = playbookComposer;
  const handouts = playbookCompositions;
  const table = /** @type {HTMLTableElement} */ (document.getElementById("pb-handouts"));
  const none = /** @type {HTMLElement} */ (document.getElementById("pb-none"));
  const undo = /** @type {HTMLElement} */ (document.getElementById("pb-undo"));
  const told = /** @type {HTMLElement} */ (document.getElementById("pb-list-told"));
  const chooser = /** @type {HTMLInputElement} */ (document.getElementById("pb-open-file"));
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
  /** Longer ones are cut by some mail programs. */
  const SURE_LENGTH = 2000;
  /** What the last deletion took. @type {Composition | null} */
  let taken = null;

  // ---- The list ----

  /** @param {string} words @param {string} name @param {() => void} act */
  function button(words, name, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    made.setAttribute("aria-label", `${words}: ${name}`);
    made.addEventListener("click", act);
    return made;
  }

  /** @param {Composition} composition */
  function rowOf(composition) {
    const { id, entries, changed } = composition;
    const name = handouts.nameOf(composition);
    const row = table.tBodies[0].insertRow();
    const head = Object.assign(document.createElement("th"), { scope: "row", dir: "auto", textContent: name });
    if (id === composer.current.id) head.append(Object.assign(document.createElement("span"), { className: "pb-quiet", textContent: " (open now)" }));
    row.append(head);
    const cells = [["Entries", String(entries.length)], ["Last changed", new Date(changed).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })]];
    for (const [label, text] of cells) Object.assign(row.insertCell(), { textContent: text }).dataset.label = label;
    const actions = Object.assign(document.createElement("p"), { className: "pb-actions" });
    actions.append(button("Open", name, () => openOne(id)), button("Make a copy", name, () => copy(composition)), button("Delete", name, () => drop(composition)));
    row.insertCell().append(actions);
  }

  function list() {
    table.tBodies[0].replaceChildren();
    try {
      const { found } = handouts.all();
      found.forEach(rowOf);
      table.hidden = !found.length;
      none.hidden = found.length > 0;
    } catch {
      table.hidden = true;
    }
  }

  /** @param {string} id */
  function openOne(id) {
    try {
      const found = handouts.load(id);
      if (found) show(found);
    } catch (error) {
      composer.warn(`This handout cannot be read: ${error instanceof Error ? error.message : error}. It was set aside.`);
      list();
    }
  }

  /** @param {Composition} composition @param {boolean} adopt */
  function show(composition, adopt = false) {
    composer.open(composition, adopt);
    document.getElementById("top")?.scrollIntoView();
    document.getElementById("pb-title")?.focus();
  }

  /** @param {Composition} composition */
  function copy(composition) {
    const now = new Date().toISOString();
    const title = `Copy of ${handouts.nameOf(composition)}`.slice(0, 200);
    show({ ...structuredClone(composition), id: playbookKept.newId(), created: now, changed: now, title }, true);
  }

  /** @param {Composition} composition */
  function drop(composition) {
    taken = composition;
    handouts.remove(composition.id);
    if (composition.id === composer.current.id) composer.open(handouts.all().found[0] ?? handouts.fresh());
    list();
    told.textContent = `“${handouts.nameOf(composition)}” is deleted`;
    undo.hidden = false;
    undo.focus();
  }

  undo.addEventListener("click", () => {
    if (taken) composer.open(taken, true);
    taken = null;
    undo.hidden = true;
    told.textContent = "Brought back";
    table.querySelector("button")?.focus();
  });

  // ---- Taking it away ----

  function fileName() {
    return handouts.nameOf(composer.current).toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 60) || "handout";
  }

  function saveFile() {
    playbookFiles.json(`${fileName()}.json`, composer.current);
    playbookKeeping.remember(composer.current, composer.current.entries.length);
  }

  /** @param {File} file */
  async function openFile(file) {
    try {
      const found = handouts.read(await playbookKept.textOf(file));
      show({ ...found, id: playbookKept.newId() }, true);
    } catch (error) {
      composer.warn(`“${file.name}” cannot be opened: ${error instanceof Error ? error.message : error}. Nothing here was changed.`);
    }
  }

  async function copyLink() {
    const fragment = playbookAddress.write(composer.current);
    if (fragment.length > playbookAddress.LONGEST) return composer.warn("This handout is too long for a link. Save it to a file, and send the file.");
    const page = location.protocol === "file:" && canonical ? canonical : location.href.split("#")[0];
    try {
      await navigator.clipboard.writeText(`${page}#${fragment}`);
      composer.tell("Link copied. Anyone who opens it gets a copy of this handout");
      if (fragment.length > SURE_LENGTH) composer.warn(`The link is copied. It has ${fragment.length.toLocaleString("en")} letters, and some mail programs cut such a long link. A file is safer.`);
    } catch {
      composer.warn("This browser does not let the page copy. The address bar has the link.");
    }
  }

  /** @param {string} paper what is printed: nothing of the rest */
  function print(paper) {
    document.body.dataset.paper = paper;
    window.print();
  }

  const DOES = /** @type {Record<string, () => void>} */ ({
    "pb-print-handout": () => print("handout"),
    "pb-print-plan": () => print("plan"),
    "pb-print-both": () => print("both"),
    "pb-copy-link": () => void copyLink(),
    "pb-save-file": saveFile,
    "pb-open": () => chooser.click(),
    "pb-new": () => show(handouts.fresh()),
  });

  playbookFiles.onSaveKey(saveFile);
  for (const [id, act] of Object.entries(DOES)) document.getElementById(id)?.addEventListener("click", act);
  window.addEventListener("afterprint", () => delete document.body.dataset.paper);
  chooser.addEventListener("change", () => {
    const [file] = chooser.files ?? [];
    if (file) void openFile(file);
    chooser.value = "";
  });
  document.addEventListener(composer.ITSELF, list);
  composer.begin();
})();
