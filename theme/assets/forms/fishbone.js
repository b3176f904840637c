// @ts-check
// The fishbone: the problem at the head, a bone for each kind of cause, the causes along the bone.

(() => {
  const { LEADING, element, lines, text, path, show, start } = playbookDrawing;
  const COLUMN = 182;
  const HEAD = 150;
  const SLANT = 34;
  const TEXT = COLUMN - SLANT - 18;
  const WIDTH = 3 * COLUMN + HEAD + 16;

  /** The lines at one bone: its kind in bold, its causes, what can be acted on. @param {Record<string, string>} answers @param {number} number */
  function bone(answers, number) {
    const [kind, causes, act] = ["category", "causes", "act"].map((field) => (answers[`fishbone.diagram.bone.${number}.${field}`] ?? "").trim());
    const dotted = causes.split("\n").filter((cause) => cause.trim()).flatMap((cause) => lines(`– ${cause}`, TEXT));
    return { head: lines(kind || `Cause ${number}`, TEXT), causes: dotted, act: act ? lines(`We can act on: ${act}`, TEXT) : [], kind, said: [kind, causes, act && `We can act on: ${act}`].filter(Boolean).join(": "), empty: !(kind || causes || act) };
  }

  /** @param {{head: string[], causes: string[], act: string[]}} found */
  function heightOf({ head, causes, act }) {
    return LEADING * (head.length + causes.length + act.length) + 14;
  }

  /** @param {ReturnType<typeof bone>} found @param {number} x @param {number} y */
  function words({ head, causes, act }, x, y) {
    const below = y + LEADING * head.length;
    return [text(head, x, y, { "font-weight": "bold" }), text(causes, x, below), text(act, x, below + LEADING * causes.length, { "font-style": "italic" })];
  }

  start((answers) => {
    const bones = [1, 2, 3, 4, 5, 6].map((number) => bone(answers, number));
    const problem = (answers["fishbone.diagram.problem"] ?? "").trim();
    const [above, below] = [bones.slice(0, 3), bones.slice(3)].map((side) => Math.max(60, ...side.map(heightOf)));
    const headed = lines(problem || "The problem", HEAD - 36);
    const spine = Math.max(above + 12, (LEADING * headed.length) / 2 + 24);
    const height = spine + Math.max(below + 12, (LEADING * headed.length) / 2 + 24);
    const neck = 3 * COLUMN + 10;
    /** @type {SVGElement[]} */
    const parts = [path(`M4 ${spine}H${neck}`, 3), path(`M4 ${spine}l-0 -9M4 ${spine}l-0 9`, 2)];
    bones.forEach((found, at) => {
      const up = at < 3;
      const x = (at % 3) * COLUMN + 8;
      const end = up ? spine - above : spine + below;
      parts.push(path(`M${x} ${end}L${x + SLANT} ${spine}`, 1.8));
      if (!found.empty) parts.push(...words(found, x + SLANT + 4, up ? end + 12 : spine + 22));
    });
    const half = (LEADING * headed.length) / 2 + 16;
    parts.push(element("rect", { x: neck, y: spine - half, width: HEAD, height: 2 * half, rx: 14, fill: "none", stroke: "currentColor", "stroke-width": 2.5 }));
    parts.push(text(headed, neck + 12, spine - half + 16 + LEADING * 0.75, { "font-weight": "bold" }));
    const filled = bones.filter(({ empty }) => !empty);
    show(parts, WIDTH, height, [`Problem: ${problem || "not written yet"}`, ...filled.map(({ said }) => said)].join(". "));
    return Boolean(problem || filled.length);
  });
})();
