// @ts-check
// The three habits of a practice: on a phone one at a time, chosen by tabs; side by side where there is room. What is out of sight is found by the
// browser's search and by links to an item, which both open its habit.

(() => {
  const narrow = window.matchMedia("(max-width: 43em)");
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".pb-tabs + .pb-columns > .pb-column")]);
  const tabs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".pb-tabs input")]);

  function show() {
    sections.forEach((section, at) => {
      if (narrow.matches && !tabs[at].checked) section.setAttribute("hidden", "until-found");
      else section.removeAttribute("hidden");
    });
  }

  /** @param {number} at */
  function open(at) {
    if (at < 0) return;
    tabs[at].checked = true;
    show();
  }

  /** Where the address leads to an item, its habit. */
  function follow() {
    const item = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const at = sections.findIndex((section) => item && section.contains(item));
    open(at);
    if (at >= 0 && narrow.matches) item?.scrollIntoView();
  }

  tabs.forEach((tab) => tab.addEventListener("change", show));
  sections.forEach((section, at) => section.addEventListener("beforematch", () => open(at)));
  narrow.addEventListener("change", show);
  window.addEventListener("hashchange", follow);
  show();
  follow();
})();
