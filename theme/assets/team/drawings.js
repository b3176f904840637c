// @ts-check
// Small drawings of ratings: a bar of how many chose each level, and a line of how the middle moved from date to date.

const playbookTeamDrawings = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** @param {string} name @param {Record<string, string | number>} attributes */
  function element(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  }

  /** @param {Figures} found */
  function bar({ counts, people }) {
    const made = element("svg", { class: "pb-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
    let at = 0;
    for (const number of counts) {
      const width = (100 * number) / people;
      made.append(element("rect", { x: at, y: 0, width, height: 10 }));
      at += width;
    }
    return made;
  }

  /** The medians of one rating, from left to right in time; a date that is hidden or without ratings leaves a gap. @param {(number | null)[]} medians @param {number} levels @param {string} said */
  function line(medians, levels, said) {
    const step = 100 / Math.max(1, medians.length - 1);
    const points = medians.map((median, at) => (median === null ? null : [5 + at * step, 35 - (30 * (median - 1)) / Math.max(1, levels - 1)]));
    const made = element("svg", { class: "pb-team-line", viewBox: "0 0 110 40", width: 110, height: 40, role: "img", "aria-label": said });
    let begun = false;
    const path = points.map((point) => {
      const command = point ? `${begun ? "L" : "M"}${point.join(" ")}` : "";
      begun = Boolean(point);
      return command;
    });
    made.append(element("path", { d: path.join(""), fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    for (const point of points) if (point) made.append(element("circle", { cx: point[0], cy: point[1], r: 3, fill: "currentColor" }));
    return made;
  }

  return { bar, line };
})();
