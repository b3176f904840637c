// @ts-check
// On every page: how scripts link to pages, and small helps that a page can do without. Each of these stands in a function of its own: the names of
// plain scripts are shared by the whole page, and modules do not load from a folder.

/** A page as a link of this one leads to it: in a folder its file, because no server finds it. @param {string} page as in '../tools/#uses' */
function playbookHref(page) {
  const url = new URL(page, location.href);
  if (url.protocol === "file:") url.pathname += "index.html";
  return url.href;
}

/**
 * What can be copied: a link that leads to what it stands beside, so that the address bar has its address where the clipboard is closed to us;
 * a button that copies the address of the page, or the text that it names.
 */
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

  document.addEventListener("pb-say", (event) => say(/** @type {CustomEvent} */ (event).detail));

  /** This page's address for others, who do not have the folder that it may be read from. */
  function address() {
    const published = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
    return location.protocol === "file:" && published ? published : location.href.split("#")[0];
  }

  /** @param {HTMLElement} copier */
  function copied(copier) {
    const named = document.getElementById(copier.dataset.copy ?? "");
    return named?.textContent?.trim() ?? address() + (copier instanceof HTMLAnchorElement ? copier.hash : "");
  }

  document.addEventListener("click", async (event) => {
    const copier = event.target instanceof Element ? event.target.closest(".pb-copy") : null;
    if (!(copier instanceof HTMLElement)) return;
    try {
      await navigator.clipboard.writeText(copied(copier));
      say(copier.dataset.copy ? "Text copied" : "Link copied");
    } catch {
      say(copier.dataset.copy ? "Copying is not allowed here: mark the text and copy it" : "The link is in the address bar");
    }
  });
})();

/** The menu of small screens: it opens above the page and covers nothing. */
(() => {
  const menu = /** @type {HTMLElement} */ (document.getElementById("pb-menu"));
  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".pb-menu-button"));

  /** @param {boolean} open */
  function show(open) {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => show(Boolean(menu.hidden)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    show(false);
    button.focus();
  });
  window.matchMedia("(min-width: 58em)").addEventListener("change", () => show(false));
})();

/** What opens over the page closes when the reader goes on elsewhere, and by Escape. */
(() => {
  const OPEN = ".pb-item-menu[open]";

  document.addEventListener("click", (event) => {
    for (const one of document.querySelectorAll(OPEN)) if (!(event.target instanceof Node && one.contains(event.target))) one.removeAttribute("open");
  });
  document.addEventListener("keydown", (event) => {
    const one = event.key === "Escape" && document.querySelector(OPEN);
    if (!one) return;
    one.removeAttribute("open");
    one.querySelector("summary")?.focus();
  });
})();

/** Suggestions for the search box in the head: loaded when somebody goes there, the words before the script that shows them. */
(() => {
  const form = /** @type {HTMLElement | null} */ (document.querySelector("form[data-src]"));
  form?.addEventListener("focusin", () => {
    const shows = form.dataset.src ?? "";
    for (const address of [shows.replace("search/suggestions.js", "search-suggestions.js"), shows]) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.body.append(script);
    }
  }, { once: true });
})();
