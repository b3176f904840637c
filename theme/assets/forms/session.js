// @ts-check
// The session that is open on this page: what is typed is stored while it is typed, and only what changed, over what another tab may have written.
// fill.js shows it and says what the buttons do.

const playbookSession = (() => {
  const kept = playbookAnswers;
  const { form, named, answerTo, filled } = playbookFields;
  const FORM = form.dataset.form ?? "";
  const EDITION = form.dataset.edition ?? "";
  const TITLE = document.querySelector("h1")?.textContent?.replace(/\s+/gu, " ").trim() ?? FORM;
  /** What the session's own name is called among the names of what changed; a blank's has a period. */
  const NAME = "name";
  /** How long what is typed waits at most, in milliseconds. */
  const WAIT = 400;

  let session = fresh();
  /** What was changed here and is not stored yet. @type {Set<string>} */
  const dirty = new Set();
  /** What this tab knows and another tab has written over. @type {Set<string>} */
  const lost = new Set();
  /** What this tab wrote last. @type {{text: string | null, names: Set<string>}} */
  let written = { text: null, names: new Set() };
  /** @type {number | undefined} */
  let resting;
  /** What is told of each attempt to store: `error` is why it failed. @type {(error: unknown) => void} */
  let report = () => {};

  function fresh() {
    return kept.fresh(FORM, TITLE, EDITION);
  }

  /** What is filled in now, saved or not. @returns {Session} */
  function current() {
    return filled(session, [...dirty].filter((name) => name !== NAME));
  }

  function stored() {
    return localStorage.getItem(kept.PREFIX + session.id);
  }

  /** What is stored of this session, which another tab may have written; what is known here, where nothing is stored or can be read. */
  function latest() {
    try {
      return kept.load(session.id) ?? session;
    } catch {
      return session;
    }
  }

  // ---- Keeping ----

  /** @param {Session} next @param {Iterable<string>} names what is changed by it */
  function write(next, names) {
    kept.store(next, [...names]);
    session = next;
    written = { text: stored(), names: new Set(names) };
  }

  /** Writes what changed over what is stored. */
  function save() {
    window.clearTimeout(resting);
    resting = undefined;
    if (!dirty.size && !lost.size) return;
    try {
      const before = copied(latest(), session, lost);
      const whole = filled(before, [...dirty].filter((name) => name !== NAME));
      const name = dirty.has(NAME) ? session.name : before.name;
      write({ ...whole, name, changed: new Date().toISOString(), edition: EDITION }, [...dirty, ...lost]);
      for (const done of dirty) if (!isTooLong(done)) dirty.delete(done);
      lost.clear();
      report(null);
    } catch (error) {
      report(error);
    }
    announce();
  }

  /** A change is stored soon, also while the next ones follow without a pause. @param {string} name */
  function changed(name) {
    dirty.add(name);
    resting ??= window.setTimeout(save, WAIT);
  }

  /** Stores a whole session at once. @param {Session} whole */
  function keepAll(whole) {
    const names = new Set([NAME, ...Object.keys(session.answers), ...Object.keys(whole.answers)]);
    dirty.clear();
    try {
      write(whole, names);
      report(null);
    } catch (error) {
      session = whole;
      // What is filled in would be lost with this page, also what was stored before: another tab may have deleted it.
      const answered = Object.keys(whole.answers);
      for (const name of answered.length ? [NAME, ...answered] : []) lost.add(name);
      report(error);
    }
  }

  /** Whether the blank of a name holds more than can be kept: then only its beginning is. @param {string} name */
  function isTooLong(name) {
    return answerTo(name).length > kept.LONGEST;
  }

  /** Tells drawings and summaries what is filled in. */
  function announce() {
    document.dispatchEvent(new CustomEvent("pb-answers", { detail: current() }));
  }

  /** @param {Session} next */
  function open(next) {
    window.clearTimeout(resting);
    resting = undefined;
    session = next;
    dirty.clear();
    lost.clear();
    written = { text: null, names: new Set() };
  }

  // ---- Other tabs ----

  /** One session with some answers of another. @param {Session} into @param {Session} from @param {Iterable<string>} names @returns {Session} */
  function copied(into, from, names) {
    const found = { ...into, answers: { ...into.answers }, wording: { ...into.wording } };
    for (const name of names) {
      if (name === NAME) {
        found.name = from.name;
      } else if (name in from.answers) {
        found.answers[name] = from.answers[name];
        found.wording[name] = from.wording[name] ?? "";
      } else {
        delete found.answers[name];
        delete found.wording[name];
      }
    }
    return found;
  }

  /**
   * Takes over what another tab changed. Two tabs that store in the same instant do not see each other's text: what the later one wrote over, and
   * did not change itself, is stored again.
   * @param {string} text what the other tab has stored
   */
  function takeOver(text) {
    const other = kept.read(text);
    const touched = kept.touchedIn(text) ?? new Set([NAME, ...Object.keys(other.answers), ...Object.keys(session.answers)]);
    const now = stored();
    const mineIsLater = now === written.text;
    const news = [...touched].filter((name) => !dirty.has(name) && !(mineIsLater && written.names.has(name)));
    session = { ...copied(session, other, news), changed: other.changed, edition: other.edition };
    // Anything else was stored later still, and is told next.
    if (now === null || (now !== text && !mineIsLater)) return;
    const there = kept.read(now);
    const all = new Set([...Object.keys(session.answers), ...Object.keys(there.answers)]);
    for (const name of all) if (session.answers[name] !== there.answers[name] && !dirty.has(name)) lost.add(name);
    if (session.name !== there.name && !dirty.has(NAME)) lost.add(NAME);
    // Not at once: the other tab may be about to do the same.
    if (lost.size) resting ??= window.setTimeout(save, 50 + Math.random() * 100);
  }

  /** Takes what is stored for what is known; false where the session is no longer there. */
  function refresh() {
    const found = kept.load(session.id);
    if (found) session = found;
    return Boolean(found);
  }

  return {
    FORM,
    TITLE,
    NAME,
    fresh,
    current,
    changed,
    save,
    keepAll,
    open,
    takeOver,
    refresh,
    announce,
    isTooLong,
    /** What is not stored, and would be lost with this page. */
    unsaved: () => dirty.size + lost.size > 0,
    isDirty: (/** @type {string} */ name) => dirty.has(name),
    /** @param {string} name */
    rename: (name) => {
      session = { ...session, name };
      changed(NAME);
    },
    /** @param {(error: unknown) => void} told */
    onStored: (told) => {
      report = told;
    },
    tooLong: () => [...named.keys()].filter(isTooLong),
    get session() {
      return session;
    },
  };
})();
