// @ts-check
// A composed handout as the part of an address after '#', which browsers send to no server: short names and values in the order of the handout,
// and a check at the end that tells an address that was cut or changed on its way.

const playbookAddress = (() => {
  const VERSION = "1";
  const LONGEST = 60_000;
  /** What describes the whole. @type {Record<string, "edition" | "title" | "team" | "place" | "date" | "start">} */
  const WHOLE = { d: "edition", t: "title", g: "team", l: "place", a: "date", s: "start" };
  /** What stands for itself: entries of the reader's own begin with a period, which no id does. */
  const OWN = "item";
  const DAMAGED = "a part of it was changed or lost on its way";

  /** The 32 bits of FNV-1a over names and values, so that another way to escape a letter changes nothing. @param {string[][]} pairs */
  function checkOf(pairs) {
    let sum = 0x811c9dc5;
    for (const letter of JSON.stringify(pairs)) sum = Math.imul(sum ^ /** @type {number} */ (letter.codePointAt(0)), 0x01000193);
    return (sum >>> 0).toString(36);
  }

  /** @param {HandoutEntry} entry */
  function pairsOf({ kind, item, text, room, minutes, how, size, note }) {
    const pairs = [["e", [kind === OWN ? item : `.${kind}`, room[0], minutes, how[0] + size].join("~")]];
    if (text) pairs.push(["x", text]);
    if (note) pairs.push(["n", note]);
    return pairs;
  }

  /** What says the same of two handouts, whatever they are called inside: 'v=1&d=0.1.0&t=Trust&e=1a.school.q1~l~10~g4&c=1x2y3z'. @param {Composition} composition */
  function write(composition) {
    const pairs = [["v", VERSION], ...Object.entries(WHOLE).map(([name, field]) => [name, composition[field]])];
    if (composition.people) pairs.push(["p", String(composition.people)]);
    pairs.push(...composition.entries.flatMap(pairsOf));
    const filled = pairs.filter(([, value]) => value);
    return new URLSearchParams([...filled, ["c", checkOf(filled)]]).toString().replaceAll("%7E", "~").replaceAll("%3A", ":");
  }

  /** @param {string} value @param {number} at */
  function entryOf(value, at) {
    const [what, room, minutes, how = ""] = value.split("~");
    const kind = what.startsWith(".") ? what.slice(1) : OWN;
    const full = (/** @type {string[]} */ words, /** @type {string} */ letter) => words.find((word) => word[0] === letter) ?? letter;
    return {
      key: `e${at}`, kind, item: kind === OWN ? what : "", text: "", note: "", minutes: Number(minutes), size: Number(how.slice(1)),
      room: full(playbookCompositions.ROOMS, room), how: full(playbookCompositions.HOWS, how[0]),
    };
  }

  /** A handout out of an address that may come from anywhere; what is wrong is thrown, in words for the reader. @param {string} fragment */
  function read(fragment) {
    if (fragment.length > LONGEST) throw new Error(`it is longer than ${LONGEST.toLocaleString("en")} letters`);
    const pairs = [...new URLSearchParams(fragment)];
    const [[first, version] = ["", ""]] = pairs;
    if (first !== "v" || !/^[0-9]+$/u.test(version)) throw new Error("it is no address of a handout");
    if (Number(version) > Number(VERSION)) throw new Error(`it was made by a newer site (version ${version} of the format; this page knows ${VERSION})`);
    const [last, check] = /** @type {[string, string]} */ (pairs.pop());
    if (last !== "c") throw new Error("its end is missing");
    if (check !== checkOf(pairs)) throw new Error(DAMAGED);
    /** @type {Record<string, unknown> & {entries: ReturnType<typeof entryOf>[]}} */
    const found = { ...playbookCompositions.fresh(), entries: [] };
    for (const [name, value] of pairs.slice(1)) {
      const entry = found.entries.at(-1);
      if (Object.hasOwn(WHOLE, name)) found[WHOLE[name]] = value;
      else if (name === "p") found.people = Number(value);
      else if (name === "e") found.entries.push(entryOf(value, found.entries.length));
      else if (name === "x" && entry) entry.text = value;
      else if (name === "n" && entry) entry.note = value;
      else throw new Error(`it has “${name.slice(0, 40)}”, which this page does not know`);
    }
    return playbookCompositions.checked(found);
  }

  return { LONGEST, read, write };
})();
