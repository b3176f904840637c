// @ts-check
// The blanks of the form on this page: what each holds, what stands beside it, and which answers it can show. Used by session.js and fill.js.

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Blank */

const playbookFields = (() => {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-form]"));
  const blanks = /** @type {Blank[]} */ ([...form.querySelectorAll("input[name], textarea[name]")]);
  /** The blanks of each name: several of them are one choice. @type {Map<string, Blank[]>} */
  const named = new Map();
  for (const blank of blanks) named.set(blank.name, [...(named.get(blank.name) ?? []), blank]);

  /** @param {Blank} blank */
  function isChoice({ type }) {
    return type === "radio" || type === "checkbox";
  }

  /** What one blank holds; "" for a box that is not checked. @param {Blank} blank */
  function valueOf(blank) {
    return isChoice(blank) && !(/** @type {HTMLInputElement} */ (blank).checked) ? "" : blank.value;
  }

  /** @param {string} name */
  function answerTo(name) {
    return named.get(name)?.map(valueOf).find(Boolean) ?? "";
  }

  /** @param {Blank} blank @param {string} answer */
  function fillIn(blank, answer) {
    if (isChoice(blank)) /** @type {HTMLInputElement} */ (blank).checked = answer !== "" && blank.value === answer;
    else blank.value = answer;
  }

  /** Whether an answer can stand in the blanks of its name: no choice has one of another edition's scale, no date is “next Friday”. @param {string} name @param {string} answer */
  function canShow(name, answer) {
    const of = named.get(name) ?? [];
    if (of.some(isChoice)) return of.some(({ value }) => value === answer);
    const probe = /** @type {Blank | undefined} */ (of[0]?.cloneNode());
    if (probe) probe.value = answer;
    return probe?.value === answer.replace(/\r\n?/gu, "\n");
  }

  /** What stands beside a blank, as it is kept with its answer. @param {string} name */
  function wordingOf(name) {
    return named.get(name)?.[0].dataset.wording ?? "";
  }

  /** The beginning of a text that is as long as a kept one may be; a letter of two units is not halved. @param {string} text */
  function cut(text) {
    return text.length > playbookAnswers.LONGEST ? text.slice(0, playbookAnswers.LONGEST).replace(/\p{Cs}$/u, "") : text;
  }

  /** A session with what stands in some blanks now. @param {Session} before @param {Iterable<string>} names @returns {Session} */
  function filled(before, names) {
    const answers = { ...before.answers };
    const wording = { ...before.wording };
    for (const name of names) {
      const answer = cut(answerTo(name));
      if (answer) {
        answers[name] = answer;
        wording[name] = wordingOf(name);
      } else {
        delete answers[name];
        delete wording[name];
      }
    }
    return { ...before, answers, wording };
  }

  return { form, blanks, named, answerTo, fillIn, canShow, wordingOf, filled };
})();
