// @ts-check
// Names of people and teams as they are compared: what makes no difference is folded away, as generator/collecting/readers/folding.py does.

const playbookNames = (() => {
  // Case: lower, upper and lower again is what both languages can.
  const SAME_SIGN = /** @type {[string, RegExp][]} */ ([["'", /[`´‘’‚‛′ʹʻʼʽˈ＇‹›]/gu], ['"', /[“”„‟″«»＂]/gu], ["-", /[‐‑‒–—―−﹘﹣－]/gu]]);

  /** Quotes and dashes of one kind. @param {string} text */
  function evened(text) {
    return SAME_SIGN.reduce((found, [one, signs]) => found.replace(signs, one), text);
  }

  /** A text as it is compared: without case, accents and what nobody sees. @param {string} text */
  function folded(text) {
    const one = evened(text).normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKD");
    return spaced(evened(one.replace(/[\u0300-\u036f]/gu, "")).normalize("NFKC").replace(/\p{Cf}/gu, ""));
  }

  /** One space between words; the separators are those of Python. @param {string} text */
  function spaced(text) {
    return text.split(/[\s\u001c-\u001f\u0085]+/u).filter(Boolean).join(" ");
  }

  /** @param {string} one @param {string} other */
  function compare(one, other) {
    return Number(one > other) - Number(one < other);
  }

  /** A folded text whose numbers sort by their value. @param {string} text */
  function numbered(text) {
    return text.replace(/[0-9]+/gu, (number) => number.padStart(12, "0"));
  }

  /** Sorts texts: as they are compared, 9 before 10, then as they are written. @param {string} one @param {string} other */
  function order(one, other) {
    return compare(numbered(folded(one)), numbered(folded(other))) || compare(one, other);
  }

  return { folded, spaced, order };
})();
