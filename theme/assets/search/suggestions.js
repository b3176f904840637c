// @ts-check
// Suggestions under the search box in the head, as a combobox with a list (ARIA 1.2). playbook.js loads this when the box gets the focus; until
// then, and where it cannot be loaded, the box is that of a plain form.

(() => {
  const MOST = 8;
  /** How many of a kind are shown while other kinds wait. */
  const MOST_OF_KIND = 3;
  const FEWEST_LETTERS = 2;

  const { kinds, found } = /** @type {{kinds: string[], found: [number, string, string, string][]}} */ (/** @type {any} */ (window).playbookSuggestions);
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-src]"));
  const box = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const root = new URL("../../", new URL(form.dataset.src ?? "", location.href)).href;
  /** What is looked through: words of each text and of its other names, each after a space. */
  const known = found.map(([kind, text, url, names]) => ({ kind, text, url, said: ` ${plainOf(text)}`, words: ` ${plainOf(`${text} ${names}`)}` }));

  const list = document.createElement("ul");
  list.id = "pb-suggestions";
  list.className = "pb-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const told = document.createElement("p");
  told.className = "pb-hidden";
  told.setAttribute("role", "status");
  form.append(list, told);
  // A search field may have no other role; a text field may be a combobox.
  const attributes = { type: "text", enterkeyhint: "search", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);

  /** Small letters without accents, one space between words. @param {string} text */
  function plainOf(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f’']/gu, "").match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? "";
  }

  /** What has a word that begins with each word that was typed; what begins with all of it comes first in its kind. @param {string} typed */
  function suggestionsFor(typed) {
    const asked = plainOf(typed.slice(0, 200));
    if (asked.length < FEWEST_LETTERS) return [];
    const words = asked.split(" ");
    const fitting = known.filter((one) => words.every((word) => one.words.includes(` ${word}`)));
    /** @param {{said: string}} one */
    const place = ({ said }) => (said.startsWith(` ${asked}`) ? 0 : said.includes(` ${asked}`) ? 1 : 2);
    fitting.sort((one, other) => one.kind - other.kind || place(one) - place(other) || one.said.length - other.said.length);
    /** @type {Map<number, number>} */
    const counts = new Map();
    const few = fitting.filter(({ kind }) => {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return (counts.get(kind) ?? 0) <= MOST_OF_KIND;
    });
    return few.slice(0, MOST);
  }

  /** @returns {HTMLElement[]} */
  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  /** @param {{kind: number, text: string, url: string}} one @param {number} at */
  function optionOf({ kind, text, url }, at) {
    const option = document.createElement("li");
    option.id = `pb-suggestion-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = url;
    const label = document.createElement("span");
    label.className = "pb-kind";
    label.textContent = kinds[kind];
    option.append(text, " ", label);
    return option;
  }

  function show() {
    const suggested = suggestionsFor(box.value);
    list.replaceChildren(...suggested.map(optionOf));
    told.textContent = suggested.length ? `${suggested.length} suggestion${suggested.length === 1 ? "" : "s"}` : "";
    open(suggested.length > 0);
  }

  /** @param {boolean} whether */
  function open(whether) {
    list.hidden = !whether;
    box.setAttribute("aria-expanded", String(whether));
    box.removeAttribute("aria-activedescendant");
    if (!whether) choose(undefined);
  }

  /** @param {HTMLElement | undefined} wanted */
  function choose(wanted) {
    for (const option of options()) option.setAttribute("aria-selected", String(option === wanted));
    if (wanted) box.setAttribute("aria-activedescendant", wanted.id);
    else box.removeAttribute("aria-activedescendant");
    wanted?.scrollIntoView({ block: "nearest" });
  }

  /** One further, or back to the box at either end. @param {number} step */
  function move(step) {
    if (list.hidden) show();
    if (list.hidden) return;
    const all = [undefined, ...options()];
    choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  }

  /** @param {HTMLElement} option */
  function follow(option) {
    const url = playbookHref(root + option.dataset.url);
    open(false);
    location.assign(url);
  }

  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const option = chosen();
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && option) follow(option);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => open(false));
  // The box keeps the focus while the list is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("li") : null;
    if (option) follow(option);
  });
  if (document.activeElement === box && box.value) show();
})();
