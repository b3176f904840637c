// @ts-check
// The theory of action as one sentence: what is missing is told, and the codes of the practices stand behind it.

(() => {
  const section = /** @type {HTMLElement} */ (document.getElementById("pb-drawn"));
  const note = /** @type {HTMLElement} */ (document.getElementById("pb-drawn-note"));
  const sentence = Object.assign(document.createElement("p"), { id: "pb-sentence", className: "pb-sentence" });
  document.getElementById("pb-drawing")?.append(sentence);
  /** The three parts: what begins each, and what people write there again. */
  const PARTS = [
    { field: "if", begins: "If we", again: /^if\s+(?:we\s+)?/iu },
    { field: "then", begins: "then", again: /^then\s+/iu },
    { field: "and", begins: "and", again: /^and\s+/iu },
  ];

  /** 2A stands before 10A. */
  const inOrder = new Intl.Collator("en", { numeric: true });

  /** A part without what its place says already. @param {string} text @param {RegExp} again */
  function bare(text, again) {
    return text.trim().replace(/^[….\s]+/u, "").replace(again, "").replace(/(?<![\s,.;…])[\s,.;…]+$/u, "").replace(/\s+/gu, " ");
  }

  document.addEventListener("pb-answers", (event) => {
    const answers = /** @type {Record<string, string>} */ (/** @type {CustomEvent} */ (event).detail.answers);
    const found = PARTS.map((part) => ({ ...part, text: bare(answers[`theory-of-action.${part.field}`] ?? "", part.again) }));
    const missing = found.filter(({ text }) => !text).map(({ begins }) => `“${begins} …”`);
    const codes = Object.keys(answers).filter((name) => name.startsWith("theory-of-action.practices.")).map((name) => name.slice(name.lastIndexOf(".") + 1).toUpperCase()).sort(inOrder.compare);
    section.hidden = missing.length === PARTS.length && !codes.length;
    sentence.textContent = `${found.map(({ begins, text }) => `${begins} ${text || "…"}`).join(", ")}${codes.length ? ` (${codes.join(", ")})` : ""}.`;
    const open = [missing.length ? `Still missing: ${missing.join(", ")}` : "", codes.length ? "" : "No practice is checked yet"].filter(Boolean);
    const said = open.length ? `${open.join(". ")}.` : "All three parts are there.";
    if (note.textContent !== said) note.textContent = said;
  });
})();
