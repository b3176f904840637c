// @ts-check
// Small helps that every page can do without. Each stands in a function of its own: the names of plain scripts are shared by the whole page,
// and modules do not load from a folder.

/** Copied links: the "#" beside an item also leads to it, so that the address bar has its address where the clipboard is closed to us. */
(() => {
  const status = document.createElement("p");
  status.className = "pb-said";
  status.setAttribute("role", "status");
  document.body.append(status);

  /** @type {number | undefined} */
  let silence;

  /** Show words for a moment; screen readers read them out. @param {string} words */
  function say(words) {
    window.clearTimeout(silence);
    status.textContent = words;
    silence = window.setTimeout(() => (status.textContent = ""), 4000);
  }

  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.pb-copy") : null;
    if (!(link instanceof HTMLAnchorElement) || !navigator.clipboard) return;
    try {
      await navigator.clipboard.writeText(link.href);
      say("Link copied");
    } catch {
      say("The link is in the address bar");
    }
  });
})();

/** The menu of small screens: the engine's checkbox says whether it is open; what lies behind an open menu is out of reach. */
(() => {
  const drawer = /** @type {HTMLInputElement} */ (document.getElementById("__drawer"));
  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".pb-menu-button"));
  const behind = document.querySelectorAll(".md-main__inner > :not(.md-sidebar--primary), .md-footer");

  function close() {
    if (drawer.checked) drawer.click();
  }

  button.addEventListener("click", () => drawer.click());
  drawer.addEventListener("change", () => {
    button.setAttribute("aria-expanded", String(drawer.checked));
    behind.forEach((part) => part.toggleAttribute("inert", drawer.checked));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    close();
    button.focus();
  });
  window.matchMedia("(min-width: 76.25em)").addEventListener("change", close);
})();
