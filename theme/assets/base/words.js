// @ts-check
// Words as they are compared, and how much of what somebody types is looked for; used by browse.js, items.js and the search.

const playbookWords = (() => {
  /** More than this would help nobody, and would freeze the page: the words may come from a link that anyone shared. */
  const MOST_LETTERS = 200;
  const MOST_WORDS = 24;

  /**
   * What is looked for of a text that somebody typed: its beginning, where it is long; and `also`, which adds to what is said of it that it was cut.
   * @param {string} typed
   */
  function asked(typed) {
    const whole = typed.trim();
    // The cut may lie within a letter that takes two units.
    const begun = whole.slice(0, MOST_LETTERS).replace(/\p{Cs}/gu, "");
    const last = [...begun.matchAll(/[\p{L}\p{N}]+/gu)][MOST_WORDS - 1];
    const text = last ? begun.slice(0, last.index + last[0].length) : begun;
    const cut = whole.length > MOST_LETTERS || /[\p{L}\p{N}]/u.test(begun.slice(text.length));
    /** @param {string} said */
    const also = (said) => (cut ? `${said.replace(/\.?$/u, ".")} Only the beginning of your words was looked for, up to “${text.slice(-30).trim()}”.` : said);
    return { text, also };
  }

  /** Lower case, without accents, with one space between words. @param {string} text */
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f’']/gu, "").match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? "";
  }

  /** A word in one and in many: 'family' finds 'families' too. What a word begins is found anyway. @param {string} word */
  function forms(word) {
    const others = { ies: "y", y: "ies", s: "" };
    const ending = /** @type {keyof typeof others | undefined} */ (word.match(/(?:ies|y|(?<!s)s)$/u)?.[0]);
    return ending ? [word, word.slice(0, -ending.length) + others[ending]] : [word];
  }

  /**
   * Whether two words differ by at most so many letters: one more, one less, another one, or two that changed places.
   * @param {string} one
   * @param {string} other
   * @param {number} most
   */
  function near(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    /** How many letters the beginnings of both differ by: a row for each letter of the one, of which only the last two are needed. @type {number[]} */
    let before = [];
    let above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let line = 1; line <= one.length; line += 1) {
      const row = [line];
      for (let at = 1; at <= other.length; at += 1) {
        row[at] = Math.min(above[at] + 1, row[at - 1] + 1, above[at - 1] + Number(one[line - 1] !== other[at - 1]));
        if (line > 1 && one[line - 1] === other[at - 2] && one[line - 2] === other[at - 1]) row[at] = Math.min(row[at], before[at - 2] + 1);
      }
      if (Math.min(...row) > most) return false;
      [before, above] = [above, row];
    }
    return above[other.length] <= most;
  }

  return { asked, plain, forms, near };
})();
