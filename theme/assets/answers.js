// @ts-check
// Answers as they are kept and as files hold them: the format, what is accepted of a file, and the browser's storage. Used by fill.js and others;
// a classic script, because a browser loads no modules where the site is opened from a folder.

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
  const ASIDE = "pb.unreadable.";
  const MOST_BYTES = 2_000_000;
  const TOO_LARGE = "it is larger than 2 MB";
  const MOST_ANSWERS = 3000;
  const LONGEST = 20_000;
  const NAME = /^[a-z0-9]+([.-][a-z0-9]+)*$/u;
  const WORDS = { id: 60, form: 90, title: 300, name: 200, created: 40, changed: 40, edition: 40 };

  /** At random; crypto.randomUUID is closed to sites without https. */
  function newId() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** @param {string} form @param {string} title @param {string} edition @returns {Session} */
  function fresh(form, title, edition) {
    const now = new Date();
    const name = `Session of ${now.toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric" })}`;
    return { format: FORMAT, version: VERSION, id: newId(), form, title, name, created: now.toISOString(), changed: now.toISOString(), edition, answers: {}, wording: {} };
  }

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** The texts of a mapping by name; what is wrong with it is thrown. @param {unknown} value @param {string} what @returns {Record<string, string>} */
  function texts(value, what) {
    if (!isRecord(value)) throw new Error(`“${what}” is not a mapping`);
    const entries = Object.entries(value);
    if (entries.length > MOST_ANSWERS) throw new Error(`“${what}” has more than ${MOST_ANSWERS} entries`);
    for (const [name, text] of entries) {
      if (!NAME.test(name) || name.length > 200) throw new Error(`“${name.slice(0, 60)}” is not the name of a blank`);
      if (typeof text !== "string" || text.length > LONGEST) throw new Error(`the text of “${name}” is not a text of at most ${LONGEST} letters`);
    }
    return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
  }

  /**
   * A session out of a text that may come from anywhere: only what the format knows is taken over. What is wrong is thrown, in words for the reader.
   * @param {string} text
   * @returns {Session}
   */
  function read(text) {
    if (text.length > MOST_BYTES) throw new Error(TOO_LARGE);
    /** @type {unknown} */
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      throw new Error("it is damaged, or no file of this site");
    }
    if (!isRecord(found) || found.format !== FORMAT) throw new Error("it is no file of this site");
    if (typeof found.version !== "number" || found.version < 1) throw new Error("its version is not a number");
    if (found.version > VERSION) throw new Error(`it was saved by a newer site (version ${found.version} of the format; this page knows ${VERSION})`);
    /** @type {Record<string, string>} */
    const words = {};
    for (const [field, most] of Object.entries(WORDS)) {
      const value = found[field];
      if (typeof value !== "string" || value.length > most) throw new Error(`its “${field}” is missing or too long`);
      words[field] = value;
    }
    if (!NAME.test(words.form)) throw new Error("it names no form");
    const { id, form, title, name, created, changed, edition } = words;
    return { format: FORMAT, version: VERSION, id, form, title, name, created, changed, edition, answers: texts(found.answers, "answers"), wording: texts(found.wording ?? {}, "wording") };
  }

  /** A session out of a file; a file that is too large is not even read. @param {File} file */
  async function readFile(file) {
    if (file.size > MOST_BYTES) throw new Error(TOO_LARGE);
    return read(await file.text());
  }

  // ---- The browser's storage; each of these may throw where it is full or closed ----

  /** @param {string} id @returns {Session | null} */
  function load(id) {
    const text = localStorage.getItem(PREFIX + id);
    if (text === null) return null;
    try {
      return read(text);
    } catch (error) {
      // Kept aside: it may still be saved by hand.
      localStorage.setItem(ASIDE + id, text);
      localStorage.removeItem(PREFIX + id);
      throw error;
    }
  }

  /** @param {Session} session */
  function store(session) {
    localStorage.setItem(PREFIX + session.id, JSON.stringify(session));
  }

  /** @param {string} id */
  function remove(id) {
    localStorage.removeItem(PREFIX + id);
  }

  /** All sessions that can be read, the last changed first; and how many cannot. */
  function all() {
    /** @type {Session[]} */
    const sessions = [];
    let unreadable = 0;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of keys) {
      try {
        const session = load(key.slice(PREFIX.length));
        if (session) sessions.push(session);
      } catch {
        unreadable += 1;
      }
    }
    return { sessions: sessions.sort((one, other) => other.changed.localeCompare(one.changed)), unreadable };
  }

  return { PREFIX, newId, fresh, read, readFile, load, store, remove, all };
})();
