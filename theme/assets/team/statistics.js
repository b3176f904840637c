// @ts-check
// What the answers of many people add up to; no page, no storage. A rating's position is its place on the scale, 1 for the lowest.
// 'playbook collect' goes by the same rules: site_tests/collecting/team_cases.json holds both to them.

/**
 * One blank as blanks.js knows it, and one form.
 * @typedef {{name: string, wording: string, choices?: [string, string][], rates?: boolean}} KnownBlank
 * @typedef {{title: string, page: string, prefix: string, blanks: KnownBlank[]}} KnownForm
 */

/**
 * People to be looked at together. @typedef {{title: string, sessions: Session[]}} Group
 * What a group's ratings of one thing come to; `counts` by level, `apart` is the mean distance from the median, in levels.
 * @typedef {{people: number, counts: number[], median: number, lowest: number, highest: number, apart: number}} Figures
 */

const playbookFigures = (() => {
  /** The day of a session: what its form says, else when it was changed last. @param {Session} session @param {KnownForm} form */
  function dayOf(session, form) {
    const said = (session.answers[`${form.prefix}.date`] ?? "").trim();
    const day = /^\d{4}-\d{2}-\d{2}$/u.test(said) ? Date.parse(said) : NaN;
    // The 31st of February is no day, though some browsers take it for one.
    const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(said);
    return isDay ? said : new Date(session.changed).toISOString().slice(0, 10);
  }

  /** Of several saves of one session the last one counts; of two of the same time the one that was added last. @param {Session[]} sessions @returns {Session[]} */
  function latest(sessions) {
    /** @type {Map<string, Session>} */
    const found = new Map();
    for (const session of sessions) {
      const other = found.get(session.id);
      if (!other || Date.parse(other.changed) <= Date.parse(session.changed)) found.set(session.id, session);
    }
    return [...found.values()];
  }

  /** Where days lie farthest apart: the last day before the gap and the first after it. @param {string[]} days @returns {[string, string] | null} */
  function widestGap(days) {
    const sorted = [...new Set(days)].sort();
    /** @type {[string, string] | null} */
    let found = null;
    let widest = 0;
    for (let at = 1; at < sorted.length; at += 1) {
      const gap = Date.parse(sorted[at]) - Date.parse(sorted[at - 1]);
      if (gap > widest) [widest, found] = [gap, [sorted[at - 1], sorted[at]]];
    }
    return found;
  }

  /** @param {Session[]} sessions @param {KnownForm} form @param {string} until @param {string} from @returns {Group[]} */
  function byDate(sessions, form, until, from) {
    /** @param {string} day */
    const said = (day) => (day ? new Date(day).toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" }) : "…");
    return [
      { title: `Until ${said(until)}`, sessions: latest(sessions.filter((session) => dayOf(session, form) <= until)) },
      { title: `From ${said(from)}`, sessions: latest(sessions.filter((session) => dayOf(session, form) >= from)) },
    ];
  }

  /** Teams by name, however it is written, called as most write it; who names none comes last. @param {Session[]} sessions @param {KnownForm} form @returns {Group[]} */
  function byTeam(sessions, form) {
    /** @type {Map<string, Group>} */
    const found = new Map();
    /** How often each way to write a team's name is used. @type {Map<string, number>} */
    const used = new Map();
    for (const session of latest(sessions)) {
      const title = (session.answers[`${form.prefix}.team`] ?? "").trim().replace(/\s+/gu, " ");
      used.set(title, (used.get(title) ?? 0) + 1);
      const group = found.get(title.toLowerCase()) ?? { title: title || "No team named", sessions: [] };
      if (title && (used.get(title) ?? 0) > (used.get(group.title) ?? 0)) group.title = title;
      group.sessions.push(session);
      found.set(title.toLowerCase(), group);
    }
    return [...found].sort(([one], [other]) => Number(!one) - Number(!other) || one.localeCompare(other)).map(([, group]) => group);
  }

  /** @param {number[]} sorted */
  function medianOf(sorted) {
    const middle = sorted.length / 2;
    return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What ratings come to; null where there is none. @param {string[]} answers @param {[string, string][]} scale @returns {Figures | null} */
  function figures(answers, scale) {
    const positions = answers.map((answer) => scale.findIndex(([value]) => value === answer) + 1).filter(Boolean).sort((one, other) => one - other);
    if (!positions.length) return null;
    const median = medianOf(positions);
    const apart = positions.reduce((sum, position) => sum + Math.abs(position - median), 0) / positions.length;
    const counts = scale.map((_, level) => positions.filter((position) => position === level + 1).length);
    return { people: positions.length, counts, median, lowest: positions[0], highest: positions[positions.length - 1], apart };
  }

  /** How many people answered a blank: where there are choices, those who chose one of them; of a box, those who checked it. @param {string[]} answers @param {[string, string][]} [choices] */
  function peopleOf(answers, choices) {
    return choices ? answers.filter((answer) => choices.some(([value]) => value === answer)).length : answers.length;
  }

  /** Whether so many people are too few to be shown; that nobody answered is shown only where one person would be. @param {number} people @param {number} least */
  function hides(people, least) {
    return least > 1 && people < least;
  }

  /** 1.5 to 'between not yet and starting'. @param {number} position @param {[string, string][]} scale */
  function inWords(position, scale) {
    const [below, above] = [Math.floor(position), Math.ceil(position)].map((level) => scale[level - 1][1].toLowerCase());
    return below === above ? below : `between ${below} and ${above}`;
  }

  return { dayOf, latest, widestGap, byDate, byTeam, figures, peopleOf, hides, inWords };
})();
