// @ts-check
// A form with the attribute data-filter: shows the items that fit its choices, out of those whose data-… attributes are named
// as its fields; a value of several words fits each of them. The choice stands in the address, so it can be shared.

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-filter]"));
const choices = /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll("select"));
const told = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const sets = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".pb-set"));
const items = `[data-${choices[0].name}]`;

/** @param {HTMLElement} item */
const fits = (item) => [...choices].every(({ name, value }) => value === "" || (item.dataset[name] ?? "").split(" ").includes(value));

function filter() {
  let shown = 0;
  for (const set of sets) {
    const found = /** @type {HTMLElement[]} */ ([...set.querySelectorAll(items)]);
    for (const item of found) item.hidden = !fits(item);
    const left = found.filter((item) => !item.hidden).length;
    set.hidden = left === 0;
    shown += left;
  }
  told.textContent = shown ? `${shown} shown` : "Nothing matches. Choose “all” in one of the lists.";
}

function remember() {
  const address = new URL(location.href);
  for (const { name, value } of choices) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
}

const asked = new URLSearchParams(location.search);
for (const choice of choices) {
  const value = asked.get(choice.name) ?? "";
  if ([...choice.options].some((option) => option.value === value)) choice.value = value;
}
form.addEventListener("change", () => {
  filter();
  remember();
  mark();
});

/** Links of the page that lead to a choice, as those of a map: they choose at once. @type {HTMLAnchorElement[]} */
const shortcuts = [...document.querySelectorAll("a")].filter((link) => link.getAttribute("href")?.startsWith("?"));

/** The shortcut whose choice is at hand. */
function mark() {
  const at = new URLSearchParams([...choices].filter(({ value }) => value).map(({ name, value }) => [name, value])).toString();
  form.toggleAttribute("data-chosen", Boolean(at));
  for (const link of shortcuts) {
    if (new URLSearchParams(link.search).toString() === at) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

for (const link of shortcuts) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const wanted = new URLSearchParams(link.search);
    for (const choice of choices) choice.value = wanted.get(choice.name) ?? "";
    form.dispatchEvent(new Event("change"));
    document.querySelector(".pb-set:not([hidden])")?.scrollIntoView({ block: "nearest" });
  });
}
filter();
mark();
