// @ts-check
// Drawings that forms make of their answers: vectors in black and white ink, so that they print and can be taken away. Used by five-whys.js and fishbone.js.

const playbookDrawing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const SIZE = 13;
  const LEADING = 17;
  /** No line holds more. */
  const MOST_LETTERS = 300;
  const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  measure.font = `${SIZE}px sans-serif`;

  /** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
  function element(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  }

  /** A text in lines that are at most so wide; a word that is wider is cut. @param {string} text @param {number} width @returns {string[]} */
  function lines(text, width) {
    const found = [];
    for (const paragraph of text.split("\n").map((words) => words.trim()).filter(Boolean)) {
      let line = "";
      for (const word of paragraph.split(/\s+/u).flatMap((long) => cut(long, width))) {
        const longer = line ? `${line} ${word}` : word;
        if (line && measure.measureText(longer).width > width) {
          found.push(line);
          line = word;
        } else {
          line = longer;
        }
      }
      found.push(line);
    }
    return found;
  }

  /** The parts of a word that fit; never more than a few hundred letters are measured at once. @param {string} word @param {number} width */
  function cut(word, width) {
    const letters = [...word];
    const found = [];
    for (let at = 0; at < letters.length;) {
      const part = letters.slice(at, at + MOST_LETTERS);
      for (let wide = Infinity; part.length > 1 && wide > width;) {
        wide = measure.measureText(part.join("")).width;
        if (wide > width) part.length = Math.max(1, Math.floor((part.length * width) / wide) - 1);
      }
      found.push(part.join(""));
      at += part.length;
    }
    return found;
  }

  /** Lines of text from a place downwards. @param {string[]} said @param {number} x @param {number} y @param {Record<string, string | number>} [more] */
  function text(said, x, y, more = {}) {
    const made = element("text", { x, y, "font-size": SIZE, "font-family": "sans-serif", fill: "currentColor", ...more });
    made.append(...said.map((line, at) => {
      const span = element("tspan", { x, dy: at ? LEADING : 0 });
      span.textContent = line;
      return span;
    }));
    return made;
  }

  /** @param {string} d @param {number} [width] */
  function path(d, width = 1.5) {
    return element("path", { d, fill: "none", stroke: "currentColor", "stroke-width": width, "stroke-linecap": "round" });
  }

  /** The whole drawing in its place; `said` tells it to those who cannot see it. @param {SVGElement[]} parts @param {number} width @param {number} height @param {string} said */
  function show(parts, width, height, said) {
    const drawing = element("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${Math.ceil(height)}`, role: "img", "aria-label": said });
    drawing.append(...parts);
    document.getElementById("pb-drawing")?.replaceChildren(drawing);
  }

  /** Draws at each change; `draw` gives what stands beside the drawing, and false where there is nothing to draw yet. @param {(answers: Record<string, string>) => boolean} draw */
  function start(draw) {
    const section = /** @type {HTMLElement} */ (document.getElementById("pb-drawn"));
    document.addEventListener("pb-answers", (event) => {
      section.hidden = !draw(/** @type {CustomEvent} */ (event).detail.answers);
    });
    document.getElementById("pb-drawing-file")?.addEventListener("click", () => {
      const drawing = document.querySelector("#pb-drawing svg");
      if (drawing) playbookFiles.svg(`${document.querySelector("form[data-form]")?.getAttribute("data-form")}.svg`, new XMLSerializer().serializeToString(drawing));
    });
  }

  return { LEADING, element, lines, text, path, show, start };
})();
