// @ts-check
// The coaching page: shows the questions of one step and one level; the choice stands in the address, so it can be shared.

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-coaching"));
const step = /** @type {HTMLSelectElement} */ (form.elements.namedItem("step"));
const level = /** @type {HTMLSelectElement} */ (form.elements.namedItem("level"));
const told = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const sets = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".pb-set"));

function filter() {
  let shown = 0;
  for (const set of sets) {
    set.hidden = step.value !== "" && set.dataset.step !== step.value;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (set.querySelectorAll("[data-levels]"))) {
      item.hidden = level.value !== "" && !(item.dataset.levels ?? "").split(" ").includes(level.value);
      if (!set.hidden && !item.hidden) shown += 1;
    }
  }
  told.textContent = `${shown} shown`;
}

function remember() {
  const address = new URL(location.href);
  for (const choice of [step, level]) {
    if (choice.value) address.searchParams.set(choice.name, choice.value);
    else address.searchParams.delete(choice.name);
  }
  history.replaceState(null, "", address);
}

const asked = new URLSearchParams(location.search);
for (const choice of [step, level]) choice.value = asked.get(choice.name) ?? "";
form.hidden = false;
form.addEventListener("change", () => {
  filter();
  remember();
});
filter();
