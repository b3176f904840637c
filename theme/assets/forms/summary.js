// @ts-check
// What the LEA self-reflection adds up to: a bar for each practice, levels counted, and where to look first.

(() => {
  const summary = /** @type {HTMLElement} */ (document.getElementById("pb-summary"));
  const told = /** @type {HTMLElement} */ (document.getElementById("pb-summary-count"));
  const rows = /** @type {HTMLElement[]} */ ([...summary.querySelectorAll("[data-practice]")]);
  const lowest = /** @type {HTMLElement} */ (document.getElementById("pb-lowest"));
  const levels = (summary.dataset.levels ?? "").split(" ");
  const titles = /** @type {Map<string, string>} */ (new Map([...document.querySelectorAll("[data-element]")].map((element) => [/** @type {HTMLElement} */ (element).dataset.element, element.querySelector("h4")?.textContent ?? ""])));

  /** @param {Session} session */
  function show(session) {
    /** @type {{row: HTMLElement, mean: number}[]} */
    const means = [];
    let rated = 0;
    for (const row of rows) {
      const elements = (row.dataset.elements ?? "").split(" ");
      const ratings = elements.map((element) => levels.indexOf(session.answers[element] ?? "")).filter((level) => level >= 0);
      rated += ratings.length;
      const counts = levels.map((_, level) => ratings.filter((rating) => rating === level).length);
      const bar = /** @type {SVGElement} */ (row.querySelector("svg"));
      let at = 0;
      bar.querySelectorAll("rect").forEach((rect, level) => {
        const width = (100 * counts[level]) / elements.length;
        rect.setAttribute("x", String(at));
        rect.setAttribute("width", String(width));
        at += width;
      });
      const words = levels.map((level, place) => (counts[place] ? `${counts[place]} ${level}` : "")).filter(Boolean).join(", ");
      /** @type {HTMLElement} */ (row.querySelector(".pb-bar-words")).textContent = words || "not rated yet";
      if (ratings.length) means.push({ row, mean: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length });
    }
    told.textContent = `${rated} of ${titles.size} elements rated`;
    const worst = means.sort((one, other) => one.mean - other.mean).slice(0, 3);
    lowest.replaceChildren(...worst.map(({ row }) => {
      const item = document.createElement("li");
      item.append(/** @type {Node} */ (row.querySelector("a")?.cloneNode(true)), `: ${row.querySelector(".pb-bar-words")?.textContent}`);
      return item;
    }));
    /** @type {HTMLElement} */ (lowest.previousElementSibling).hidden = !worst.length;
  }

  document.addEventListener("pb-answers", (event) => show(/** @type {CustomEvent} */ (event).detail));
})();
