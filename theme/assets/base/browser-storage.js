// @ts-check
// How things are kept: in this browser, one text for each, and in files. What is read may come from anywhere: only what is known is taken over.
// Used by answers.js and stored.js; classic scripts, because a browser loads no modules where the site is opened from a folder.

/**
 * What can be kept: it has an id and says when it was changed.
 * @typedef {{id: string, changed: string}} Keepable
 */

const playbookKept = (() => {
  /** What begins so was damaged when it was read. It stays until the reader deletes it, or until it can be read again. */
  const ASIDE = "pb.unreadable.";
  const MOST_BYTES = 2_000_000;
  const TOO_LARGE = "it is larger than 2 MB";

  /** What a newer page wrote: it stays where it is, for that page. */
  class Newer extends Error {}

  /** All kinds of things that are kept: how their names begin, and what reads them. @type {{prefix: string, read: (text: string) => Keepable}[]} */
  const kinds = [];

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
    /** @type {unknown} */
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      throw new Error("it is damaged, or no file of this site");
    }
    if (!isRecord(found) || found.format !== format) throw new Error("it is no file of this site, or of another kind");
    if (typeof found.version !== "number" || found.version < 1) throw new Error("its version is not a number");
    if (found.version > version) throw new Newer(`it was saved by a newer site (version ${found.version} of the format; this page knows ${version})`);
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

  // ---- Files ----

  /** The text of a file as a page gives it to its reader. @param {unknown} value */
  function fileOf(value) {
    return `${JSON.stringify(value, null, 1)}\n`;
  }

  /** The text of a file; one that is too large is not even read. @param {File} file @param {number} [most] in bytes */
  async function textOf(file, most = MOST_BYTES) {
    if (file.size > most) throw new Error(most === MOST_BYTES ? TOO_LARGE : `it is larger than ${most / 1_000_000} MB`);
    return decoded(new Uint8Array(await file.arrayBuffer()));
  }

  /** A text in UTF-8, or in UTF-16 as some editors save it, with a mark in front or without: what we write begins with a sign of one byte. @param {Uint8Array} bytes */
  function decoded(bytes) {
    const [first, second] = bytes;
    const little = (first === 0xff && second === 0xfe) || second === 0;
    const big = (first === 0xfe && second === 0xff) || first === 0;
    try {
      return new TextDecoder(big ? "utf-16be" : little ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new Error("it is damaged, or no file of this site");
    }
  }

  // ---- This browser ----

  /** Why something could not be stored, in words for the reader. @param {unknown} error */
  function whyNot(error) {
    if (!(error instanceof DOMException)) return `It cannot be kept: ${error instanceof Error ? error.message : error}. Make it shorter, or go on in a new one.`;
    return error.name === "QuotaExceededError" ? "The storage of this browser is full." : "This browser keeps nothing for this page.";
  }

  /** @param {string} key @param {string} text */
  function setAside(key, text) {
    const { prefix } = kinds.find((kind) => key.startsWith(kind.prefix)) ?? { prefix: "" };
    let name = ASIDE + key.slice(prefix.length);
    while (![null, text].includes(localStorage.getItem(name))) name += "-again";
    localStorage.setItem(name, text);
  }

  /** What this browser keeps and this page cannot read, with the reason: what is damaged, and what a newer page wrote. */
  function unread() {
    return Object.keys(localStorage).sort().flatMap((key) => {
      const text = localStorage.getItem(key) ?? "";
      const readers = key.startsWith(ASIDE) ? kinds : kinds.filter(({ prefix }) => key.startsWith(prefix));
      const reasons = readers.map(({ read }) => failure(read, text));
      return reasons.length && reasons.every(Boolean) ? [{ key, text, why: reasons.find((reason) => reason instanceof Newer) ?? /** @type {Error} */ (reasons[0]) }] : [];
    });
  }

  /** Why a text cannot be read; null where it can. @param {(text: string) => unknown} read @param {string} text */
  function failure(read, text) {
    try {
      read(text);
      return null;
    } catch (error) {
      return /** @type {Error} */ (error);
    }
  }

  /**
   * The browser's storage for things of one kind; each function may throw where it is full or closed.
   * @template {Keepable} T @param {string} prefix @param {(text: string) => T} read
   */
  function shelf(prefix, read) {
    kinds.push({ prefix, read });

    /** @param {string} id @returns {T | null} */
    function load(id) {
      const text = localStorage.getItem(prefix + id);
      if (text === null) return null;
      try {
        return read(text);
      } catch (error) {
        if (!(error instanceof Newer)) {
          setAside(prefix + id, text);
          localStorage.removeItem(prefix + id);
        }
        throw error;
      }
    }

    /** Throws where a thing could not be read again, from here or from a file. @param {T} one */
    function check(one) {
      const file = fileOf(one);
      if (new Blob([file]).size > MOST_BYTES) throw new Error(TOO_LARGE);
      read(file);
    }

    /**
     * Keeps a thing, but nothing that could not be read again; `more` is kept with it, and in no file. What a newer page wrote in its place is set aside.
     * @param {T} one @param {Record<string, unknown>} [more]
     */
    function store(one, more = {}) {
      check(one);
      const before = localStorage.getItem(prefix + one.id);
      if (before !== null && failure(read, before)) setAside(prefix + one.id, before);
      localStorage.setItem(prefix + one.id, JSON.stringify({ ...one, ...more }));
    }

    /** What was set aside and can be read by now is as any other again. */
    function bringBack() {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(ASIDE))) {
        const text = localStorage.getItem(key) ?? "";
        if (failure(read, text)) continue;
        const one = read(text);
        const place = localStorage.getItem(prefix + one.id) === null ? one : { ...one, id: newId() };
        // One after the other: there may be no room for both.
        localStorage.removeItem(key);
        try {
          localStorage.setItem(prefix + place.id, JSON.stringify(place));
        } catch (error) {
          localStorage.setItem(key, text);
          throw error;
        }
      }
    }

    /** All that can be read, the last changed first; and how many cannot. */
    function all() {
      bringBack();
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

    return { check, load, all, store, remove: (/** @type {string} */ id) => localStorage.removeItem(prefix + id) };
  }

  return { ASIDE, Newer, newId, isRecord, parsed, texts, fileOf, textOf, whyNot, unread, shelf };
})();
