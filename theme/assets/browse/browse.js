// @ts-check
// The browse page: the list is in the page; this chooses, counts and sorts. What is chosen stands in the address.

const { asked, plain, forms } = playbookWords;

/** How many items are drawn at first: more would make each key press slow on an old phone. */
const AT_FIRST = 20;

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-browse"));
const words = /** @type {HTMLInputElement} */ (document.getElementById("pb-words"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("pb-sort"));
const told = /** @type {HTMLElement} */ (document.getElementById("pb-status"));
const chips = /** @type {HTMLElement} */ (document.getElementById("pb-chips"));
const done = /** @type {HTMLElement} */ (document.getElementById("pb-done"));
const elsewhere = /** @type {HTMLElement} */ (document.getElementById("pb-elsewhere"));
const printButton = /** @type {HTMLElement} */ (document.getElementById("pb-print"));
const number = /** @type {HTMLElement} */ (document.getElementById("pb-chosen"));
const facets = /** @type {HTMLDetailsElement} */ (form.querySelector(".pb-facets"));
const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href;
const clear = /** @type {HTMLElement} */ (document.getElementById("pb-clear"));
const all = /** @type {HTMLElement} */ (document.getElementById("pb-all"));
const list = /** @type {HTMLElement} */ (document.getElementById("pb-list"));
const sorted = /** @type {HTMLElement} */ (document.getElementById("pb-sorted"));
const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=checkbox]")]);
/** What items are chosen by, in the order of the page: 'kind', 'domain' … */
const FACETS = [...new Set(boxes.map(({ name }) => name))];

/** What can be chosen: `left` counts the items that it would leave. */
const options = boxes.map((box) => {
  const [title, number] = /** @type {HTMLElement} */ (box.parentElement).querySelectorAll("span");
  return { box, facet: box.name, value: box.value, title: title.textContent ?? "", number, left: 0 };
});
const optionOf = new Map(options.map((option) => [`${option.facet} ${option.value}`, option]));

/** What an element has of a facet. @param {HTMLElement} node @param {string} facet */
function had(node, facet) {
  return (node.dataset[facet] ?? "").split(" ").flatMap((value) => optionOf.get(`${facet} ${value}`) ?? []);
}

/** The items of the list: the element, the list that it stands in when sorted by practice, its words, what it has of all facets, whether it fits. */
const items = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("li[data-id]")]).map((node) => ({
  node,
  home: /** @type {HTMLElement} */ (node.parentElement),
  words: ` ${plain(node.textContent ?? "")} `,
  has: FACETS.flatMap((facet) => had(node, facet)),
  fits: true,
}));
let inOrder = items;
const sets = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".pb-set, .pb-subset")]);

// ---- What is shown ----

/** Shows what fits: any of the values chosen of one facet, of all facets, and the words. Counts what each option would leave. @param {number} most */
function filter(most = AT_FIRST) {
  const chosen = [...new Set(options.filter(({ box }) => box.checked).map(({ facet }) => facet))];
  const wanted = plain(asked(words.value).text).split(" ").filter(Boolean).map((word) => forms(word).map((form) => ` ${form}`));
  const used = new Set();
  let fitting = 0;
  for (const option of options) option.left = 0;
  for (const item of inOrder) {
    const { node, words: said, has } = item;
    const worded = wanted.every((any) => any.some((form) => said.includes(form)));
    const misses = worded ? chosen.filter((facet) => !has.some((option) => option.facet === facet && option.box.checked)) : [];
    item.fits = worded && misses.length === 0;
    fitting += Number(item.fits);
    const shown = item.fits && fitting <= most;
    if (node.hidden === shown) node.hidden = !shown;
    if (shown) {
      const inside = node.parentElement?.parentElement;
      used.add(inside).add(inside?.parentElement);
    }
    if (worded && misses.length < 2) for (const option of has) if (item.fits || option.facet === misses[0]) option.left += 1;
  }
  for (const set of [...sets, .../** @type {HTMLElement[]} */ ([...sorted.children])]) if (set.hidden === used.has(set)) set.hidden = !used.has(set);
  for (const { box, number, left } of options) {
    if (number.textContent !== String(left)) number.textContent = String(left);
    // What is chosen, and where the keyboard is, stays within reach.
    box.disabled = left === 0 && !box.checked && box !== document.activeElement;
  }
  tell(fitting);
  all.hidden = fitting <= most;
  showChips();
}

/** Says how many items fit, wherever that is of use. @param {number} fitting */
function tell(fitting) {
  const many = `${fitting.toLocaleString("en")} item${fitting === 1 ? "" : "s"}`;
  const said = fitting ? `${fitting.toLocaleString("en")} of ${items.length.toLocaleString("en")} items` : "Nothing matches. Remove a filter, or try other words.";
  const whole = asked(words.value).also(said);
  // The same words again would be read out again.
  if (told.textContent !== whole) told.textContent = whole;
  all.textContent = `Show all ${fitting.toLocaleString("en")}`;
  done.textContent = `Show ${many}`;
  printButton.textContent = `Print ${many}`;
  suggestSearch(fitting);
}

/** Where nothing fits, the search may know other words. @param {number} fitting */
function suggestSearch(fitting) {
  const { text } = asked(words.value);
  elsewhere.hidden = fitting > 0 || !text;
  const link = /** @type {HTMLAnchorElement} */ (elsewhere.firstElementChild);
  link.search = text ? `?q=${encodeURIComponent(text)}` : "";
}

/** A button for everything that is chosen, to take it away. */
function showChips() {
  const on = options.filter(({ box }) => box.checked).map(({ box, title }) => ({ title, remove: () => void (box.checked = false) }));
  const { text } = asked(words.value);
  if (text) on.push({ title: `“${text}”`, remove: () => void (words.value = "") });
  clear.hidden = on.length < 2;
  number.textContent = on.length ? `(${on.length})` : "";
  chips.replaceChildren(...on.map(({ title, remove }, at) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: title });
    button.setAttribute("aria-label", `Remove ${title}`);
    button.addEventListener("click", () => {
      remove();
      changed();
      const left = chips.querySelectorAll("button");
      (left[Math.min(at, left.length - 1)] ?? told).focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

// ---- Order ----

/** For each order but the page's own: the head that an item stands under, and what puts items in order there. */
const ORDERS = {
  kind: { head: headOf("kind"), key: () => 0 },
  source: { head: headOf("source"), key: (/** @type {HTMLElement} */ node) => Number(node.dataset.page ?? 0) },
  words: { head: () => "A to Z", key: (/** @type {HTMLElement} */ node) => plain(node.querySelector("p:not(.pb-under)")?.textContent ?? "") },
};

/** @param {string} facet @returns {(node: HTMLElement) => string} */
function headOf(facet) {
  return (node) => had(node, facet)[0]?.title ?? "";
}

function arrange() {
  const order = ORDERS[/** @type {keyof typeof ORDERS} */ (sort.value)];
  list.hidden = Boolean(order);
  sorted.hidden = !order;
  if (!order) {
    if (sorted.firstChild) for (const { node, home } of items) home.append(node);
    sorted.replaceChildren();
    inOrder = items;
    return;
  }
  const heads = ["A to Z", ...options.map(({ title }) => title)];
  const keyed = items.map((item) => ({ item, head: order.head(item.node), key: order.key(item.node) }));
  keyed.sort((one, other) => heads.indexOf(one.head) - heads.indexOf(other.head) || (one.key < other.key ? -1 : Number(one.key > other.key)));
  inOrder = keyed.map(({ item }) => item);
  /** @type {Map<string, HTMLElement>} */
  const lists = new Map();
  for (const { item, head } of keyed) {
    const inside = lists.get(head) ?? Object.assign(document.createElement("ul"), { className: "pb-items" });
    lists.set(head, inside).get(head)?.append(item.node);
  }
  sorted.replaceChildren(...[...lists].map(([head, inside]) => {
    const section = Object.assign(document.createElement("section"), { className: "pb-set" });
    section.append(Object.assign(document.createElement("h2"), { textContent: head }), inside);
    return section;
  }));
}

// ---- The address ----

/** @param {"pushState" | "replaceState"} how */
function remember(how) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = "";
  const { text } = asked(words.value);
  if (text) address.searchParams.set("q", text);
  for (const { box } of options) if (box.checked) address.searchParams.append(box.name, box.value);
  if (sort.value) address.searchParams.set("sort", sort.value);
  if (address.href !== location.href) history[how](null, "", address);
  for (const named of document.querySelectorAll(".pb-this-address")) named.textContent = canonical + address.search;
}

function recall() {
  const from = new URLSearchParams(location.search);
  // A link may ask for more than anybody can type.
  words.value = (from.get("q") ?? "").slice(0, words.maxLength);
  sort.value = from.get("sort") ?? "";
  if (sort.selectedIndex < 0) sort.value = "";
  for (const box of boxes) {
    box.checked = from.getAll(box.name).includes(box.value);
    const facet = /** @type {HTMLDetailsElement} */ (box.closest(".pb-facet"));
    if (box.checked) facet.open = true;
  }
  arrange();
  filter();
  remember("replaceState");
}

function changed() {
  filter();
  remember("pushState");
  typing = false;
}

// ---- Taking it away ----

/** All that fits as rows, in the order shown, under their heads. */
function table() {
  const head = ["id", "text", ...FACETS, "page", "address"];
  const rows = inOrder.filter(({ fits }) => fits).map(({ node }) => [
    node.dataset.id ?? "",
    [...node.querySelectorAll("p:not(.pb-meta)")].map((text) => text.textContent).join(" "),
    ...FACETS.map((facet) => had(node, facet).map(({ title }) => title).join("; ")),
    node.dataset.page ?? "",
    new URL(node.querySelector("a")?.getAttribute("href")?.replace("/index.html", "/") ?? "", canonical).href,
  ]);
  return [head, ...rows];
}

/** @type {number | undefined} */
let resting;
/** Whether the last change was a letter: a word is one step back, not one for each letter. */
let typing = false;

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  if (event.target !== words) changed();
});
words.addEventListener("input", () => {
  filter();
  window.clearTimeout(resting);
  resting = window.setTimeout(() => {
    remember(typing ? "replaceState" : "pushState");
    typing = true;
  }, 300);
});
sort.addEventListener("change", () => {
  arrange();
  filter();
  remember("replaceState");
});
clear.addEventListener("click", () => {
  for (const box of boxes) box.checked = false;
  words.value = "";
  changed();
  told.focus();
});
all.addEventListener("click", () => {
  const next = inOrder.filter(({ fits }) => fits)[AT_FIRST].node.querySelector("a");
  filter(Infinity);
  next?.focus();
});
window.addEventListener("beforeprint", () => filter(Infinity));
window.addEventListener("afterprint", () => filter());
window.addEventListener("popstate", recall);
done.addEventListener("click", () => {
  facets.open = false;
  told.focus();
});
printButton.addEventListener("click", () => window.print());
document.getElementById("pb-csv")?.addEventListener("click", () => playbookFiles.csv("engagement-playbook.csv", table()));
document.querySelector(".pb-skip-facets")?.addEventListener("click", () => told.focus());

facets.open = window.matchMedia("(min-width: 60em)").matches;
recall();
