// @ts-check
// The search page: ranks the entries of search-entries.js with lunr; the question stands in the address, so it can be shared.

/** @typedef {{anchor: string, kind: string, text: string}} Part */
/** @typedef {{url: string, kind: string, title: string, names?: string[], around?: string, text?: string, parts?: Part[]}} Entry */
/** @typedef {{words: string[], means: string[]}} Synonym */
/** One thing asked for: the ways to say it, each as stems that must stand together in a text, with what it counts. */
/** @typedef {{stems: string[], weight: number}[]} Need */
/** @typedef {{entry: Entry, score: number, parts: Part[]}} Found */

const MOST = 20;
const PARTS = 3;

const { entries, synonyms } = /** @type {{entries: Entry[], synonyms: Synonym[]}} */ (/** @type {any} */ (window).playbookSearch);
const lunr = /** @type {any} */ (window).lunr;

// ---- Words ----

/** @type {Map<string, string>} */
const stems = new Map();

/** @param {string} word @returns {string} */
function stemOf(word) {
  let stem = stems.get(word);
  if (stem === undefined) stems.set(word, (stem = lunr.stemmer(new lunr.Token(word, {})).toString()));
  return /** @type {string} */ (stem);
}

/** @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.toLowerCase().replace(/[’']s\b/gu, "").replace(/[’']/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** @param {string} text */
function stemsOf(text) {
  return wordsOf(text).map(stemOf);
}

const SMALL = new Set("dont cant doesnt wont isnt arent didnt whats lets vs etc".split(" "));

/** The words that tell something; all words when there are only small ones. @param {string} text */
function telling(text) {
  const words = wordsOf(text);
  const told = words.filter((word) => lunr.stopWordFilter(word) && !SMALL.has(word));
  return told.length ? told : words;
}

/** @param {string} text */
function tellingStems(text) {
  return telling(text).map(stemOf);
}

/** Stems as one text in which whole stems can be looked for. @param {string[]} found */
function line(found) {
  return ` ${found.join(" ")} `;
}

// ---- Index ----

/** What is looked through: each entry by its number, each part by its entry's number and its own. */
const documents = new Map();
const index = lunr(/** @this {any} */ function () {
  this.pipeline.reset();
  this.ref("at");
  this.field("title", { boost: 4 });
  this.field("names", { boost: 3 });
  this.field("around", { boost: 0.7 });
  this.field("text", { boost: 1.5 });
  entries.forEach((entry, at) => {
    const names = (entry.names ?? []).flatMap(stemsOf);
    this.add({ at, title: stemsOf(entry.title), names, around: tellingStems(entry.around ?? ""), text: tellingStems(entry.text ?? "") });
    documents.set(`${at}`, { entry, line: line(tellingStems(`${entry.title} ${entry.text ?? ""}`)) });
    (entry.parts ?? []).forEach((part, number) => {
      const text = tellingStems(part.text);
      this.add({ at: `${at}.${number}`, text });
      documents.set(`${at}.${number}`, { entry, part, line: line(text) });
    });
  });
});

/** Each entry's title and other names, as stems. @type {Map<Entry, string[]>} */
const called = new Map(entries.map((entry) => [entry, [entry.title, ...(entry.names ?? [])].map((name) => line(stemsOf(name)))]));

/** @type {Map<string, Map<string, number>>} */
const looked = new Map();

/** How well each document answers one stem. @param {string} stem */
function scoresOf(stem) {
  let scores = looked.get(stem);
  if (!scores) {
    const rows = index.query((/** @type {any} */ query) => query.term(stem, { usePipeline: false }));
    scores = new Map(rows.map((/** @type {any} */ row) => [row.ref, row.score]));
    looked.set(stem, scores);
  }
  return scores;
}

// ---- Understanding ----

/** @param {any} pattern */
function known(pattern) {
  return pattern.intersect(index.tokenSet).toArray();
}

/** The ways to say a word: itself; when nobody says it, words that begin with it and words that differ by a letter or two. @param {string} word @returns {Need} */
function spellings(word) {
  const stem = stemOf(word);
  if (stem in index.invertedIndex) return [{ stems: [stem], weight: 1 }];
  const begun = word.length > 2 ? known(lunr.TokenSet.fromString(`${word}*`)) : [];
  const near = word.length > 3 ? known(lunr.TokenSet.fromFuzzyString(stem, 1)) : [];
  const far = !near.length && word.length > 6 ? known(lunr.TokenSet.fromFuzzyString(stem, 2)) : [];
  return [
    ...begun.map((/** @type {string} */ found) => ({ stems: [found], weight: 0.8 })),
    ...near.map((/** @type {string} */ found) => ({ stems: [found], weight: 0.8 })),
    ...far.map((/** @type {string} */ found) => ({ stems: [found], weight: 0.5 })),
  ];
}

/** @param {string} question @returns {Need[]} */
function needsOf(question) {
  const all = line(stemsOf(question));
  /** @type {Map<string, Need>} */
  const needs = new Map(telling(question).map((word) => [stemOf(word), spellings(word)]));
  for (const synonym of synonyms) {
    const said = synonym.words.map(stemsOf).filter((words) => all.includes(line(words)));
    const ways = synonym.means.map((meaning) => ({ stems: stemsOf(meaning), weight: 0.7 }));
    for (const words of said) {
      const key = words.join(" ");
      needs.set(key, [...(needs.get(key) ?? []), ...ways]);
    }
  }
  return [...needs.values()];
}

/** How well each document answers one need. @param {Need} need */
function answers(need) {
  /** @type {Map<string, number>} */
  const best = new Map();
  for (const { stems: [first, ...others], weight } of need) {
    for (const [at, score] of scoresOf(first)) {
      const rest = others.map((stem) => scoresOf(stem).get(at) ?? 0);
      if (rest.every(Boolean)) {
        const mean = rest.reduce((sum, one) => sum + one, score) / (others.length + 1);
        best.set(at, Math.max(best.get(at) ?? 0, weight * mean));
      }
    }
  }
  return best;
}

// ---- Ranking ----

/** @type {Record<string, number>} */
const WEIGHTS = { Domain: 1.2, Level: 1.2, Habit: 1.2, Practice: 1.1, Page: 1.1, Tool: 1.1 };

/** @param {string} question @returns {Found[]} */
function find(question) {
  const needs = needsOf(question);
  /** @type {Map<Entry, {needs: number[], docs: Map<string, number>}>} */
  const pages = new Map();
  needs.forEach((need, number) => {
    for (const [at, score] of answers(need)) {
      const { entry } = documents.get(at);
      const page = pages.get(entry) ?? { needs: needs.map(() => 0), docs: new Map() };
      pages.set(entry, page);
      page.needs[number] = Math.max(page.needs[number], score);
      page.docs.set(at, (page.docs.get(at) ?? 0) + score);
    }
  });
  const all = line(stemsOf(question));
  const told = line(tellingStems(question));
  const several = tellingStems(question).length > 1;
  return [...pages].map(([entry, page]) => {
    const docs = [...page.docs].map(([at, score]) => ({ ...documents.get(at), score: score * (several && documents.get(at).line.includes(told) ? 1.5 : 1) }));
    docs.sort((one, other) => other.score - one.score);
    const names = called.get(entry) ?? [];
    const named = names.includes(all) ? 20 : names.some((name) => name.includes(all)) ? 4 : 0;
    const sum = page.needs.reduce((total, one) => total + one, 0);
    const score = (WEIGHTS[entry.kind] ?? 1) * (sum + docs[0].score) + named;
    return { entry, score, parts: docs.filter((doc) => doc.part).slice(0, PARTS).map((doc) => doc.part) };
  }).sort((one, other) => other.score - one.score);
}

// ---- Showing ----

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-search"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("pb-query"));
const list = /** @type {HTMLElement} */ (document.getElementById("pb-results"));
const status = /** @type {HTMLElement} */ (document.getElementById("pb-status"));
const template = /** @type {HTMLTemplateElement} */ (document.getElementById("pb-result"));
const root = new URL("../", location.href.split(/[?#]/)[0]);

/** @param {string} url */
function hrefOf(url) {
  const [page, anchor] = url.split("#");
  const file = location.protocol === "file:" ? "index.html" : "";
  return new URL(page + file, root).href + (anchor ? `#${anchor}` : "");
}

/** @param {string} question */
function show(question) {
  const found = wordsOf(question).length ? find(question) : [];
  list.replaceChildren(...found.slice(0, MOST).map(({ entry, parts, score }) => {
    const row = document.createElement("li");
    const a = row.appendChild(document.createElement("a"));
    a.href = hrefOf(entry.url);
    a.textContent = entry.title;
    for (const part of parts) {
      const b = row.appendChild(document.createElement("a"));
      b.href = hrefOf(`${entry.url}#${part.anchor}`);
      b.textContent = part.text;
    }
    return row;
  }));
}
box.addEventListener("input", () => show(box.value));
