// @ts-check
// Small helps that every page can do without: copied links, the menu by keyboard.

document.documentElement.classList.add("js");

/** @param {MouseEvent} event */
async function copyLink(event) {
  const link = /** @type {Element} */ (event.target).closest("a.pb-copy");
  if (!(link instanceof HTMLAnchorElement) || !navigator.clipboard) return;
  await navigator.clipboard.writeText(link.href);
  say("Link copied");
}

/** @param {string} words */
function say(words) {
  const status = document.querySelector(".pb-said") ?? document.body.appendChild(document.createElement("p"));
  status.className = "pb-said";
  status.setAttribute("role", "status");
  status.textContent = words;
  window.setTimeout(() => (status.textContent = ""), 2500);
}

/** @param {KeyboardEvent} event */
function pressMenu(event) {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.currentTarget).click();
}

document.addEventListener("click", copyLink);
document.querySelectorAll("label[role=button]").forEach((label) => label.addEventListener("keydown", pressMenu));
