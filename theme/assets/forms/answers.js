// @ts-check
// Answers as they are kept and as files hold them: the format, and what is accepted of a file. Used by fill.js and others; browser-storage.js keeps them.

/**
 * One session of one form. `answers` are texts by the names of the blanks (a ticked box is "on"), `wording` is what stood beside them.
 * @typedef {{format: string, version: number, id: string, form: string, title: string, name: string, created: string, changed: string,
 *   edition: string, answers: Record<string, string>, wording: Record<string, string>}} Session
 */

/** What the rest of the site's scripts use of this one. */
const playbookAnswers = (() => {
  const FORMAT = "engagement-playbook-answers";
  const VERSION = 1;
  const PREFIX = "pb.answers.";
  const LAST = "pb.last.";
  const MOST_ANSWERS = 3000;
  const LONGEST = 20_000;
  const NAME = /^[a-z0-9]+([.-][a-z0-9]+)*$/u;
  const WORDS = { id: 60, form: 90, title: 300, name: 200, created: 40, changed: 40, edition: 40 };
  /** A blank's name has a period, so it is none of the names that every object has. */
  const BLANK = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/u;
  const { newId, isRecord } = playbookKept;

  /** @param {string} form @param {string} title @param {string} edition @returns {Session} */
  function fresh(form, title, edition) {
    const now = new Date();
    const name = `Session of ${now.toLocaleString("en", { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" })}`;
    return { format: FORMAT, version: VERSION, id: newId(), form, title, name, created: now.toISOString(), changed: now.toISOString(), edition, answers: {}, wording: {} };
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
   * A session out of a text that may come from anywhere. What is wrong is thrown, in words for the reader.
   * @param {string} text
   * @returns {Session}
   */
  function read(text) {
    const found = playbookKept.parsed(text, FORMAT, VERSION);
    const words = playbookKept.texts(found, WORDS);
    if (!NAME.test(words.form)) throw new Error("it names no form");
    if (Number.isNaN(Date.parse(words.changed))) throw new Error("its “changed” is no date");
    return { format: FORMAT, version: VERSION, ...words, answers: texts(found.answers, "answers"), wording: texts(found.wording ?? {}, "wording") };
  }

  /** A session out of a file. @param {File} file */
  async function readFile(file) {
    return read(await playbookKept.textOf(file));
  }

  const shelf = playbookKept.shelf(PREFIX, read);

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

  return { PREFIX, newId, fresh, read, readFile, hold, held, load: shelf.load, store: shelf.store, remove: shelf.remove, all };
})();
