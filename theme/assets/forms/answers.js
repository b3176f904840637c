// @ts-check
// Answers as they are kept and as files hold them: the format, and what is accepted of a file. Used by fill.js and others; browser-storage.js keeps them.

/**
 * One session of one form. `answers` are texts by the names of the blanks (a ticked box is "on"), `wording` is what stood beside them;
 * `origin` is the session of which this one was opened as a copy, elsewhere or here, or nothing.
 * @typedef {{format: string, version: number, id: string, origin: string, form: string, title: string, name: string, created: string,
 *   changed: string, edition: string, answers: Record<string, string>, wording: Record<string, string>}} Session
 */

/** What the rest of the site's scripts use of this one. */
const playbookAnswers = (() => {
  const FORMAT = "engagement-playbook-answers";
  const VERSION = 1;
  const PREFIX = "pb.answers.";
  const LAST = "pb.last.";
  const MOST_ANSWERS = 3000;
  const LONGEST = 100_000;
  const NAME = /^[a-z0-9]+([.-][a-z0-9]+)*$/u;
  const WORDS = { id: 60, origin: 60, form: 90, title: 300, name: 200, created: 40, changed: 40, edition: 40 };
  /** A blank's name has a period, so it is none of the names that every object has. */
  const BLANK = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/u;
  const { newId, isRecord } = playbookKept;

  /** @param {string} form @param {string} title @param {string} edition @returns {Session} */
  function fresh(form, title, edition) {
    const now = new Date();
    const name = `Session of ${now.toLocaleString("en", { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" })}`;
    return { format: FORMAT, version: VERSION, id: newId(), origin: "", form, title, name, created: now.toISOString(), changed: now.toISOString(), edition, answers: {}, wording: {} };
  }

  /** The texts of a mapping by name; what is wrong with it is thrown. @param {unknown} value @param {string} what @returns {Record<string, string>} */
  function texts(value, what) {
    if (!isRecord(value)) throw new Error(`“${what}” is not a mapping`);
    const entries = Object.entries(value);
    if (entries.length > MOST_ANSWERS) throw new Error(`“${what}” has more than ${MOST_ANSWERS} entries`);
    for (const [name, text] of entries) {
      if (!BLANK.test(name) || name.length > 200) throw new Error(`“${name.slice(0, 60)}” is not the name of a blank`);
      if (typeof text !== "string" || text.length > LONGEST) throw new Error(`the text of “${name}” is not a text of at most ${LONGEST} letters`);
    }
    return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
  }

  /**
   * A session out of a text that may come from anywhere; where its time is no time, when it was begun stands in. What is wrong is thrown, in words
   * for the reader.
   * @param {string} text
   * @returns {Session}
   */
  function read(text) {
    const found = playbookKept.parsed(text, FORMAT, VERSION);
    const words = playbookKept.texts({ origin: "", ...found }, WORDS);
    if (!NAME.test(words.form)) throw new Error("it names no form");
    const changed = [words.changed, words.created, new Date(0).toISOString()].find((time) => !Number.isNaN(Date.parse(time))) ?? "";
    return { format: FORMAT, version: VERSION, ...words, changed, answers: texts(found.answers, "answers"), wording: texts(found.wording ?? {}, "wording") };
  }

  /** A session out of a file. @param {File} file */
  async function readFile(file) {
    return read(await playbookKept.textOf(file));
  }

  const shelf = playbookKept.shelf(PREFIX, read);

  /** Keeps a session, and for other tabs what this one changed of it: the names of blanks, and “name” for its own; all of it, where nothing is said. @param {Session} session @param {string[]} [touched] */
  function store(session, touched) {
    shelf.store(session, touched && { touched });
  }

  /** What a tab changed of a session when it stored this text; null where it does not say. @param {string} text @returns {Set<string> | null} */
  function touchedIn(text) {
    const { touched } = JSON.parse(text);
    return Array.isArray(touched) ? new Set(touched) : null;
  }

  /** A session under an id of its own, which still says where it came from. @param {Session} session @returns {Session} */
  function copyOf(session) {
    return { ...session, id: newId(), origin: session.origin || session.id };
  }

  /** All sessions that can be read, the last changed first; and how many cannot. */
  function all() {
    const { found, unreadable } = shelf.all();
    return { sessions: found, unreadable };
  }

  /** Has a session opened when its form is opened next in this tab. @param {string} form @param {string} id */
  function hold(form, id) {
    sessionStorage.setItem(LAST + form, id);
  }

  /** The session of a form that was worked on last in this tab. @param {string} form */
  function held(form) {
    return sessionStorage.getItem(LAST + form);
  }

  return { PREFIX, LONGEST, fresh, copyOf, read, readFile, hold, held, check: shelf.check, load: shelf.load, store, touchedIn, remove: shelf.remove, all };
})();
