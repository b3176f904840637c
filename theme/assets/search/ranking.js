// @ts-check
// What answers a question: two scores by BM25 over the index, one for the best text of a page and one for the page as a whole, added.
// A classic script like search.js, which uses it: a browser loads no modules where the site is opened from a folder.

/**
 * A question: its words, their stems, the telling ones of these, what the last may become.
 * @typedef {{words: string[], all: string[], telling: string[], begun: string[]}} Question
 */
/** One way to say a thing: stems that a text must have together, and what it counts. @typedef {{stems: string[], weight: number}} Way */
/** How well each text and each page answers one need, by their numbers, and how much the need tells. @typedef {{texts: Float64Array, pages: Float64Array, tells: number}} Answers */
/** A text that answers, and how well. @typedef {{document: Sought, score: number}} Row */
/** An entry that answers, with those of its texts that do, and other pages of the same practice. @typedef {{entry: Entry, rows: Row[], score: number, also: Entry[]}} Found */

/** What an entry counts, if not one: what explains, adds or corrects comes after the playbook itself. @type {Record<string, number>} */
const KINDS = { Tool: 1.1, Glossary: 0.7, Guide: 0.8, Resource: 0.75, Sources: 0.5 };
const SYNONYM = 0.7;
/** The same for a word that many texts have themselves, where they may mean another thing by it. */
const SYNONYM_OF_KNOWN = 0.35;
const KNOWN = 20;
const UNFINISHED = 0.8;
/** How much the best text counts beside all that the page's texts say of each need. */
const BEST = 8;
/** How much the page as a whole counts beside its texts, and how soon a word that it repeats adds no more. */
const PAGE = 0.5;
const PAGE_REPEATED = 3;
/** What it counts that a question names the level of a page, or another one. */
const AT_LEVEL = 1.4;
const AT_OTHER_LEVEL = 0.7;
/** From what share of the texts on a word is too common to tell a level. */
const COMMON = 0.15;
const NAMED = 2;
const EXACTLY_NAMED = 100;
/** What it counts that people ask just this when an entry is the answer. */
const EXACTLY_ASKED = 1.5;
/** What share of a question, by how much its words tell, some page must answer; else nothing is shown. */
const ENOUGH = 0.35;
/** How many texts a word that none has is taken to have, as to how much it tells. */
const RARE = 30;
/** Down to what share of the best score others are shown. */
const FAR_BEHIND = 0.35;
/** From how many letters on a word is corrected, and may have two wrong ones. */
const CORRECTED = 5;
const LONG = 9;
const MOST_PARTS = 3;

/** Words that say little alone, and how much less each counts in the share of a question that is answered. */
const GENERIC = new Set(
  "take part come go there here way need want use help know tell say good best new old day year time place people someone anybody lot start run keep put show look find".split(" ").map(stemOf),
);
const LESS = 0.3;

const { near } = playbookWords;

/** Each entry's title and other names. @type {Map<Entry, string[]>} */
const namesOf = new Map(entries.map((entry) => [entry, [entry.title, ...(entry.names ?? [])].map((name) => line(stemsOf(name)))]));
/** Each level's names, but for those that are said everywhere. In one only: who asks about districts stands at the state. @type {Map<string, string[]>} */
const levels = new Map(entries.filter(({ kind }) => kind === "Level").map(({ level = "", names = [] }) => [level, names.filter(tells).map((name) => line(wordsOf(name)))]));
/** Each phrase that has synonyms, as stems, with the ways to say it. @type {{phrase: string[], ways: Way[]}[]} */
const otherWords = synonyms.flatMap(({ words, means }) => {
  const meant = means.map(tellingStems);
  return words.map((word) => {
    const phrase = stemsOf(word);
    const weight = phrase.length === 1 && commonness(phrase[0]) > KNOWN ? SYNONYM_OF_KNOWN : SYNONYM;
    return { phrase, ways: meant.map((stems) => ({ stems, weight })) };
  });
});
const everyday = new Set(otherWords.flatMap(({ phrase }) => phrase));

/** @param {string} name */
function tells(name) {
  const found = stemsOf(name);
  return found.length > 1 || commonness(found[0]) < COMMON * documents.length;
}

/** In how many texts a stem is. @param {string} stem */
function commonness(stem) {
  return having.get(stem)?.documents.length ?? 0;
}

/** What a stem counts that so many of all have. @param {number} number @param {number} all */
function rarity(number, all) {
  return Math.log(1 + (all - number + 0.5) / (number + 0.5));
}

// ---- What is asked ----

/** @param {string} word */
function isKnown(word) {
  return commonness(stemOf(word)) > 0 || everyday.has(stemOf(word));
}

/** The stems of words that nobody knows, each worked out once: it is asked for again at each letter that follows. @type {Map<string, string>} */
const corrected = new Map();

/**
 * A word's stem; for a word that nobody knows the stem of the commonest word that is near: another letter anywhere, or two if long.
 * @param {string} word
 * @returns {string}
 */
function correctedStem(word) {
  if (isKnown(word) || word.length < CORRECTED) return stemOf(word);
  const known = corrected.get(word) ?? stemOf(likeliest(word) ?? word);
  corrected.set(word, known);
  return known;
}

/** The commonest known word that is near another one. @param {string} word @returns {string | undefined} */
function likeliest(word) {
  const alike = vocabulary.get(word[0]) ?? [];
  const ways = [
    () => alike.filter((known) => near(word, known, 1)),
    () => otherFirst(word),
    () => (word.length < LONG ? [] : alike.filter((known) => near(word, known, 2))),
  ];
  for (const way of ways) {
    const found = way().sort((one, other) => commonness(stemOf(other)) - commonness(stemOf(one)));
    if (found.length) return found[0];
  }
  return undefined;
}

/** Known words whose first letter is another one, one more, one less, or in the second place. @param {string} word */
function otherFirst(word) {
  const less = [word.slice(1), word[1] + word[0] + word.slice(2)].filter((known) => vocabulary.get(known[0])?.includes(known));
  return [...less, ...(tails.get(word.slice(1)) ?? []), ...(tails.get(word) ?? [])];
}

/** Words by which people ask what another word means. */
const MEANING = new Set("mean means meaning definition define defined".split(" "));

/** @param {string} text at most as long as playbookWords.asked gives it @returns {Question} */
function questionOf(text) {
  const typed = wordsOf(text);
  const meant = typed.filter((word) => !MEANING.has(word));
  const words = meant.every(isSmall) ? typed : meant;
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

/** How well each text and each page answers one need: by the best way to say it that it has whole. @param {Way[]} need @returns {Answers} */
function answersTo(need) {
  const texts = new Float64Array(documents.length);
  const pages = new Float64Array(entries.length);
  let tells = 0;
  for (const { stems: wanted, weight } of need) {
    const postings = wanted.flatMap((stem) => having.get(stem) ?? []).filter((posting) => posting.documents.length);
    if (postings.length < wanted.length) continue;
    keepBest(texts, weight, postings.map((posting) => {
      const telling = rarity(posting.documents.length, documents.length);
      return { at: posting.documents, scores: posting.counts.map((count) => telling * count) };
    }));
    keepBest(pages, weight, postings.map((posting) => {
      const telling = rarity(posting.pages.length, entries.length);
      return { at: posting.pages, scores: posting.pageCounts.map((count) => (telling * count) / (count + PAGE_REPEATED)) };
    }));
    tells ||= Math.max(...postings.map((posting) => rarity(posting.documents.length, documents.length)));
  }
  const generic = need[0].stems.every((stem) => GENERIC.has(stem));
  return { texts, pages, tells: (tells || rarity(RARE, documents.length)) * (generic ? LESS : 1) };
}

/**
 * Puts what has all stems of a way where it answers better than by another one.
 * @param {Float64Array} into
 * @param {number} weight
 * @param {{at: number[], scores: number[]}[]} stemScores
 */
function keepBest(into, weight, [first, ...others]) {
  const rest = others.map(({ at, scores }) => new Map(at.map((number, place) => [number, scores[place]])));
  first.at.forEach((number, place) => {
    let score = first.scores[place];
    for (const scores of rest) {
      const other = scores.get(number);
      if (!other) return;
      score += other;
    }
    into[number] = Math.max(into[number], (weight * score) / (rest.length + 1));
  });
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

/** What it counts that what people ask about an entry is the question, whatever small words it has. @param {Row[]} rows @param {Question} question */
function askedOf(rows, { telling }) {
  const { phrase } = bestOf(rows).document;
  return phrase && line(tellingStems(phrase)) === line(telling) ? EXACTLY_ASKED : 1;
}

/** @param {Row[]} rows */
function bestOf(rows) {
  return rows.reduce((one, other) => (other.score > one.score ? other : one));
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

/** What an entry's texts, and the whole of it, give to the needs. @param {Entry} entry @param {number} number @param {Answers[]} answers */
function measured(entry, number, answers) {
  /** @type {Row[]} */
  const rows = [];
  const together = answers.map(() => 0);
  for (let at = firsts[number]; at < firsts[number + 1]; at += 1) {
    let score = 0;
    for (let need = 0; need < answers.length; need += 1) {
      const part = answers[need].texts[at];
      score += part;
      if (part > together[need]) together[need] = part;
    }
    if (score) rows.push({ document: documents[at], score });
  }
  const best = rows.reduce((most, { score }) => Math.max(most, score), 0);
  const share = sum(answers.map(({ tells }, need) => (together[need] ? tells : 0))) / sum(answers.map(({ tells }) => tells));
  return { entry, rows, texts: (sum(together) + BEST * best) * share, page: sum(answers.map(({ pages }) => pages[number])), share };
}

/**
 * Entries that answer a question, best first: those where one text says most of it, and the page as a whole says all of it.
 * @param {Question} question
 * @returns {Found[]}
 */
function find(question) {
  const answers = needsOf(question).map(answersTo);
  const asked = levelsIn(question);
  const all = entries.flatMap((entry, number) => (answers.some(({ pages }) => pages[number]) ? [measured(entry, number, answers)] : [])).filter(({ rows }) => rows.length);
  if (!all.some(({ share }) => share >= ENOUGH)) return [];
  const most = { texts: Math.max(...all.map(({ texts }) => texts)), page: Math.max(...all.map(({ page }) => page)) };
  const found = all.map(({ entry, rows, texts, page }) => {
    const both = (1 - PAGE) * (texts / most.texts) + PAGE * (page / most.page);
    const own = both * atLevel(entry, asked) * askedOf(rows, question) * (KINDS[entry.kind] ?? 1);
    const name = named(entry, question);
    return { entry, rows, also: [], own, name, score: own * name };
  });
  const best = Math.max(...found.map(({ own }) => own));
  const close = found.filter(({ own, name }) => name > NAMED || own > best * FAR_BEHIND);
  return withLevels(close.sort((one, other) => other.score - one.score));
}

/** One result for a practice: the best of its pages, with the others. @param {Found[]} found @returns {Found[]} */
function withLevels(found) {
  /** @type {Map<string, Found>} */
  const practices = new Map();
  return found.filter((result) => {
    const { practice } = result.entry;
    const first = practice && practices.get(practice);
    if (first) first.also.push(result.entry);
    else if (practice) practices.set(practice, result);
    return !first;
  });
}

/** The best parts of an entry that was found. @param {Found} found @returns {Part[]} */
function partsOf({ entry, rows }) {
  const own = rows.filter(({ document }) => document.part).sort((one, other) => other.score - one.score);
  const parts = own.filter((row) => row.score > own[0].score * 0.5).slice(0, MOST_PARTS).map(({ document }) => /** @type {Part} */ (document.part));
  // What was found by what people ask shows how it begins.
  return parts.length || entry.text ? parts : (entry.parts ?? []).slice(0, 1);
}

/** What people ask that brought an entry up, where its own words say less of it. @param {Found} found */
function phraseOf({ rows }) {
  return bestOf(rows).document.phrase ?? "";
}
