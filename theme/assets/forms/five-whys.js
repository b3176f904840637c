// @ts-check
// The five whys as a chain from the symptom down to the root cause.

(() => {
  const { LEADING, element, lines, text, path, show, start } = playbookDrawing;
  // As wide as a phone, so that its words stay as large as those around.
  const WIDTH = Math.min(640, document.documentElement.clientWidth - 32);
  const PAD = 12;
  const GAP = 26;

  start((answers) => {
    const whys = [1, 2, 3, 4, 5].map((number) => ({ head: `Why ${number}: because`, said: answers[`five-whys.why.${number}.because`]?.replace(/^\s*because\s+/iu, "") }));
    const act = /** @type {Record<string, string>} */ ({ "yes": "We can act on it.", "in-part": "We can act on part of it.", "no": "We cannot act on it." })[answers["five-whys.act"]];
    const cause = answers["five-whys.cause"];
    const steps = [{ head: "Symptom", said: answers["five-whys.symptom"] }, ...whys, { head: "Root cause", said: cause && act ? `${cause}\n${act}` : cause }].filter(({ said }) => said?.trim());
    if (!steps.length) return false;
    /** @type {SVGElement[]} */
    const parts = [];
    let y = 2;
    for (const { head, said } of steps) {
      const words = lines(said, WIDTH - 2 * PAD);
      const height = LEADING * (words.length + 1) + PAD;
      const last = head === "Root cause";
      if (parts.length) parts.push(path(`M${WIDTH / 2} ${y - GAP + 3}V${y - 4}M${WIDTH / 2 - 5} ${y - 10}L${WIDTH / 2} ${y - 4}L${WIDTH / 2 + 5} ${y - 10}`));
      parts.push(element("rect", { x: 2, y, width: WIDTH - 4, height, rx: 4, fill: "none", stroke: "currentColor", "stroke-width": last ? 3 : 1.2 }));
      parts.push(text([head], PAD, y + LEADING, { "font-weight": "bold" }), text(words, PAD, y + 2 * LEADING));
      y += height + GAP;
    }
    show(parts, WIDTH, y - GAP + 2, steps.map(({ head, said }) => `${head}: ${said}`).join(". "));
    return true;
  });
})();
