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
 * Why a group is hidden: too few people, or because such a group could be worked out from it and the whole. @typedef {"" | "few" | "beside"} Hidden
 * Leaves one session of each person. @typedef {(sessions: Session[]) => Session[]} Single
 * What a group's ratings of one thing come to; `counts` by level, `apart` is the mean distance from the median, in levels.
 * @typedef {{people: number, counts: number[], median: number, lowest: number, highest: number, apart: number}} Figures
 */

const playbookFigures = (() => {
  const { folded, spaced, order } = playbookNames;
  const { lastKnown } = playbookPersons;

  /** How far apart two days of one round lie at most, in milliseconds. */
  const APART = 14 * 86_400_000;

  /** How people write a day; 3/4/2026 is the fourth of March. */
  const DATES = [
    /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/u,
    /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}|\d{2})$/u,
    /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/u,
    /^(?<named>[a-z]+) (?<day>\d{1,2}),? (?<year>\d{4})$/u,
    /^(?<day>\d{1,2}) (?<named>[a-z]+) (?<year>\d{4})$/u,
  ];
  const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

  /** The day that a text names, if it does, in ISO 8601; of a year in two digits, 69 to 99 are of the last century. @param {string} text */
  function dayIn(text) {
    const said = folded(text);
    const parts = DATES.map((form) => form.exec(said)?.groups).find(Boolean);
    if (!parts) return null;
    const { year, day, named } = parts;
    const month = named ? MONTHS.findIndex((name) => named === name || named === name.slice(0, 3)) + 1 : Number(parts.month);
    const whole = year.length === 4 ? year : `${year >= "69" ? "19" : "20"}${year}`;
    const iso = `${whole}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
    const time = Date.parse(iso);
    // The 31st of February is no day, though some browsers take it for one; nor is one of the year 0 in Python.
    return !Number.isNaN(time) && whole !== "0000" && new Date(time).toISOString().startsWith(iso) ? iso : null;
  }

  /** The day of a session: what its form says, else when it was changed last, as far as that is known. @param {Session} session @param {KnownForm} form */
  function dayOf(session, form) {
    return dayIn(session.answers[`${form.prefix}.date`] ?? "") ?? new Date(lastKnown(session)).toISOString().slice(0, 10);
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

  /** Files that come within two weeks of one another are of one round: the first and the last day of each. @param {string[]} days @returns {[string, string][]} */
  function rounds(days) {
    /** @type {[string, string][]} */
    const found = [];
    for (const day of [...new Set(days)].sort()) {
      const last = found.at(-1);
      if (last && Date.parse(day) - Date.parse(last[1]) <= APART) last[1] = day;
      else found.push([day, day]);
    }
    return found;
  }

  /** A group for each round. @param {Session[]} sessions @param {KnownForm} form @param {Single} one @returns {Group[]} */
  function byRound(sessions, form, one) {
    const dated = sessions.map((session) => ({ session, day: dayOf(session, form) }));
    return rounds(dated.map(({ day }) => day)).map(([first, last]) => ({
      title: first === last ? said(first) : `${said(first)} to ${said(last)}`,
      sessions: one(dated.filter(({ day }) => day >= first && day <= last).map(({ session }) => session)),
    }));
  }

  /** @param {string} day */
  function said(day) {
    return new Date(day).toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
  }

  /** Then and now: up to one day and from another, one of which may be missing. `one` leaves one session of each person. @param {Session[]} sessions @param {KnownForm} form @param {string} until @param {string} from @param {Single} one @returns {Group[]} */
  function byDate(sessions, form, until, from, one) {
    /** @param {(day: string) => boolean} isIn */
    const within = (isIn) => one(sessions.filter((session) => isIn(dayOf(session, form))));
    return [
      { title: until ? `Until ${said(until)}` : from && `Before ${said(from)}`, sessions: within((day) => (until ? day <= until : !from || day < from)) },
      { title: from ? `From ${said(from)}` : until && `After ${said(until)}`, sessions: within((day) => (from ? day >= from : !until || day > until)) },
    ];
  }

  /** Teams by the alphabet, compared as folded and called as most write them, of two ways as common by the first in order; who names none comes last. @param {Session[]} sessions @param {KnownForm} form @param {Single} one @returns {Group[]} */
  function byTeam(sessions, form, one) {
    /** @type {Map<string, Session[]>} */
    const found = new Map();
    /** @param {Session} session */
    const teamOf = (session) => spaced(session.answers[`${form.prefix}.team`] ?? "");
    for (const session of one(sessions)) {
      const key = folded(teamOf(session));
      found.set(key, [...(found.get(key) ?? []), session]);
    }
    const sorted = [...found].sort(([one], [other]) => Number(!one) - Number(!other) || order(one, other));
    return sorted.map(([key, of]) => ({ title: key ? commonest(of.map(teamOf)) : "No team named", sessions: of }));
  }

  /** The most common way to write a name. @param {string[]} written */
  function commonest(written) {
    /** @type {Map<string, number>} */
    const used = new Map();
    for (const name of written) used.set(name, (used.get(name) ?? 0) + 1);
    return [...used].sort(([one, times], [other, others]) => others - times || order(one, other))[0][0];
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

  /**
   * Which groups of a split are hidden, by the number of people in each, and why. With `least` of one none is.
   * Groups of fewer than `least` people are; nobody counts as few. What the whole has and the groups that are shown do not is what the hidden ones
   * have together: while these are fewer than `least` people too, the smallest other group is hidden too, of equal ones the first.
   * @param {number[]} people @param {number} least @returns {Hidden[]}
   */
  function hides(people, least) {
    /** @type {Hidden[]} */
    const found = people.map((number) => (number < least && least > 1 ? "few" : ""));
    const together = () => people.reduce((sum, number, at) => sum + (found[at] ? number : 0), 0);
    while (found.some(Boolean) && !found.every(Boolean) && together() < least) {
      const smallest = Math.min(...people.filter((_, at) => !found[at]));
      found[people.findIndex((number, at) => !found[at] && number === smallest)] = "beside";
    }
    return found;
  }

  /** 1.5 to 'between not yet and starting'. @param {number} position @param {[string, string][]} scale */
  function inWords(position, scale) {
    const [below, above] = [Math.floor(position), Math.ceil(position)].map((level) => scale[level - 1][1].toLowerCase());
    return below === above ? below : `between ${below} and ${above}`;
  }

  return { dayOf, widestGap, rounds, byDate, byRound, byTeam, figures, peopleOf, hides, inWords };
})();
