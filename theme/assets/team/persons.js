// @ts-check
// Who is one person, and which of a person's saves counts; no page, no storage.

/** Who signed a session, and for which team; the name is empty where nobody did. @typedef {(session: Session) => {name: string, team: string}} Signed */

const playbookPersons = (() => {
  const { folded, spaced, order } = playbookNames;
  const DAY = 86_400_000;

  /** When a session was changed, in milliseconds; a time without a zone is in UTC. @param {string} time */
  function moment(time) {
    return Date.parse(/T[^Z+-]*$/iu.test(time) ? `${time}Z` : time);
  }

  /** Whether the clock was wrong when a session was changed: it says a day to come, or one before the session was begun. @param {Session} session */
  function isDoubtful({ created, changed }) {
    const [begun, last, today] = [moment(created), moment(changed), Date.now() + DAY];
    return last > today || (begun <= today && last < begun - DAY);
  }

  /** The last moment of a session that is known: when it was changed, else when it was begun. @param {Session} session */
  function lastKnown(session) {
    const begun = moment(session.created);
    return isDoubtful(session) && begun <= Date.now() + DAY ? begun : moment(session.changed);
  }

  /** Whether one save of a session is not older than another; a wrong clock does not win. @param {Session} one @param {Session} other */
  function isLater(one, other) {
    return isDoubtful(one) === isDoubtful(other) ? moment(one.changed) >= moment(other.changed) : isDoubtful(other);
  }

  /** The session that others were opened as copies of. @param {Session} session */
  function rootOf({ id, origin }) {
    return origin || id;
  }

  /** What sessions of one person have in common: the name, the team and the form; where nobody signed, the session they were copied from. @param {Session} session @param {Signed} signed */
  function keyOf(session, signed) {
    const { name, team } = signed(session);
    return folded(name) ? `${session.form} ${folded(name)} | ${folded(team)}` : `${session.form} ${rootOf(session)}`;
  }

  /** Of the sessions with the same key the last. @param {Session[]} sessions @param {(session: Session) => string} key @returns {Session[]} */
  function lastOf(sessions, key) {
    /** @type {Map<string, Session>} */
    const found = new Map();
    for (const session of sessions) {
      const other = found.get(key(session));
      if (!other || isLater(session, other)) found.set(key(session), session);
    }
    return [...found.values()];
  }

  /** One session of each person, the last: of several saves of one session, then of several sessions. @param {Session[]} sessions @param {Signed} signed @param {Set<string>} apart keys under which there are several people @returns {Session[]} */
  function latest(sessions, signed, apart) {
    const saves = lastOf(sessions, ({ form, id }) => `${form} ${id}`);
    return lastOf(saves, (session) => {
      const key = keyOf(session, signed);
      if (!apart.has(key)) return key;
      return `${key} | ${folded(signed(session).name) ? rootOf(session) : session.id}`;
    });
  }

  /**
   * Sessions that are taken for one person's, though nothing proves it: signed alike but begun apart, or copies of one session that nobody signed.
   * @param {Session[]} sessions @param {Signed} signed @returns {{key: string, sessions: Session[]}[]}
   */
  function alike(sessions, signed) {
    /** @type {Map<string, Session[]>} */
    const found = new Map();
    for (const session of lastOf(sessions, ({ form, id }) => `${form} ${id}`)) {
      const key = keyOf(session, signed);
      found.set(key, [...(found.get(key) ?? []), session]);
    }
    return [...found].map(([key, of]) => ({ key, sessions: of })).filter(({ sessions: of }) => of.length > 1 && (!folded(signed(of[0]).name) || new Set(of.map(rootOf)).size > 1));
  }

  /** The names that saves of one session are signed with, where they are several: perhaps somebody typed over another's answers. @param {Session[]} sessions @param {Signed} signed @returns {string[][]} */
  function twoPeople(sessions, signed) {
    /** @type {Map<string, Map<string, string>>} */
    const names = new Map();
    for (const session of sessions) {
      const [key, name] = [`${session.form} ${session.id}`, spaced(signed(session).name)];
      const found = names.get(key) ?? new Map();
      if (name && !found.has(folded(name))) found.set(folded(name), name);
      names.set(key, found);
    }
    return [...names.values()].filter(({ size }) => size > 1).map((found) => [...found.values()].sort(order));
  }

  return { isDoubtful, lastKnown, latest, alike, twoPeople };
})();
