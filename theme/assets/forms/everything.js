// @ts-check
// All sessions and composed handouts in one file, and back: what is newer wins, and where both sides changed, both are kept.

const playbookEverything = (() => {
  const kept = playbookAnswers;
  const handouts = playbookCompositions;
  const FORMAT = "engagement-playbook-everything";
  const VERSION = 1;
  const MOST_BYTES = 20_000_000;

  /**
   * How things of one kind are read, kept, compared and copied.
   * @typedef {{id: string, created: string, changed: string}} Thing
   * @typedef {{read: (text: string) => Thing, load: (id: string) => Thing | null, store: (one: any) => void, content: (one: any) => unknown, count: (one: any) => number, copy: (one: any) => Thing, name: (one: any) => string}} Kind
   */

  /** @type {Kind} */
  const SESSION = {
    read: kept.read,
    load: kept.load,
    store: (one) => kept.store(one),
    content: ({ answers, name }) => [Object.entries(answers).sort(), name],
    count: ({ answers }) => Object.keys(answers).length,
    copy: (one) => ({ ...kept.copyOf(one), name: marked(one.name) }),
    name: ({ name }) => name,
  };
  /** @type {Kind} */
  const HANDOUT = {
    read: handouts.read,
    load: handouts.load,
    store: handouts.keep,
    content: (one) => ({ ...one, changed: "", edition: "" }),
    count: ({ entries }) => entries.length,
    copy: (one) => ({ ...one, id: playbookKept.newId(), title: marked(handouts.nameOf(one)) }),
    name: handouts.nameOf,
  };

  /** @param {string} name */
  function marked(name) {
    return `${name.slice(0, 180)} (from the file)`;
  }

  /** All that can be read here, as one file holds it. */
  function gathered() {
    return { format: FORMAT, version: VERSION, saved: new Date().toISOString(), sessions: kept.all().sessions, handouts: handouts.all().found };
  }

  /** Gives everything as one file. */
  function save() {
    const whole = gathered();
    playbookFiles.json(`everything-${whole.saved.slice(0, 10)}.json`, whole);
    for (const one of whole.sessions) playbookKeeping.remember(one, SESSION.count(one));
    for (const one of whole.handouts) playbookKeeping.remember(one, HANDOUT.count(one));
  }

  /** What a file holds: everything, one session or one handout. @param {File} file @returns {Promise<[Kind, unknown][]>} */
  async function contents(file) {
    const text = await playbookKept.textOf(file, MOST_BYTES);
    const format = /"format":\s*"([^"]*)"/u.exec(text)?.[1];
    if (format !== FORMAT) {
      const kind = format === handouts.FORMAT ? HANDOUT : SESSION;
      return [[kind, kind.read(text)]];
    }
    const found = playbookKept.parsed(text, FORMAT, VERSION);
    const [sessions, own] = [found.sessions ?? [], found.handouts ?? []];
    if (!Array.isArray(sessions) || !Array.isArray(own)) throw new Error("it has no lists of sessions and handouts");
    return [...sessions.map((one) => /** @type {[Kind, unknown]} */ ([SESSION, one])), ...own.map((one) => /** @type {[Kind, unknown]} */ ([HANDOUT, one]))];
  }

  /** What becomes of one thing of a file. @param {Kind} kind @param {Thing} one @returns {"added" | "the same" | "older" | "newer" | "both"} */
  function merge(kind, one) {
    const here = loaded(kind, one.id);
    const base = playbookKeeping.filed(one.id)?.changed;
    const isSame = here && JSON.stringify(kind.content(here)) === JSON.stringify(kind.content(one));
    const isOld = base !== undefined && one.changed <= base;
    if (here && (isSame || isOld)) return isSame ? "the same" : "older";
    const both = here && here.changed !== base;
    kind.store(both ? kind.copy(one) : one);
    playbookKeeping.remember(one, kind.count(one));
    return both ? "both" : here ? "newer" : "added";
  }

  /** @param {Kind} kind @param {string} id */
  function loaded(kind, id) {
    try {
      return kind.load(id);
    } catch (error) {
      if (error instanceof DOMException) throw error;
      // What cannot be read is set aside.
      return null;
    }
  }

  /** Opens a file and says what became of what it holds. @param {File} file */
  async function open(file) {
    /** @type {Map<string, string[]>} */
    const became = new Map();
    const problems = [];
    for (const [kind, raw] of await contents(file)) {
      try {
        const one = kind.read(JSON.stringify(raw));
        const what = merge(kind, one);
        became.set(what, [...(became.get(what) ?? []), `“${kind.name(one)}”`]);
      } catch (error) {
        problems.push(`not opened: ${error instanceof Error ? error.message : error}`);
      }
    }
    const TOLD = { "added": "added", "newer": "newer in the file, and taken from there", "both": "changed here and in the file, so both are kept", "older": "older in the file, and left as it is here", "the same": "the same" };
    const said = Object.entries(TOLD).flatMap(([what, words]) => (became.has(what) ? [`${became.get(what)?.length} ${words}${what === "the same" ? "" : ` (${became.get(what)?.join(", ")})`}`] : []));
    return { said: said.join("; ") || "nothing is in it", problems };
  }

  return { save, open };
})();
