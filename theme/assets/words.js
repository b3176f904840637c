// @ts-check
// Words as they are compared; used by browse.js and compose-items.js.

const playbookWords = (() => {
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

  return { plain, forms };
})();
