// @ts-check
// The search page: ranks the entries of search-entries.js by BM25; lunr cuts words to their stems and finds near ones.
// The question stands in the address, so it can be shared.

/** @typedef {{anchor: string, kind: string, text?: string, tool?: string}} Part */
/** @typedef {{url: string, kind: string, title: string, names?: string[], around?: string, text?: string, parts?: Part[]}} Entry */
/** @typedef {{words: string[], means: string[]}} Synonym */
/** What is scored: an entry's own words, or one of its parts. @typedef {{entry: Entry, part?: Part, fields: Record<string, string[]>}} Document */
/** A question as stems: `all` of its words, the `telling` ones, and what its last word may become. @typedef {{all: string[], telling: string[], begun: string[]}} Question */
/** One way to say a thing: stems that must stand together in a document, and what it counts. @typedef {{stems: string[], weight: number}} Way */
/** An entry that answers, with its best parts. @typedef {{entry: Entry, parts: Part[], score: number}} Found */

const MOST_RESULTS = 20;
const MOST_PARTS = 3;
const EXCERPT = 220;
const LONG = 9;
const SYNONYM = 0.8;
const UNFINISHED = 0.8;
const NAMED = 2;
const EXACTLY_NAMED = 100;
/** Pages and statements count as one; what only explains or corrects comes after them. @type {Record<string, number>} */
const WEIGHTS = { Word: 0.75, Guide: 0.7, Resource: 0.75, Sources: 0.5 };

const { entries, synonyms } = /** @type {{entries: Entry[], synonyms: Synonym[]}} */ (/** @type {any} */ (window).playbookSearch);
const lunr = /** @type {any} */ (window).lunr;

// ---- Words ----

const SMALL = new Set("dont doesnt didnt cant wont isnt arent vs etc instead many much more very really thing things give make makes myself yourself himself herself itself ourselves yourselves themselves".split(" "));
/** @type {Map<string, string>} */
const stems = new Map();

/** @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.toLowerCase().replace(/[’']s\b/gu, "").replace(/[’']/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** @param {string} word @returns {string} */
function stemOf(word) {
  const stem = stems.get(word) ?? lunr.stemmer(new lunr.Token(word, {})).toString();
  stems.set(word, stem);
  return stem;
}

/** @param {string} text */
function stemsOf(text) {
  return wordsOf(text).map(stemOf);
}

/** @param {string} word */
function isSmall(word) {
  return SMALL.has(word) || !lunr.stopWordFilter(word);
}

/** The stems of the words that tell something; of all words where there are only small ones. @param {string} text */
function tellingStems(text) {
  const words = wordsOf(text);
  const telling = words.filter((word) => !isSmall(word));
  return (telling.length ? telling : words).map(stemOf);
}

/** Stems as a text in which whole stems can be looked for. @param {string[]} found */
function line(found) {
  return ` ${found.join(" ")} `;
}

// ---- Index ----

/** What a word counts in each field. @type {Record<string, number>} */
const FIELDS = { title: 2.5, names: 2, around: 0.3, text: 2 };
const REPEATED = 1.2;
const LENGTH = 0.5;

/** @type {Document[]} */
const documents = entries.flatMap((entry) => {
  const { title, names = [], around = "", text = "", parts = [] } = entry;
  const own = { title: stemsOf(title), names: names.flatMap(stemsOf), around: tellingStems(around), text: tellingStems(text) };
  return [{ entry, fields: own }, ...parts.map((part) => ({ entry, part, fields: { around: stemsOf(part.tool ?? ""), text: tellingStems(part.text ?? "") } }))];
});

/** Each stem's documents. @type {Map<string, Set<Document>>} */
const having = new Map();
/** How many stems a field has where it has any. @type {Record<string, number>} */
const usual = {};
for (const field of Object.keys(FIELDS)) {
  const lengths = documents.map(({ fields }) => fields[field]?.length ?? 0).filter(Boolean);
  usual[field] = sum(lengths) / lengths.length;
}
for (const document of documents) {
  for (const stem of Object.values(document.fields).flat()) {
    const known = having.get(stem) ?? new Set();
    having.set(stem, known.add(document));
  }
}
const vocabulary = lunr.TokenSet.fromArray([...having.keys()].sort());

/** Each entry's title and other names. @type {Map<Entry, string[]>} */
const namesOf = new Map(entries.map((entry) => [entry, [entry.title, ...(entry.names ?? [])].map((name) => line(stemsOf(name)))]));
const everyday = new Set(synonyms.flatMap(({ words }) => words.flatMap(stemsOf)));

/** How well a document answers one stem: BM25, summed over its fields. @param {Document} document @param {string} stem */
function scoreOf(document, stem) {
  const found = having.get(stem);
  if (!found?.has(document)) return 0;
  const rare = Math.log(1 + (documents.length - found.size + 0.5) / (found.size + 0.5));
  let score = 0;
  for (const [field, said] of Object.entries(document.fields)) {
    const times = said.filter((one) => one === stem).length;
    score += (FIELDS[field] * times * (REPEATED + 1)) / (times + REPEATED * (1 - LENGTH + (LENGTH * said.length) / usual[field]));
  }
  return rare * score;
}

// ---- What is asked ----

/** The stems that some document has and that fit a pattern of lunr's. @param {any} pattern @returns {string[]} */
function fitting(pattern) {
  return vocabulary.intersect(pattern).toArray();
}

/** @param {string} word */
function isKnown(word) {
  return having.has(stemOf(word)) || everyday.has(stemOf(word));
}

/** @param {string} stem */
function commonness(stem) {
  return having.get(stem)?.size ?? 0;
}

/** A word's stem; for a word that nobody knows the commonest stem with the same first letter that differs by one letter, or in a long word by two. @param {string} word @returns {string} */
function correctedStem(word) {
  const stem = stemOf(word);
  if (isKnown(word) || word.length < 4) return stem;
  const near = [1, 2].map((letters) => fitting(lunr.TokenSet.fromFuzzyString(stem, letters)).filter((found) => found[0] === stem[0]));
  const found = near[0].length || word.length < LONG ? near[0] : near[1];
  return found.sort((one, other) => commonness(other) - commonness(one))[0] ?? stem;
}

/** @param {string} text @returns {Question} */
function questionOf(text) {
  const words = wordsOf(text);
  const last = words[words.length - 1] ?? "";
  const begun = last.length > 2 && !isKnown(last) ? fitting(lunr.TokenSet.fromString(`${last}*`)) : [];
  const all = words.map((word) => (begun.length && word === last ? stemOf(word) : correctedStem(word)));
  const telling = all.filter((_, at) => !isSmall(words[at]));
  return { all, telling: telling.length ? telling : all, begun };
}

/** All that a question asks for, each thing with the ways to say it. A phrase that has synonyms is one thing. @param {Question} question @returns {Way[][]} */
function needsOf({ all, telling, begun }) {
  /** @type {Map<string, Way[]>} */
  const needs = new Map(telling.map((stem) => [stem, [{ stems: [stem], weight: 1 }]]));
  if (begun.length) needs.set(all[all.length - 1], begun.map((stem) => ({ stems: [stem], weight: UNFINISHED })));
  for (const { words, means } of synonyms) {
    const ways = means.map((meaning) => ({ stems: tellingStems(meaning), weight: SYNONYM }));
    for (const phrase of words.map(stemsOf).filter((found) => line(all).includes(line(found)))) {
      const known = needs.get(phrase.join(" ")) ?? [{ stems: phrase, weight: 1 }];
      needs.set(phrase.join(" "), [...known, ...ways]);
    }
  }
  for (const phrase of [...needs.keys()].filter((key) => key.includes(" "))) {
    phrase.split(" ").forEach((stem) => needs.delete(stem));
  }
  return [...needs.values()];
}

// ---- Ranking ----

/** How well each document answers one need: by the best way to say it that it has whole. @param {Way[]} need */
function answersTo(need) {
  /** @type {Map<Document, number>} */
  const best = new Map();
  for (const { stems: wanted, weight } of need) {
    for (const document of having.get(wanted[0]) ?? []) {
      const each = wanted.map((stem) => scoreOf(document, stem));
      if (each.includes(0)) continue;
      best.set(document, Math.max(best.get(document) ?? 0, (weight * sum(each)) / each.length));
    }
  }
  return best;
}

/** Whether a question is an entry's name, or stands in one. @param {Entry} entry @param {Question} question */
function named(entry, question) {
  const asked = line(question.all);
  const names = namesOf.get(entry) ?? [];
  if (names.includes(asked)) return EXACTLY_NAMED;
  return names.some((name) => name.includes(asked)) ? NAMED : 1;
}

/**
 * Entries that answer a question, best first: those whose best document says most of it, and whose few best documents say all of it.
 * @param {Question} question
 * @returns {Found[]}
 */
function find(question) {
  const needs = needsOf(question);
  /** @type {Map<Entry, Map<Document, number[]>>} */
  const pages = new Map();
  needs.forEach((need, number) => {
    for (const [document, score] of answersTo(need)) {
      const page = pages.get(document.entry) ?? new Map();
      pages.set(document.entry, page);
      const answers = page.get(document) ?? needs.map(() => 0);
      page.set(document, answers);
      answers[number] = score;
    }
  });
  const found = [...pages].map(([entry, page]) => {
    const rows = [...page].map(([{ part }, answers]) => ({ part, answers, score: sum(answers) })).sort((one, other) => other.score - one.score);
    const shown = rows.slice(0, MOST_PARTS + 1);
    const together = needs.map((_, number) => Math.max(...shown.map(({ answers }) => answers[number])));
    const complete = together.filter(Boolean).length / needs.length;
    const score = (sum(together) + 4 * rows[0].score) * complete * named(entry, question) * (WEIGHTS[entry.kind] ?? 1);
    const parts = rows.flatMap(({ part, score }) => (part && score > rows[0].score * 0.5 ? [part] : []));
    return { entry, score, parts: parts.slice(0, MOST_PARTS) };
  });
  return found.sort((one, other) => other.score - one.score);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

// ---- Showing ----

const form = /** @type {HTMLFormElement} */ (document.getElementById("pb-search"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("pb-query"));
const list = /** @type {HTMLElement} */ (document.getElementById("pb-results"));
const status = /** @type {HTMLElement} */ (document.getElementById("pb-status"));
const root = new URL("../", location.href.split(/[?#]/)[0]);

/** A fresh copy of what a template holds. @param {string} id */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/** @param {Element} inside @param {string} selector */
function one(inside, selector) {
  return /** @type {HTMLElement} */ (inside.querySelector(selector));
}

/** @param {string} url */
function hrefOf(url) {
  const [page, anchor] = url.split("#");
  const file = location.protocol === "file:" ? "index.html" : "";
  return new URL(page + file, root).href + (anchor ? `#${anchor}` : "");
}

/** The sentences of a text around the one that says most of what was asked. @param {string} text @param {Set<string>} wanted */
function excerptOf(text, wanted) {
  const sentences = text.split(/(?<=[.?!])\s+/u);
  const counts = sentences.map((sentence) => new Set(stemsOf(sentence).filter((stem) => wanted.has(stem))).size);
  const first = counts.indexOf(Math.max(...counts));
  let last = first + 1;
  while (last < sentences.length && sentences.slice(first, last + 1).join(" ").length < EXCERPT) last += 1;
  return `${first ? "… " : ""}${sentences.slice(first, last).join(" ")}${last < sentences.length ? " …" : ""}`;
}

/** Part of a text, with the words that were asked for marked. @param {Element} into @param {string} text @param {Set<string>} wanted */
function write(into, text, wanted) {
  for (const piece of excerptOf(text, wanted).split(/([\p{L}\p{N}]+)/u)) {
    if (piece && wanted.has(stemOf(piece.toLowerCase()))) into.appendChild(document.createElement("mark")).textContent = piece;
    else into.append(piece);
  }
}

/** @param {Found} found @param {Set<string>} wanted */
function rowOf({ entry, parts }, wanted) {
  const row = copyOf("pb-result");
  const link = /** @type {HTMLAnchorElement} */ (one(row, "a"));
  link.href = hrefOf(entry.url);
  link.textContent = entry.title;
  one(row, ".pb-kind").textContent = entry.kind;
  write(one(row, ".pb-result-text"), entry.text ?? "", wanted);
  one(row, ".pb-result-parts").replaceChildren(...parts.map((part) => {
    const item = copyOf("pb-result-part");
    const target = /** @type {HTMLAnchorElement} */ (one(item, "a"));
    target.href = hrefOf(`${entry.url}#${part.anchor}`);
    write(target, part.text, wanted);
    one(item, ".pb-kind").textContent = part.kind;
    return item;
  }));
  row.querySelectorAll("p:empty, ul:empty").forEach((empty) => empty.remove());
  return row;
}

/** @param {string} text */
function show(text) {
  const question = questionOf(text);
  const found = question.all.length ? find(question) : [];
  const wanted = new Set(needsOf(question).flatMap((need) => need.flatMap((way) => way.stems)));
  list.replaceChildren(...found.slice(0, MOST_RESULTS).map((result) => rowOf(result, wanted)));
  status.textContent = question.all.length ? describe(found.length) : "";
}

/** @param {number} number */
function describe(number) {
  if (!number) return "Nothing found. Try fewer or other words, or look in the glossary.";
  if (number === 1) return "1 result";
  return number > MOST_RESULTS ? `${number} results; the best ${MOST_RESULTS} are shown.` : `${number} results`;
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
  event.preventDefault();
  remember();
});
box.addEventListener("input", () => {
  show(box.value);
  window.clearTimeout(resting);
  resting = window.setTimeout(remember, 300);
});
box.value = new URLSearchParams(location.search).get("q") ?? "";
box.focus();
show(box.value);
