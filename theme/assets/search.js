// @ts-check
// The search page: ranks the entries of search-entries.js with lunr; the question stands in the address, so it can be shared.

/** @typedef {{url: string, kind: string, title: string, text: string, words: string}} Entry */

const MOST = 40;

/** @type {Entry[]} */
const entries = /** @type {any} */ (window).playbookEntries;
const lunr = /** @type {any} */ (window).lunr;

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-search"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("pb-query"));
const list = /** @type {HTMLElement} */ (document.getElementById("pb-results"));
const status = /** @type {HTMLElement} */ (document.getElementById("pb-status"));
const template = /** @type {HTMLTemplateElement} */ (document.getElementById("pb-result"));
const root = new URL("../", location.href.split(/[?#]/)[0]);

const index = lunr(/** @this {any} */ function () {
  this.ref("at");
  this.field("title", { boost: 4 });
  this.field("text", { boost: 2 });
  this.field("words");
  entries.forEach((entry, at) => this.add({ at, ...entry }, { boost: weight(entry) }));
});

/** Whole pages before single statements of the same words. @param {Entry} entry */
function weight(entry) {
  return { Page: 3, Domain: 3, Level: 3, Habit: 3, Practice: 2.5, Tool: 2.5, Word: 2, "Practice at a level": 1.5, Erratum: 0.4 }[entry.kind] ?? 1;
}

/** The words of a question; small words count only when there are no others. @param {string} words @returns {string[]} */
function termsOf(words) {
  const all = words.toLowerCase().replace(/[’']/gu, "'").match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
  const telling = all.filter((word) => lunr.stopWordFilter(word) && !word.includes("n't"));
  return telling.length ? telling : all;
}

/** @param {string} word @returns {string} */
function stemOf(word) {
  return lunr.stemmer(new lunr.Token(word, {})).toString();
}

/**
 * Entries for the words, best first: those that have more of the words stand before those that have fewer.
 * The last word may still be unfinished; a word that no entry has may be misspelt.
 * @param {string[]} terms
 */
function find(terms) {
  /** @type {Map<Entry, number>} */
  const scores = new Map();
  terms.forEach((term, at) => {
    const known = stemOf(term) in index.invertedIndex;
    const rows = index.query((/** @type {any} */ query) => {
      query.term(term, { boost: 4 });
      if (at === terms.length - 1 || !known) query.term(term, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
      if (!known) query.term(stemOf(term), { editDistance: term.length > 7 ? 2 : 1, usePipeline: false });
    });
    const best = rows.length ? rows[0].score : 1;
    for (const row of rows) {
      const entry = entries[row.ref];
      scores.set(entry, (scores.get(entry) ?? 0) + 0.5 + row.score / best);
    }
  });
  return [...scores].sort((one, other) => other[1] - one[1]).map(([entry]) => entry);
}

/** The text around the first word that was asked for, with such words marked. @param {HTMLElement} into @param {string} text @param {string[]} terms */
function excerpt(into, text, terms) {
  const stems = terms.map(stemOf);
  for (const piece of text.split(/([\p{L}\p{N}]+)/u)) {
    if (piece && stems.includes(stemOf(piece.toLowerCase()))) {
      into.appendChild(document.createElement("mark")).textContent = piece;
    } else {
      into.append(piece);
    }
  }
}

/** @param {string} words */
function show(words) {
  const terms = termsOf(words);
  const found = terms.length ? find(terms) : [];
  list.replaceChildren(...found.slice(0, MOST).map((entry) => {
    const row = /** @type {HTMLElement} */ (template.content.cloneNode(true)).querySelector("li");
    if (!row) throw new Error("the page has no template for a result");
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
    link.href = hrefOf(entry.url);
    link.textContent = entry.title;
    /** @type {HTMLElement} */ (row.querySelector(".pb-kind")).textContent = entry.kind;
    excerpt(/** @type {HTMLElement} */ (row.querySelector(".pb-result-text")), entry.text, terms);
    return row;
  }));
  status.textContent = describe(terms, found.length);
}

/** @param {string} url */
function hrefOf(url) {
  const [page, anchor] = url.split("#");
  const file = location.protocol === "file:" ? "index.html" : "";
  return new URL(page + file, root).href + (anchor ? `#${anchor}` : "");
}

/** @param {string[]} terms @param {number} number */
function describe(terms, number) {
  if (!terms.length) return "";
  if (!number) return "Nothing found. Try fewer or other words, or look in the glossary.";
  const words = number === 1 ? "1 result" : `${number} results`;
  return number > MOST ? `${words}; the best ${MOST} are shown.` : words;
}

function remember() {
  const address = new URL(location.href);
  if (box.value) address.searchParams.set("q", box.value);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  remember();
});
box.addEventListener("input", () => {
  show(box.value);
  remember();
});
box.value = new URLSearchParams(location.search).get("q") ?? "";
box.focus();
show(box.value);
