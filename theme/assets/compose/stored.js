// @ts-check
// Handouts as readers compose them: the format, what is accepted of it, and which one is at hand. On every page, because items are added on every page.

/**
 * @typedef {{key: string, kind: string, item: string, text: string, room: string, minutes: number, how: string, size: number, note: string}} HandoutEntry
 * @typedef {{format: string, version: number, id: string, created: string, changed: string, edition: string, title: string, team: string, place: string,
 *   date: string, start: string, people: number, entries: HandoutEntry[]}} Composition
 */

const playbookCompositions = (() => {
  const FORMAT = "engagement-playbook-handout";
  const VERSION = 1;
  const PREFIX = "pb.handout.";
  const AT_HAND = "pb.at-hand";
  const MOST_ENTRIES = 200;
  const ID = /^[a-z0-9]{1,32}$/u;
  const ITEM = /^[a-z0-9]+([.-][a-z0-9]+)*$/u;
  const DATE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/u;
  const START = /^(([01][0-9]|2[0-3]):[0-5][0-9])?$/u;
  const KINDS = ["item", "heading", "text", "step"];
  const ROOMS = ["none", "lines", "half", "page"];
  const HOWS = ["alone", "pairs", "groups", "everyone"];
  const WORDS = { id: 32, created: 40, changed: 40, edition: 40, title: 200, team: 200, place: 200, date: 10, start: 5 };
  const ENTRY_WORDS = { key: 32, kind: 10, item: 100, text: 2000, room: 10, how: 10, note: 2000 };
  /** The least and the most of each number. @type {Record<string, [number, number]>} */
  const NUMBERS = { people: [0, 5000], minutes: [0, 600], size: [2, 50] };
  const { edition } = /** @type {DOMStringMap & {edition: string}} */ (/** @type {HTMLElement} */ (document.currentScript).dataset);

  /** @param {string} [id] @returns {Composition} */
  function fresh(id = playbookKept.newId()) {
    const now = new Date().toISOString();
    return { format: FORMAT, version: VERSION, id, created: now, changed: now, edition, title: "", team: "", place: "", date: "", start: "", people: 0, entries: [] };
  }

  /** What is asked gets room and time, to begin with. @param {string} item @returns {HandoutEntry} */
  function entryOf(item) {
    const asked = /^coaching\.|\.q[1-9][0-9]*$/u.test(item);
    return { ...own("item", "", asked ? 10 : 5), item, room: asked ? "lines" : "none", how: asked ? "groups" : "everyone" };
  }

  /** @param {string} kind @param {string} text @param {number} minutes @returns {HandoutEntry} */
  function own(kind, text, minutes) {
    return { key: playbookKept.newId(), kind, item: "", text, room: "none", minutes, how: "everyone", size: 4, note: "" };
  }

  /** @param {Record<string, unknown>} found @param {string} field */
  function number(found, field) {
    const value = found[field];
    const [least, most] = NUMBERS[field];
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) throw new Error(`its “${field}” is not a number from ${least} to ${most}`);
    return value;
  }

  /** @param {string} field @param {string} value @param {string[] | RegExp} allowed */
  function among(field, value, allowed) {
    if (Array.isArray(allowed) ? !allowed.includes(value) : !allowed.test(value)) throw new Error(`its “${field}” is “${value.slice(0, 40)}”, which this page does not know`);
  }

  /** @param {unknown} found @returns {HandoutEntry} */
  function entry(found) {
    if (!playbookKept.isRecord(found)) throw new Error("an entry is not a mapping");
    const words = playbookKept.texts(found, ENTRY_WORDS);
    among("key", words.key, ID);
    among("kind", words.kind, KINDS);
    among("room", words.room, ROOMS);
    among("how", words.how, HOWS);
    if (words.kind === "item" || words.item) among("item", words.item, ITEM);
    return { ...words, minutes: number(found, "minutes"), size: number(found, "size") };
  }

  /** A handout out of what may come from anywhere; what is wrong is thrown, in words for the reader. @param {Record<string, unknown>} found @returns {Composition} */
  function checked(found) {
    const words = playbookKept.texts(found, WORDS);
    among("id", words.id, ID);
    among("date", words.date, DATE);
    among("start", words.start, START);
    if (!Array.isArray(found.entries) || found.entries.length > MOST_ENTRIES) throw new Error(`it has no list of at most ${MOST_ENTRIES} entries`);
    const entries = found.entries.map(entry);
    if (new Set(entries.map(({ key }) => key)).size < entries.length) throw new Error("two of its entries have the same key");
    return { format: FORMAT, version: VERSION, ...words, people: number(found, "people"), entries };
  }

  /** @param {string} text */
  function read(text) {
    return checked(playbookKept.parsed(text, FORMAT, VERSION));
  }

  const shelf = playbookKept.shelf(PREFIX, read);

  /** The one that was worked on last, or a fresh one; where it cannot be read, it is set aside and the reason thrown. */
  function atHand() {
    const id = localStorage.getItem(AT_HAND);
    try {
      return id && ID.test(id) ? (shelf.load(id) ?? fresh(id)) : fresh();
    } catch (error) {
      if (!(error instanceof playbookKept.Newer)) throw error;
      // What a newer page made stays for that page, under its name.
      return fresh();
    }
  }

  /** @param {string} id */
  function hold(id) {
    localStorage.setItem(AT_HAND, id);
  }

  /** Keeps a handout, and has it at hand. @param {Composition} composition */
  function store(composition) {
    shelf.store(composition);
    hold(composition.id);
  }

  /** What a handout is called in lists. @param {Composition} composition */
  function nameOf({ title, created }) {
    return title.trim() || `Handout of ${new Date(created).toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric" })}`;
  }

  return { FORMAT, PREFIX, AT_HAND, MOST_ENTRIES, NUMBERS, ROOMS, HOWS, fresh, entryOf, own, checked, read, load: shelf.load, all: shelf.all, keep: shelf.store, remove: shelf.remove, atHand, hold, store, nameOf };
})();
