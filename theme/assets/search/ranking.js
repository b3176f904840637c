// @ts-check
// What answers a question: ranks the entries of search-entries.js by BM25; lunr cuts words to their stems.
// A classic script like search.js, which uses it: a browser loads no modules where the site is opened from a folder.

/** @typedef {{anchor: string, kind: string, text?: string, tool?: string, ours?: boolean}} Part */
/** @typedef {{url: string, kind: string, title: string, names?: string[], around?: string, text?: string, parts?: Part[], ours?: boolean,
 *   level?: string, asked?: string[]}} Entry */
/** @typedef {{words: string[], means: string[]}} Synonym */
/** What is scored: an entry's own words, one of its parts, or what people ask when it is the answer. @typedef {{entry: Entry, part?: Part, fields: Record<string, string[]>}} Sought */
/**
 * A question: its words, their stems, the telling ones of these, what the last may become.
 * @typedef {{words: string[], all: string[], telling: string[], begun: string[]}} Question
 */
/** One way to say a thing: stems that a document must have together, and what it counts. @typedef {{stems: string[], weight: number}} Way */
/** How well a document answers each thing that is asked for, and all together. @typedef {{part?: Part, answers: number[], score: number}} Row */
/** An entry that answers, with those of its documents that do. @typedef {{entry: Entry, rows: Row[], score: number}} Found */

/** What a word counts in each field. @type {Record<string, number>} */
const FIELDS = { title: 2.5, names: 2, around: 0.3, text: 2, asked: 2 };
/** What an entry counts, if not one: what explains, adds or corrects comes after the playbook itself. @type {Record<string, number>} */
const KINDS = { Tool: 1.1, Glossary: 0.7, Guide: 0.8, Resource: 0.75, Sources: 0.5 };
/** BM25: how soon a repeated word adds no more, and how much the length of a text counts. */
const REPEATED = 1.2;
const LENGTH = 0.5;
const SYNONYM = 0.7;
const UNFINISHED = 0.8;
/** How much the best document counts beside the page as a whole. */
const BEST = 4;
/** What it counts that a question names the level of a page, or another one. */
const AT_LEVEL = 1.4;
const AT_OTHER_LEVEL = 0.7;
/** From what share of the documents on a word is too common to tell a level. */
const COMMON = 0.15;
const NAMED = 2;
const EXACTLY_NAMED = 100;
/** From how many letters on a word may have two wrong ones. */
const LONG = 9;
const MOST_PARTS = 3;

const { near } = playbookWords;
const { entries, synonyms } = /** @type {{entries: Entry[], synonyms: Synonym[]}} */ (/** @type {any} */ (window).playbookSearch);
const lunr = /** @type {any} */ (window).lunr;

// ---- Words ----

/** Words that tell nothing, beside lunr's own. */
const SMALL = new Set([
  ..."dont doesnt didnt cant wont isnt arent vs etc instead many much more very really thing things give make makes".split(" "),
  ..."myself yourself himself herself itself ourselves yourselves themselves".split(" "),
]);
/** Words that the stemmer would mix up with others, such as community. @type {Record<string, string>} */
const APART = {
  communicate: "communicate communicates communicated communicating communication communications",
  meeting: "meeting meetings",
  morale: "morale",
  news: "news",
  bias: "bias",
};
const stems = new Map(Object.entries(APART).flatMap(([stem, words]) => words.split(" ").map((word) => [word, stem])));

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

/** The stems of what a text writes in two words and people in one: 'walk-through', walkthrough. @param {string} text */
function joinedStems(text) {
  return (text.match(/\p{L}+-\p{L}+/gu) ?? []).flatMap((word) => stemsOf(word.replace("-", "")));
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

/** A text for the index. @param {string} text */
function saidIn(text) {
  return [...tellingStems(text), ...joinedStems(text)];
}

/** Stems as a text in which whole stems can be looked for. @param {string[]} found */
function line(found) {
  return ` ${found.join(" ")} `;
}

// ---- Index ----

/** @type {Sought[]} */
const documents = entries.flatMap((entry) => {
  const { title, names = [], around = "", text = "", parts = [], asked = [] } = entry;
  const own = { title: [...stemsOf(title), ...joinedStems(title)], names: names.flatMap(stemsOf), around: tellingStems(around), text: saidIn(text) };
  const theirs = parts.map((part) => ({ entry, part, fields: { around: stemsOf(part.tool ?? ""), text: saidIn(part.text ?? "") } }));
  return [{ entry, fields: own }, ...theirs, ...asked.map((phrase) => ({ entry, fields: { asked: tellingStems(phrase) } }))];
});

/** How many stems a field has where it has any. @type {Record<string, number>} */
const usual = {};
for (const field of Object.keys(FIELDS)) {
  const lengths = documents.map(({ fields }) => fields[field]?.length ?? 0).filter(Boolean);
  usual[field] = sum(lengths) / lengths.length;
}
/** Each stem's documents with what each counts for it: BM25, summed over its fields, before how rare the stem is. @type {Map<string, Map<Sought, number>>} */
const having = new Map();
for (const document of documents) {
  for (const [field, said] of Object.entries(document.fields)) {
    const long = REPEATED * (1 - LENGTH + (LENGTH * said.length) / usual[field]);
    for (const [stem, times] of counted(said)) {
      const known = having.get(stem) ?? new Map();
      having.set(stem, known.set(document, (known.get(document) ?? 0) + (FIELDS[field] * times * (REPEATED + 1)) / (times + long)));
    }
  }
}
/** All words of the texts by their first letter; by now each has its stem. @type {Map<string, string[]>} */
const vocabulary = new Map();
for (const word of [...stems.keys()].sort()) {
  const alike = vocabulary.get(word[0]) ?? [];
  alike.push(word);
  vocabulary.set(word[0], alike);
}

/** Each entry's title and other names. @type {Map<Entry, string[]>} */
const namesOf = new Map(entries.map((entry) => [entry, [entry.title, ...(entry.names ?? [])].map((name) => line(stemsOf(name)))]));
/** Each level's names, but for those that are said everywhere. In one only: who asks about districts stands at the state. @type {Map<string, string[]>} */
const levels = new Map(entries.filter(({ kind }) => kind === "Level").map(({ level = "", names = [] }) => [level, names.filter(tells).map((name) => line(wordsOf(name)))]));
/** Each phrase that has synonyms, as stems, with the ways to say it. @type {{phrase: string[], ways: Way[]}[]} */
const otherWords = synonyms.flatMap(({ words, means }) => {
  const ways = means.map((meaning) => ({ stems: tellingStems(meaning), weight: SYNONYM }));
  return words.map((phrase) => ({ phrase: stemsOf(phrase), ways }));
});
const everyday = new Set(otherWords.flatMap(({ phrase }) => phrase));

/** @param {string} name */
function tells(name) {
  const found = stemsOf(name);
  return found.length > 1 || (having.get(found[0])?.size ?? 0) < COMMON * documents.length;
}

/** What a stem counts that so many documents have. @param {number} number */
function rarity(number) {
  return Math.log(1 + (documents.length - number + 0.5) / (number + 0.5));
}

/** @param {string[]} said */
function counted(said) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const stem of said) times.set(stem, (times.get(stem) ?? 0) + 1);
  return times;
}

// ---- What is asked ----

/** @param {string} word */
function isKnown(word) {
  return having.has(stemOf(word)) || everyday.has(stemOf(word));
}

/** The stems of words that nobody knows, each worked out once: it is asked for again at each letter that follows. @type {Map<string, string>} */
const corrected = new Map();

/** @param {string} word */
function commonness(word) {
  return having.get(stemOf(word))?.size ?? 0;
}

/**
 * A word's stem; for a word that nobody knows the stem of the commonest word that begins alike and differs by one letter, or by two if long.
 * @param {string} word
 * @returns {string}
 */
function correctedStem(word) {
  if (isKnown(word) || word.length < 4) return stemOf(word);
  const known = corrected.get(word) ?? stemOf(likeliest(word) ?? word);
  corrected.set(word, known);
  return known;
}

/** The commonest known word that is near another one. @param {string} word @returns {string | undefined} */
function likeliest(word) {
  const alike = vocabulary.get(word[0]) ?? [];
  const close = alike.filter((known) => near(word, known, 1));
  const found = close.length || word.length < LONG ? close : alike.filter((known) => near(word, known, 2));
  return found.sort((one, other) => commonness(other) - commonness(one))[0];
}

/** @param {string} text at most as long as playbookWords.asked gives it @returns {Question} */
function questionOf(text) {
  const words = wordsOf(text);
  const last = words[words.length - 1] ?? "";
  const begun = last.length > 2 && !isKnown(last) ? (vocabulary.get(last[0]) ?? []).filter((known) => known.startsWith(last)).map(stemOf) : [];
  const all = words.map((word) => (begun.length && word === last ? stemOf(word) : correctedStem(word)));
  const telling = all.filter((_, at) => !isSmall(words[at]));
  return { words, all, telling: telling.length ? telling : all, begun };
}

/**
 * All that a question asks for, each thing with the ways to say it. A phrase that has synonyms is one thing.
 * @param {Question} question
 * @returns {Way[][]}
 */
function needsOf({ all, telling, begun }) {
  /** @type {Map<string, Way[]>} */
  const needs = new Map(telling.map((stem) => [stem, [{ stems: [stem], weight: 1 }]]));
  if (begun.length) needs.set(all[all.length - 1], begun.map((stem) => ({ stems: [stem], weight: UNFINISHED })));
  const said = line(all);
  for (const { phrase, ways } of otherWords.filter((known) => said.includes(line(known.phrase)))) {
    const known = needs.get(phrase.join(" ")) ?? [{ stems: phrase, weight: 1 }];
    needs.set(phrase.join(" "), [...known, ...ways]);
  }
  for (const phrase of [...needs.keys()].filter((key) => key.includes(" "))) {
    phrase.split(" ").forEach((stem) => needs.delete(stem));
  }
  return [...needs.values()];
}

// ---- Ranking ----

/** How well each document answers one need: by the best way to say it that it has whole. @param {Way[]} need */
function answersTo(need) {
  /** @type {Map<Sought, number>} */
  const best = new Map();
  for (const { stems: wanted, weight } of need) {
    const found = wanted.map((stem) => having.get(stem) ?? new Map());
    const rare = found.map(({ size }) => rarity(size));
    for (const document of found[0]?.keys() ?? []) {
      const each = found.map((counts, at) => rare[at] * (counts.get(document) ?? 0));
      if (each.every(Boolean)) best.set(document, Math.max(best.get(document) ?? 0, (weight * sum(each)) / each.length));
    }
  }
  return best;
}

/**
 * What it counts that a question is an entry's name, or stands in one; a page of its own comes before a place on a page.
 * @param {Entry} entry
 * @param {Question} question
 */
function named(entry, question) {
  const [asked, told] = [question.all, question.telling].map(line);
  const names = namesOf.get(entry) ?? [];
  if (names.includes(asked) || names.includes(told)) return entry.url.includes("#") ? EXACTLY_NAMED / 4 : EXACTLY_NAMED;
  return names.some((name) => name.includes(asked)) ? NAMED : 1;
}

/** The levels that a question names. @param {Question} question */
function levelsIn({ words }) {
  const said = line(words);
  return new Set([...levels].filter(([, names]) => names.some((name) => said.includes(name))).map(([level]) => level));
}

/** What it counts that a question names the level of an entry, or only others. @param {Entry} entry @param {Set<string>} asked */
function atLevel({ level }, asked) {
  if (!asked.size || !level) return 1;
  return asked.has(level) ? AT_LEVEL : AT_OTHER_LEVEL;
}

/**
 * Entries that answer a question, best first: those where one document says most of it, and the page as a whole says all of it.
 * @param {Question} question
 * @returns {Found[]}
 */
function find(question) {
  const needs = needsOf(question);
  const levelsAsked = levelsIn(question);
  /** @type {Map<Entry, Map<Sought, Row>>} */
  const pages = new Map();
  needs.forEach((need, number) => {
    for (const [document, score] of answersTo(need)) {
      const page = pages.get(document.entry) ?? new Map();
      if (!page.size) pages.set(document.entry, page);
      const row = page.get(document) ?? { part: document.part, answers: new Array(needs.length).fill(0), score: 0 };
      if (!row.score) page.set(document, row);
      row.answers[number] = score;
      row.score += score;
    }
  });
  const found = [...pages].map(([entry, page]) => {
    const rows = [...page.values()];
    const together = needs.map((_, number) => rows.reduce((most, { answers }) => Math.max(most, answers[number]), 0));
    const complete = together.filter(Boolean).length / needs.length;
    const best = rows.reduce((most, row) => Math.max(most, row.score), 0);
    const score = (sum(together) + BEST * best) * complete * named(entry, question) * atLevel(entry, levelsAsked) * (KINDS[entry.kind] ?? 1);
    return { entry, score, rows };
  });
  return found.sort((one, other) => other.score - one.score);
}

/** The best parts of an entry that was found. @param {Found} found @returns {Part[]} */
function partsOf({ entry, rows }) {
  const own = rows.filter(({ part }) => part).sort((one, other) => other.score - one.score);
  const parts = own.filter((row) => row.score > own[0].score * 0.5).slice(0, MOST_PARTS).map(({ part }) => /** @type {Part} */ (part));
  // What was found by what people ask shows how it begins.
  return parts.length || entry.text ? parts : (entry.parts ?? []).slice(0, 1);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
