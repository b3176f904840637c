// @ts-check
// How things are kept: in this browser, one text for each, and in files. What is read may come from anywhere: only what is known is taken over.
// Used by answers.js and stored.js; classic scripts, because a browser loads no modules where the site is opened from a folder.

/**
 * What can be kept: it has an id and says when it was changed.
 * @typedef {{id: string, changed: string}} Keepable
 */

const playbookKept = (() => {
  /** What begins so is not read again, but may still be saved by hand. */
  const ASIDE = "pb.unreadable.";
  const MOST_BYTES = 2_000_000;
  const TOO_LARGE = "it is larger than 2 MB";

  /** At random; crypto.randomUUID is closed to sites without https. */
  function newId() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** What a text of a format and its versions up to `version` holds; what is wrong is thrown, in words for the reader. @param {string} text @param {string} format @param {number} version */
  function parsed(text, format, version) {
    if (text.length > MOST_BYTES) throw new Error(TOO_LARGE);
    /** @type {unknown} */
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      throw new Error("it is damaged, or no file of this site");
    }
    if (!isRecord(found) || found.format !== format) throw new Error("it is no file of this site, or of another kind");
    if (typeof found.version !== "number" || found.version < 1) throw new Error("its version is not a number");
    if (found.version > version) throw new Error(`it was saved by a newer site (version ${found.version} of the format; this page knows ${version})`);
    return found;
  }

  /** The texts of some fields, none longer than it may be. @template {string} F @param {Record<string, unknown>} found @param {Record<F, number>} most @returns {Record<F, string>} */
  function texts(found, most) {
    for (const [field, longest] of Object.entries(most)) {
      const value = found[field];
      if (typeof value !== "string" || value.length > /** @type {number} */ (longest)) throw new Error(`its “${field}” is missing or too long`);
    }
    return /** @type {Record<F, string>} */ (Object.fromEntries(Object.keys(most).map((field) => [field, found[field]])));
  }

  /** The text of a file; one that is too large is not even read. @param {File} file */
  async function textOf(file) {
    if (file.size > MOST_BYTES) throw new Error(TOO_LARGE);
    return file.text();
  }

  /**
   * The browser's storage for things of one kind; each function may throw where it is full or closed.
   * @template {Keepable} T @param {string} prefix @param {(text: string) => T} read
   */
  function shelf(prefix, read) {
    /** @param {string} id @returns {T | null} */
    function load(id) {
      const text = localStorage.getItem(prefix + id);
      if (text === null) return null;
      try {
        return read(text);
      } catch (error) {
        localStorage.setItem(ASIDE + id, text);
        localStorage.removeItem(prefix + id);
        throw error;
      }
    }

    /** All that can be read, the last changed first; and how many cannot. */
    function all() {
      /** @type {T[]} */
      const found = [];
      let unreadable = 0;
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
        try {
          const one = load(key.slice(prefix.length));
          if (one) found.push(one);
        } catch {
          unreadable += 1;
        }
      }
      return { found: found.sort((one, other) => other.changed.localeCompare(one.changed)), unreadable };
    }

    return {
      load,
      all,
      store: (/** @type {T} */ one) => localStorage.setItem(prefix + one.id, JSON.stringify(one)),
      remove: (/** @type {string} */ id) => localStorage.removeItem(prefix + id),
    };
  }

  return { ASIDE, newId, isRecord, parsed, texts, textOf, shelf };
})();
