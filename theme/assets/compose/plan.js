// @ts-check
// What a session adds up to: when each part begins and ends, how long all of it takes, how many groups there are.

const playbookPlan = (() => {
  const DAY = 24 * 60;

  /** 95 to '1 h 35 min'. @param {number} minutes */
  function span(minutes) {
    const hours = Math.floor(minutes / 60);
    return [hours ? `${hours} h` : "", minutes % 60 || !hours ? `${minutes % 60} min` : ""].filter(Boolean).join(" ");
  }

  /** Minutes since the first midnight as a time: ['1:10', 'PM']. @param {number} minutes */
  function clock(minutes) {
    const hour = Math.floor(minutes / 60) % 24;
    return [`${hour % 12 || 12}:${String(minutes % 60).padStart(2, "0")}`, hour < 12 ? "AM" : "PM"];
  }

  /** Which day a time falls on, where it is not the first. @param {number} minutes */
  function day(minutes) {
    const days = Math.floor(minutes / DAY);
    return days ? (days === 1 ? " the next day" : ` on day ${days + 1}`) : "";
  }

  /** A moment in words; without a start it is counted from the beginning. @param {string} start @param {number} elapsed */
  function moment(start, elapsed) {
    if (!start) return `${elapsed} min`;
    const minutes = begin(start) + elapsed;
    return clock(minutes).join(" ") + day(minutes);
  }

  /** @param {string} start */
  function begin(start) {
    const [hours, minutes] = start.split(":").map(Number);
    return hours * 60 + minutes;
  }

  /** '10:00–10:10 AM', '11:50 AM–12:10 PM', '11:50 PM–12:10 AM the next day'; without a start '0–10 min'. @param {string} start @param {number} from @param {number} to */
  function range(start, from, to) {
    if (from === to) return moment(start, from);
    if (!start) return `${from}–${to} min`;
    const [[first, half], [, other]] = [clock(begin(start) + from), clock(begin(start) + to)];
    return `${first}${half === other && to - from < DAY / 2 ? "" : ` ${half}`}–${moment(start, to)}`;
  }

  /** When each entry is on, in words ('' for a heading), and what all of it takes. @param {Composition} composition */
  function times({ start, entries }) {
    let elapsed = 0;
    const when = entries.map(({ kind, minutes }) => {
      if (kind === "heading") return "";
      const from = elapsed;
      elapsed += minutes;
      return range(start, from, elapsed);
    });
    return { when, total: elapsed, whole: start ? range(start, 0, elapsed) : "" };
  }

  /** The sizes of groups as even as can be: 26 people in fours to [4, 4, 4, 4, 4, 3, 3]. @param {number} people @param {number} groups */
  function sizes(people, groups) {
    return Array.from({ length: groups }, (_, at) => Math.floor(people / groups) + Number(at < people % groups));
  }

  /** How people work on an entry, in words: 'small groups of 4: 6 groups'. @param {HandoutEntry} entry @param {number} people */
  function working({ how, size }, people) {
    if (how === "alone") return "alone";
    if (how === "everyone") return "all together";
    const words = how === "pairs" ? "in pairs" : `in small groups of ${size}`;
    if (people < 2) return words;
    const found = sizes(people, Math.max(1, how === "pairs" ? Math.floor(people / 2) : Math.round(people / size)));
    const [most, least] = [found[0], /** @type {number} */ (found.at(-1))];
    const number = found.length === 1 ? `1 group of ${most}` : `${found.length} ${how === "pairs" ? "pairs" : "groups"}`;
    if (most === least) return `${words}: ${number}${how === "groups" && most !== size && found.length > 1 ? ` of ${most}` : ""}`;
    return `${words}: ${number}, ${found.filter((one) => one === most).length} of ${most} and ${found.filter((one) => one === least).length} of ${least}`;
  }

  return { span, times, working };
})();
