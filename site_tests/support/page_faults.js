// What the tests ask of a page that axe does not: each question answers with a list of faults in words, empty where all is well.

window.pageFaults = (() => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  /** Pixels that rounding may make. */
  const ROUNDING = 2;

  const named = (element) => {
    const words = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}.${element.classList} “${words.slice(0, 40)}”`;
  };

  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

  /** For screen readers only, as a skip link before it has the focus. */
  const unseen = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (getComputedStyle(at).clipPath !== "none" || (box.width <= 1 && box.height <= 1)) return true;
    }
    return false;
  };

  const everything = () => [...document.body.querySelectorAll("*")].filter((element) => shown(element) && !element.closest("svg"));

  function sideways() {
    const needed = document.documentElement.scrollWidth;
    return needed > innerWidth ? [`the page needs ${needed} pixels and has ${innerWidth}`] : [];
  }

  /** Text that its own box cuts off. */
  function cut() {
    return everything().flatMap((element) => {
      const { overflowX, overflowY, contain } = getComputedStyle(element);
      const paints = /strict|content|paint/.test(contain);
      const clips = (overflow) => paints || overflow === "hidden" || overflow === "clip";
      const lost =
        (clips(overflowX) && element.scrollWidth > element.clientWidth + ROUNDING) || (clips(overflowY) && element.scrollHeight > element.clientHeight + ROUNDING);
      return lost && element.textContent.trim() && !unseen(element) ? [`cut: ${named(element)}`] : [];
    });
  }

  /** Lines of text that lie on each other. What stays in place while the page scrolls lies over others by its nature. */
  function overlapping() {
    const lines = [];
    const fixed = new Set(everything().filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position)));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !shown(element) || element.closest("svg, option") || unseen(element)) continue;
      if ([...fixed].some((over) => over.contains(element))) continue;
      const scrolls = (one) => one !== document.documentElement && /auto|scroll|hidden/.test(getComputedStyle(one).overflowY);
      let frame = element;
      while (frame && !scrolls(frame)) frame = frame.parentElement;
      const { top: first, bottom: last } = frame?.getBoundingClientRect() ?? { top: -Infinity, bottom: Infinity };
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        // The box of a line is higher than its letters.
        const air = (bottom - top) / 4;
        if (right - left > 1 && top >= first && bottom <= last) lines.push({ left: left + 1, right: right - 1, top: top + air, bottom: bottom - air, element });
      }
    }
    lines.sort((one, other) => one.top - other.top);
    return lines.flatMap((line, place) => {
      const found = [];
      for (let next = place + 1; next < lines.length && lines[next].top < line.bottom; next += 1) {
        const other = lines[next];
        if (other.element !== line.element && other.left < line.right && line.left < other.right) found.push(`${named(line.element)} lies on ${named(other.element)}`);
      }
      return found;
    });
  }

  const SPACING = new CSSStyleSheet();
  SPACING.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");

  /** With the spacing of WCAG 1.4.12. */
  function spaced() {
    document.adoptedStyleSheets.push(SPACING);
    const faults = [...sideways(), ...cut(), ...overlapping()];
    document.adoptedStyleSheets.pop();
    return faults.map((fault) => `with wide spacing: ${fault}`);
  }

  /** What moves although the reader asked for less of it. */
  function moving() {
    const seconds = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
    const faults = [...document.querySelectorAll("*")].flatMap((element) =>
      ["", "::before", "::after"].flatMap((part) => {
        const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
        const moves = seconds(transitionDuration) > 0 || (animationName !== "none" && seconds(animationDuration) > 0) || scrollBehavior === "smooth";
        return moves ? [`moves: ${element.tagName.toLowerCase()}.${element.classList}${part}`] : [];
      }),
    );
    return [...new Set(faults)];
  }

  const marked = ({ outlineStyle, outlineWidth }) => outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);

  /** What is wrong with the focus where it is now. */
  function focused() {
    const element = document.activeElement;
    const faults = [];
    if (!marked(getComputedStyle(element))) faults.push(`nothing shows the focus: ${named(element)}`);
    const boxes = [...element.getClientRects()].filter(({ bottom, top, right, left }) => bottom > 0 && top < innerHeight && right > 0 && left < innerWidth);
    if (!boxes.length) return [...faults, `the focus is outside of the window: ${named(element)}`];
    const within = (point, edge) => Math.min(Math.max(point, 1), edge - 1);
    const points = boxes.flatMap(({ left, right, top, bottom }) =>
      [0.1, 0.5, 0.9].map((share) => [within(left + (right - left) * share, innerWidth), within((top + bottom) / 2, innerHeight)]),
    );
    const over = points.map(([x, y]) => document.elementFromPoint(x, y));
    if (!over.some((found) => found && (element.contains(found) || found.contains(element)))) faults.push(`covered: ${named(element)} by ${over[0] && named(over[0])}`);
    return faults;
  }

  /** What is wrong with the focus anywhere. The last key that was pressed must have been one that moves it. */
  function focusing() {
    const reached = [...document.querySelectorAll(FOCUSABLE)].filter((element) => shown(element) && element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]"));
    return reached.flatMap((element) => {
      element.focus();
      return document.activeElement === element ? focused() : [];
    });
  }

  /** Controls and marks that cannot be seen where the system sets all colors. */
  function forced() {
    const bare = everything().filter((element) => {
      if (!element.matches("button, select, textarea, input:not([type=radio], [type=checkbox], [type=file])") || unseen(element)) return false;
      const edged = (one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0;
      return !edged(element) && !edged(element.closest("td") ?? element) && !element.querySelector("svg");
    });
    return bare.map((element) => `no edge in forced colors: ${named(element)}`);
  }

  const UNPINNED = new CSSStyleSheet();
  UNPINNED.replaceSync(".pb-done { position: static !important; }");
  const ALIKE = 3;

  /** What is pinned to the foot of the window lets go: what lies half under it is too small a target for axe. */
  function unpin() {
    document.adoptedStyleSheets.push(UNPINNED);
  }

  /** Of siblings of the same make, a few stay: with all rows of a long list axe takes a minute, and says the same of each. */
  function thin() {
    for (const list of document.querySelectorAll("ul, ol, tbody, dl, section, form, .pb-form-section, .md-typeset")) {
      const kept = new Map();
      for (const child of [...list.children].filter((one) => one.matches("li, tr, div, section, fieldset"))) {
        const make = `${child.tagName}.${child.classList}`;
        kept.set(make, (kept.get(make) ?? 0) + 1);
        if (kept.get(make) > ALIKE) child.remove();
      }
    }
  }

  /** What live regions said, in order, and who waits for it. */
  const announced = [];
  const waiting = new Set();
  const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive], output";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      const words = region?.textContent.trim().replace(/\s+/g, " ");
      if (words && announced.at(-1) !== words) announced.push(words);
    }
    waiting.forEach((look) => look());
  }).observe(document, { subtree: true, childList: true, characterData: true });

  /** Once a live region has said these words. */
  const said = (words) =>
    new Promise((resolve, reject) => {
      const look = () => announced.some((one) => one.includes(words)) && resolve(true);
      waiting.add(look);
      look();
      setTimeout(() => reject(new Error(`nobody said “${words}”, only: ${announced.join(" | ")}`)), 5000);
    });

  return { sideways, cut, overlapping, spaced, moving, focused, focusing, forced, thin, unpin, said };
})();
