// @ts-check
// All that this browser keeps of the reader's, in a list: to open, to delete one or all of it, and to change one's mind.

(() => {
  const kept = playbookAnswers;
  const handouts = playbookCompositions;
  const table = /** @type {HTMLTableElement} */ (document.querySelector("#pb-all-sessions table"));
  const none = /** @type {HTMLElement} */ (document.getElementById("pb-none"));
  const told = /** @type {HTMLElement} */ (document.getElementById("pb-saved"));
  const notice = /** @type {HTMLElement} */ (document.getElementById("pb-notice"));
  const save = /** @type {HTMLElement} */ (document.getElementById("pb-save-all"));
  const chooser = /** @type {HTMLInputElement} */ (document.getElementById("pb-open-file"));
  const unread = /** @type {HTMLElement} */ (document.getElementById("pb-unread"));
  const undo = /** @type {HTMLElement} */ (document.getElementById("pb-undo"));
  const everything = /** @type {HTMLElement} */ (document.getElementById("pb-delete-all"));
  /** Each form's address: this page links to all of them. */
  const ways = new Map(/** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-form]")]).map((link) => [link.dataset.form, link.href]));
  /** What the last deletion took, as it was stored. @type {[string, string][]} */
  let taken = [];

  /**
   * What a line of the list says, what opening it must remember, and under which name it is stored.
   * @typedef {{key: string, name: string, what: string, count: number, changed: string, way: string | undefined, remember: () => void}} Line
   */

  /** @returns {Line[]} */
  function all() {
    const { sessions } = kept.all();
    const own = handouts.all();
    const filled = sessions.map(({ id, form, name, title, answers, changed }) => ({
      key: kept.PREFIX + id, name, what: title, count: Object.keys(answers).length, changed, way: ways.get(form), remember: () => kept.hold(form, id),
    }));
    const composed = own.found.map((one) => ({
      key: handouts.PREFIX + one.id, name: handouts.nameOf(one), what: "Handout of your own", count: one.entries.length, changed: one.changed, way: ways.get("compose"), remember: () => handouts.hold(one.id),
    }));
    return [...filled, ...composed].sort((one, other) => other.changed.localeCompare(one.changed));
  }

  /** @param {Line} line */
  function rowOf({ key, name, what, count, changed, way, remember }) {
    const row = table.tBodies[0].insertRow();
    const head = Object.assign(document.createElement("th"), { scope: "row", dir: "auto" });
    if (way) {
      const link = Object.assign(document.createElement("a"), { textContent: name, href: way });
      link.addEventListener("click", remember);
      head.append(link);
    } else {
      head.textContent = name;
    }
    row.append(head);
    Object.assign(row.insertCell(), { dir: "auto", textContent: what });
    const number = row.insertCell();
    number.dataset.label = "Answers or entries";
    number.textContent = String(count);
    const when = row.insertCell();
    when.dataset.label = "Last changed";
    when.textContent = new Date(changed).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Delete" });
    button.setAttribute("aria-label", `Delete ${name}, ${what}`);
    button.addEventListener("click", () => drop([key], `“${name}” is deleted`));
    row.insertCell().append(button);
  }

  /** What this page cannot read: it stays where it is, can be taken away as a file, and is read by a page that can. */
  function listUnread() {
    const found = playbookKept.unread();
    unread.hidden = !found.length;
    /** @type {HTMLElement} */ (unread.querySelector("ul")).replaceChildren(...found.map(({ key, text, why }) => {
      const name = /"name":\s*"([^"\\]{1,200})"/u.exec(text)?.[1] ?? key.slice(key.indexOf(".", 3) + 1, 60);
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("span"), { dir: "auto", textContent: `“${name}”: ${why.message}. ` }));
      const actions = Object.assign(document.createElement("p"), { className: "pb-actions" });
      actions.append(actionOf("Save to a file", name, () => playbookFiles.raw(`${name.toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "") || "saved"}.json`, text)), " ");
      actions.append(actionOf("Delete", name, () => drop([key], `“${name}” is deleted`)));
      item.append(actions);
      return item;
    }));
  }

  /** @param {string} words @param {string} name @param {() => void} act */
  function actionOf(words, name, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.setAttribute("aria-label", `${words}: ${name}`);
    button.addEventListener("click", act);
    return button;
  }

  function show() {
    table.tBodies[0].replaceChildren();
    try {
      const lines = all();
      lines.forEach(rowOf);
      table.hidden = !lines.length;
      listUnread();
      everything.hidden = !lines.length && unread.hidden;
      save.hidden = !lines.length;
      none.hidden = lines.length > 0;
    } catch {
      notice.hidden = false;
      notice.textContent = "This browser keeps nothing for this page (private window, or storage is closed).";
    }
  }

  /** All that the reader made, what could not be read included. */
  function allKeys() {
    const ours = [kept.PREFIX, handouts.PREFIX, handouts.AT_HAND, playbookKept.ASIDE, playbookKeeping.PREFIX, playbookKeeping.ASKED];
    return Object.keys(localStorage).filter((key) => ours.some((prefix) => key.startsWith(prefix)));
  }

  /** @param {string[]} keys @param {string} words */
  function drop(keys, words) {
    taken = keys.map((key) => [key, localStorage.getItem(key) ?? ""]);
    keys.forEach((key) => localStorage.removeItem(key));
    changed();
    told.textContent = words;
    undo.hidden = false;
    undo.focus();
  }

  /** Tells the other scripts of this page too, as another tab would. */
  function changed() {
    window.dispatchEvent(new StorageEvent("storage"));
  }

  /** @param {File} file */
  async function openFile(file) {
    try {
      const { said, problems } = await playbookEverything.open(file);
      told.textContent = `“${file.name}” is opened: ${said}`;
      warn(problems.join("; "));
    } catch (error) {
      warn(`“${file.name}” cannot be opened: ${error instanceof Error ? error.message : error}. Nothing here was changed.`);
    }
    changed();
  }

  function saveAll() {
    playbookEverything.save();
    told.textContent = "Everything is in the file";
  }

  /** @param {string} words */
  function warn(words) {
    notice.textContent = words;
    notice.hidden = !words;
  }

  save.addEventListener("click", saveAll);
  playbookFiles.onSaveKey(saveAll);
  document.getElementById("pb-open")?.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const [file] = chooser.files ?? [];
    if (file) void openFile(file);
    chooser.value = "";
  });
  everything.addEventListener("click", () => drop(allKeys(), "Everything is deleted"));
  undo.addEventListener("click", () => {
    taken.forEach(([key, text]) => localStorage.setItem(key, text));
    undo.hidden = true;
    told.textContent = "Brought back";
    changed();
    everything.focus();
  });
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", (event) => event.persisted && show());
  show();
})();
