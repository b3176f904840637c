// @ts-check
// Runs before the page is drawn: says that scripts run, tells when one of them did not come, and sets light or dark as the reader
// chose, or as the system is.

(() => {
  const KEPT = "pb.scheme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  /** What the reader chose, if this browser keeps it. @type {string | null} */
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEPT);
  } catch {
    // The storage is closed: the choice holds for this page.
  }

  const dark = () => (chosen ? chosen === "dark" : system.matches);

  function show() {
    document.body.dataset.mdColorScheme = dark() ? "slate" : "default";
    const button = document.querySelector(".pb-scheme");
    if (button) button.textContent = dark() ? "Switch to light colors" : "Switch to dark colors";
  }

  document.documentElement.classList.replace("no-js", "js");
  const tell = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLScriptElement) document.getElementById("pb-not-whole")?.removeAttribute("hidden");
  };
  window.addEventListener("error", tell, true);
  show();
  system.addEventListener("change", show);
  // The button is at the foot of the page, which is not there yet.
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.querySelector(".pb-scheme")?.addEventListener("click", () => {
      chosen = dark() ? "light" : "dark";
      try {
        localStorage.setItem(KEPT, chosen);
      } catch {
        // As above.
      }
      show();
    });
  });
})();
