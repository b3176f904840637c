// @ts-check
// What the open session has from another edition: answers that this one does not ask for or that none of its choices has, and other wordings.

const playbookEarlier = (() => {
  const { named, canShow, wordingOf } = playbookFields;
  const earlier = /** @type {HTMLElement} */ (document.getElementById("pb-earlier"));
  const list = /** @type {HTMLElement} */ (earlier.querySelector("ul"));

  /** What is said of an answer; nothing where there is nothing to say. @param {Session} session @param {string} name @returns {(string | Node)[]} */
  function said({ answers, wording }, name) {
    const was = wording[name] || wordingOf(name) || name;
    const reworded = wording[name] && wording[name] !== wordingOf(name);
    if (!named.has(name)) return [`No longer asked: “${was}” Your answer: ${answers[name]}`, ...farewell(name)];
    if (!canShow(name, answers[name])) return [`Your answer “${answers[name]}” is not among today’s choices, and is kept until you answer anew. ${reworded ? "It was asked" : "The question"}: “${was}”${reworded ? ` Now: “${wordingOf(name)}”` : ""}`];
    return reworded ? [`When you answered, it read: “${was}” Now: “${wordingOf(name)}”`] : [];
  }

  /** Why a question is no longer asked, and what took its place, where the page says so. @param {string} name */
  function farewell(name) {
    const record = CSS.escape(name.replace(/-(notes|evidence)$/u, ""));
    return [...document.querySelectorAll(`[data-retired="${record}"] > p:last-child`)].map((words) => words.cloneNode(true));
  }

  /** @param {Session} session */
  function show(session) {
    const names = Object.keys(session.answers);
    const items = [...names.filter((name) => !named.has(name)), ...names.filter((name) => named.has(name))].map((name) => said(session, name)).filter(({ length }) => length);
    earlier.hidden = !items.length;
    list.replaceChildren(...items.map((words) => {
      const item = Object.assign(document.createElement("li"), { dir: "auto" });
      item.append(...words);
      return item;
    }));
  }

  return { show };
})();
