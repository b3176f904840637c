// @ts-check
// What can be found: the entries of search-entries.js as stems, each with the texts and the pages that hold it; lunr cuts words to their stems.
// A classic script, like ranking.js, which asks it: a browser loads no modules where the site is opened from a folder.

/** @typedef {{anchor: string, kind: string, text?: string, tool?: string, ours?: boolean}} Part */
/** @typedef {{url: string, kind: string, title: string, names?: string[], around?: string, text?: string, parts?: Part[], ours?: boolean,
 *   level?: string, practice?: string, asked?: string[]}} Entry */
/** @typedef {{words: string[], means: string[]}} Synonym */
/** What is scored: an entry's own words, one of its parts, or what people ask when it is the answer. @typedef {{entry: Entry, part?: Part, phrase?: string}} Sought */
/**
 * A stem and where it is: the numbers of texts and of pages, and what each counts for it; `times` is of the text that is read.
 * @typedef {{stem: string, documents: number[], counts: number[], pages: number[], pageCounts: number[], times: number}} Posting
 */
/** @typedef {{small: boolean, posting: Posting}} Word */
/** @typedef {{document: Sought, fields: Record<string, Posting[]>}} Said */

/** What a word counts in each field of a text, and of a page as a whole. @type {Record<string, number>} */
const FIELDS = { title: 2.5, names: 2, around: 0.3, text: 2, asked: 2 };
/** @type {Record<string, number>} */
const PAGE_FIELDS = { title: 2, names: 2, around: 0.3, text: 1, asked: 1 };
/** BM25: how soon a repeated word adds no more, and how much the length of a text, and of a page, counts. */
const REPEATED = 1.2;
const LENGTH = 0.5;
const PAGE_LENGTH = 0.75;

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
/** @type {Map<string, string>} */
const apart = new Map(Object.entries(APART).flatMap(([stem, words]) => words.split(" ").map((word) => [word, stem])));

/** Small letters without accents. @param {string} text */
function plainOf(text) {
  const small = text.toLowerCase();
  // Most texts have no letter but those of English.
  return /[^\x00-\x7f]/.test(small) ? small.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").replace(/’/gu, "'") : small;
}

/** @param {string} text @returns {string[]} */
function wordsOf(text) {
  const plain = plainOf(text);
  const bare = plain.includes("'") ? plain.replace(/'s\b|'/gu, "") : plain;
  return bare.match(/[^\x00-\x7f]/.test(bare) ? /[\p{L}\p{N}]+/gu : /[a-z0-9]+/g) ?? [];
}

/** Each word that was met, so that each is cut once. @type {Map<string, Word>} */
const met = new Map();
/** Where each stem is. @type {Map<string, Posting>} */
const having = new Map();

/** @param {string} word @returns {Word} */
function wordOf(word) {
  let known = met.get(word);
  if (!known) {
    const stem = apart.get(word) ?? lunr.stemmer(new lunr.Token(word, {})).toString();
    const posting = having.get(stem) ?? { stem, documents: [], counts: [], pages: [], pageCounts: [], times: 0 };
    having.set(stem, posting);
    met.set(word, (known = { small: SMALL.has(word) || !lunr.stopWordFilter(word), posting }));
  }
  return known;
}

/** @param {string} word */
function stemOf(word) {
  return wordOf(word).posting.stem;
}

/** @param {string} text */
function stemsOf(text) {
  return wordsOf(text).map(stemOf);
}

/** @param {string} word */
function isSmall(word) {
  return wordOf(word).small;
}

/** The words of a text. @param {string} text */
function allOf(text) {
  return wordsOf(text).map((word) => wordOf(word).posting);
}

/** Those that tell something; all where there are only small ones. @param {string} text */
function tellingOf(text) {
  const words = wordsOf(text).map(wordOf);
  const telling = words.filter(({ small }) => !small);
  return (telling.length ? telling : words).map(({ posting }) => posting);
}

/** @param {string} text */
function tellingStems(text) {
  return tellingOf(text).map(({ stem }) => stem);
}

/** What a text writes in two words and people in one: 'walk-through', walkthrough. @param {string} text */
function joinedOf(text) {
  return text.includes("-") ? (text.match(/\p{L}+-\p{L}+/gu) ?? []).flatMap((word) => allOf(word.replace("-", ""))) : [];
}

/** Stems as a text in which whole stems can be looked for. @param {string[]} found */
function line(found) {
  return ` ${found.join(" ")} `;
}

// ---- Index ----

/** @type {Sought[]} */
const documents = [];
/** The number of each entry's first text; one more at the end. @type {number[]} */
const firsts = [];
/** An entry's texts, each with the words of its fields. @param {Entry} entry @returns {Said[]} */
function textsOf(entry) {
  const { title, names = [], around = "", text = "", parts = [], asked = [] } = entry;
  const own = { title: allOf(title).concat(joinedOf(title)), names: names.flatMap(allOf), around: tellingOf(around), text: tellingOf(text).concat(joinedOf(text)) };
  /** @type {Said[]} */
  const texts = [{ document: { entry }, fields: own }];
  for (const part of parts) {
    const { text: said = "", tool = "" } = part;
    texts.push({ document: { entry, part }, fields: { around: allOf(tool), text: tellingOf(said).concat(joinedOf(said)) } });
  }
  for (const phrase of asked) texts.push({ document: { entry, phrase }, fields: { asked: tellingOf(phrase) } });
  return texts;
}

/** How many words a field has where it has any. @param {Record<string, number>[]} sizes @returns {Record<string, number>} */
function usualOf(sizes) {
  return Object.fromEntries(Object.keys(FIELDS).map((field) => {
    const some = sizes.map((size) => size[field] ?? 0).filter(Boolean);
    return [field, sum(some) / some.length];
  }));
}

/** How many words each field of some texts has together. @param {Said[]} texts */
function sizeOf(texts) {
  /** @type {Record<string, number>} */
  const size = {};
  for (const { fields } of texts) for (const field in fields) size[field] = (size[field] ?? 0) + fields[field].length;
  return size;
}

/** Adds to the last number, or a new one. @param {number[]} numbers @param {number[]} counts @param {number} number @param {number} count */
function add(numbers, counts, number, count) {
  if (numbers[numbers.length - 1] === number) {
    counts[counts.length - 1] += count;
  } else {
    numbers.push(number);
    counts.push(count);
  }
}

function buildIndex() {
  const pages = entries.map(textsOf);
  const sizes = pages.map(sizeOf);
  const usualPage = usualOf(sizes);
  const usual = usualOf(pages.flat().map((text) => sizeOf([text])));
  pages.forEach((texts, page) => {
    firsts.push(documents.length);
    for (const { document, fields } of texts) {
      for (const field in fields) {
        const words = fields[field];
        const long = REPEATED * (1 - LENGTH + (LENGTH * words.length) / usual[field]);
        const pageCount = PAGE_FIELDS[field] / (1 - PAGE_LENGTH + (PAGE_LENGTH * sizes[page][field]) / usualPage[field]);
        for (const word of words) word.times += 1;
        for (const word of words) {
          if (!word.times) continue;
          add(word.documents, word.counts, documents.length, (FIELDS[field] * word.times * (REPEATED + 1)) / (word.times + long));
          add(word.pages, word.pageCounts, page, pageCount * word.times);
          word.times = 0;
        }
      }
      documents.push(document);
    }
  });
  firsts.push(documents.length);
}

/** @param {number[]} numbers */
function sum(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

buildIndex();
/** All words of the texts by their first letter; by now each has its stem. @type {Map<string, string[]>} */
const vocabulary = new Map();
/** The same by what follows their first letter, which may be mistyped. @type {Map<string, string[]>} */
const tails = new Map();
for (const word of [...met.keys()].sort()) {
  for (const [key, map] of /** @type {[string, Map<string, string[]>][]} */ ([[word[0], vocabulary], [word.slice(1), tails]])) {
    const alike = map.get(key);
    if (alike) alike.push(word);
    else map.set(key, [word]);
  }
}
