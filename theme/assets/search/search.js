// @ts-check
// The search page: shows what ranking.js finds. The question stands in the address, so it can be shared.

const MOST_RESULTS = 10;
const EXCERPT = 220;

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-search"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("pb-query"));
const list = /** @type {HTMLElement} */ (document.getElementById("pb-results"));
const elsewhere = /** @type {HTMLElement} */ (document.getElementById("pb-elsewhere"));
const ideas = /** @type {HTMLElement} */ (document.getElementById("pb-ideas"));
const more = /** @type {HTMLElement} */ (document.getElementById("pb-more"));
const told = /** @type {HTMLElement} */ (document.getElementById("pb-status"));
/** Whether all that the search needs is here; a lost connection may have kept some of it. */
const isWhole = "playbookSearch" in window && "lunr" in window && typeof playbookWords === "object" && typeof wordsOf === "function" && typeof questionOf === "function" && typeof playbookHref === "function";
const NOT_WHOLE = "The search could not be loaded: the connection was lost. Press Search to try again.";

/** A fresh copy of what a template holds. @param {string} id */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/** @param {Element} inside @param {string} selector */
function one(inside, selector) {
  return /** @type {HTMLElement} */ (inside.querySelector(selector));
}

/** The stems of those ways to say what was asked that a text has whole. @param {string} text @param {Way[]} ways */
function stemsIn(text, ways) {
  const said = new Set(stemsOf(text));
  return new Set(ways.filter((way) => way.stems.every((stem) => said.has(stem))).flatMap((way) => way.stems));
}

/** The sentences of a text from the one on that has most of the stems. @param {string} text @param {Set<string>} wanted */
function excerptOf(text, wanted) {
  const sentences = text.match(/.*?[.?!]+[”’)]*(?:\s+|$)|.+$/gu) ?? [];
  const counts = sentences.map((sentence) => new Set(stemsOf(sentence).filter((stem) => wanted.has(stem))).size);
  const first = Math.max(0, counts.indexOf(Math.max(...counts)));
  let last = first + 1;
  while (last < sentences.length && sentences.slice(first, last + 1).join("").length < EXCERPT) last += 1;
  return `${first ? "… " : ""}${sentences.slice(first, last).join("").trim()}${last < sentences.length ? " …" : ""}`;
}

/** Writes a text with the stems marked. @param {Element} into @param {string} text @param {Set<string>} wanted */
function write(into, text, wanted) {
  let plain = "";
  for (const piece of text.split(/([\p{L}\p{N}]+)/u)) {
    if (piece && wanted.has(stemOf(plainOf(piece)))) {
      into.append(plain);
      into.appendChild(document.createElement("mark")).textContent = piece;
      plain = "";
    } else {
      plain += piece;
    }
  }
  into.append(plain);
}

/** @param {string} kind @param {boolean} [ours] */
function kindOf(kind, ours) {
  return ours ? `${kind} · Added by this edition` : kind;
}

/** Links to the other pages of a practice that answer too: "Also at: overview · district". @param {Found} found */
function levelLinks({ also }) {
  return also.flatMap(({ url, level }, at) => {
    const link = document.createElement("a");
    link.href = playbookHref(`../${url}`);
    link.textContent = level ?? "overview";
    return [at ? " · " : "Also at: ", link];
  });
}

/** @param {Found} found @param {Way[]} ways */
function rowOf(found, ways) {
  const { entry } = found;
  const row = copyOf("pb-result");
  const link = /** @type {HTMLAnchorElement} */ (one(row, "a"));
  link.href = playbookHref(`../${entry.url}`);
  link.textContent = entry.title;
  one(row, ".pb-kind").textContent = kindOf(entry.kind, entry.ours);
  const phrase = phraseOf(found);
  write(one(row, ".pb-result-asked"), phrase && `People ask: “${phrase}”`, stemsIn(phrase, ways));
  one(row, ".pb-result-levels").replaceChildren(...levelLinks(found));
  const text = entry.text ?? "";
  write(one(row, ".pb-result-text"), excerptOf(text, new Set()), stemsIn(text, ways));
  one(row, ".pb-result-parts").replaceChildren(...partsOf(found).map((part) => {
    const item = copyOf("pb-result-part");
    const target = /** @type {HTMLAnchorElement} */ (one(item, "a"));
    target.href = playbookHref(`../${entry.url}#${part.anchor}`);
    const said = part.text ?? part.tool ?? "";
    const wanted = stemsIn(said, ways);
    write(target, excerptOf(said, wanted), wanted);
    one(item, ".pb-kind").textContent = kindOf(part.tool ? `${part.kind}: ${part.tool}` : part.kind, part.ours);
    return item;
  }));
  row.querySelectorAll("p:empty, ul:empty").forEach((empty) => empty.remove());
  return row;
}

/** @param {string} typed @param {number} most */
function show(typed, most = MOST_RESULTS) {
  if (!isWhole) {
    told.textContent = NOT_WHOLE;
    return;
  }
  const { text, also } = playbookWords.asked(typed);
  const question = questionOf(text);
  const found = question.all.length ? find(question) : [];
  const ways = needsOf(question).flat();
  list.replaceChildren(...found.slice(0, most).map((result) => rowOf(result, ways)));
  told.textContent = question.all.length ? also(describe(found.length, most)) : "";
  more.textContent = `Show all ${found.length}`;
  more.hidden = found.length <= most;
  ideas.hidden = question.all.length > 0;
  elsewhere.hidden = !question.all.length || found.length > 0;
}

/** @param {number} number @param {number} most */
function describe(number, most) {
  if (!number) return "Nothing found. Try fewer or other words.";
  if (number === 1) return "1 result";
  return number > most ? `${number} results; the best ${most} are shown.` : `${number} results`;
}

function remember() {
  const address = new URL(location.href);
  if (box.value) address.searchParams.set("q", box.value);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
}

/** @type {number | undefined} */
let resting;

form.addEventListener("submit", (event) => {
  // Without a search of ours the browser asks for the page anew, and for all that it needs.
  if (!isWhole) return;
  event.preventDefault();
  remember();
  told.focus();
});
box.addEventListener("input", () => {
  show(box.value);
  window.clearTimeout(resting);
  resting = window.setTimeout(remember, 300);
});
more.addEventListener("click", () => {
  show(box.value, Infinity);
  one(list.children[MOST_RESULTS], "a").focus();
});
// A link may ask for more than anybody can type: the browser itself takes a minute to draw some long texts.
box.value = (new URLSearchParams(location.search).get("q") ?? "").slice(0, box.maxLength);
box.focus();
show(box.value);
