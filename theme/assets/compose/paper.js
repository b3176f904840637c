// @ts-check
// What is printed of a composed handout, shown on the page as it changes: the handout for everyone and the plan for the facilitator.

const playbookPaper = (() => {
  const handout = /** @type {HTMLElement} */ (document.getElementById("pb-paper-handout"));
  const plan = /** @type {HTMLElement} */ (document.getElementById("pb-paper-plan"));
  const index = playbookItemIndex;

  /** @param {Element} inside @param {string} selector */
  function one(inside, selector) {
    return /** @type {HTMLElement} */ (inside.querySelector(selector));
  }

  /** An element with a text, if there is one. @param {string} name @param {string} className @param {string} text */
  function element(name, className, text) {
    return text ? [Object.assign(document.createElement(name), { className, dir: "auto", textContent: text })] : [];
  }

  /** @param {string} date */
  function dateInWords(date) {
    return date && new Date(`${date}T12:00`).toLocaleDateString("en", { dateStyle: "long" });
  }

  /** Where somebody writes, unless it is known. @param {string} label @param {string} known */
  function blank(label, known) {
    const line = Object.assign(document.createElement("span"), { className: known ? "" : "pb-paper-blank", textContent: known ? `${label}: ${known}` : label });
    return line;
  }

  /** What an item says: its tools, what leads into it, its texts. @param {Item} item */
  function saying(item) {
    return [...element("p", "pb-tool-name", item.tools), ...element("p", "pb-under", item.under), ...item.texts.flatMap((text) => element("p", "", text))];
  }

  /** What stands on the handout, and the number of each that is no heading. @param {HandoutEntry[]} entries */
  function printed(entries) {
    const shown = entries.filter(({ kind, item, text }) => (kind === "item" ? index.get(item) : kind !== "step" && text));
    const numbered = shown.filter(({ kind }) => kind !== "heading").map(({ key }) => key);
    return { shown, numberOf: (/** @type {HandoutEntry} */ { key }) => (numbered.includes(key) ? String(numbered.indexOf(key) + 1) : "") };
  }

  /** @param {HandoutEntry} entry @param {string} number */
  function part(entry, number) {
    const block = Object.assign(document.createElement("div"), { className: "pb-paper-part" });
    block.append(...element("span", "pb-paper-number", number));
    const item = index.get(entry.item);
    if (item) block.append(...saying(item), ...element("p", "pb-meta", `${item.kind}, ${item.place}`));
    else block.append(...element("p", "pb-paper-own", entry.text));
    if (entry.room !== "none") block.append(Object.assign(document.createElement("div"), { className: `pb-ruled pb-ruled-${entry.room}` }));
    return block;
  }

  /** @param {Composition} composition */
  function showHandout({ title, team, place, date, entries }) {
    one(handout, ".pb-paper-title").textContent = title || "Handout";
    one(handout, ".pb-kicker").textContent = place;
    one(handout, ".pb-paper-who").replaceChildren(blank("Name", ""), blank("Team", team), blank("Date", dateInWords(date)));
    const { shown, numberOf } = printed(entries);
    one(handout, ".pb-paper-parts").replaceChildren(...shown.flatMap((entry) => (entry.kind === "heading" ? element("h4", "", entry.text) : [part(entry, numberOf(entry))])));
    const sources = new Set(shown.flatMap(({ item }) => index.get(item)?.source ?? []));
    one(handout, ".pb-source").replaceChildren("In our own words, after:", ...Object.entries(index.sources).flatMap(([source, credit]) => (sources.has(source) ? element("span", "", credit) : [])));
    one(handout, ".pb-source").hidden = !sources.size;
    one(handout, ".pb-paper-empty").hidden = shown.length > 0;
  }

  /** What an entry is in the plan, in few words. @param {HandoutEntry} entry */
  function nameOf({ kind, item, text }) {
    if (kind !== "item") return text || { text: "Text", step: "Step", heading: "Heading" }[kind] || kind;
    const found = index.get(item);
    return found ? [found.tools, found.texts[0]].filter(Boolean).join(": ") : `An item that this edition does not have: ${item}`;
  }

  /** @param {HandoutEntry} entry @param {string} number @param {string} when @param {number} people */
  function row(entry, number, when, people) {
    const line = document.createElement("tr");
    if (entry.kind === "heading") {
      line.append(Object.assign(document.createElement("th"), { scope: "colgroup", colSpan: 5, dir: "auto", textContent: entry.text }));
      return line;
    }
    const what = Object.assign(document.createElement("th"), { scope: "row" });
    what.append(...element("span", "", `${number ? `${number}. ` : ""}${nameOf(entry)}`), ...element("span", "pb-quiet", index.get(entry.item)?.place ?? ""));
    const room = { none: "", lines: "they write a few lines", half: "they write half a page", page: "they write a page" }[entry.room];
    const cells = [when, what, playbookPlan.working(entry, people) + (room && entry.kind !== "step" ? `; ${room}` : ""), String(entry.minutes), entry.note];
    line.append(...cells.map((cell, at) => {
      if (cell instanceof Element) return cell;
      const box = Object.assign(document.createElement("td"), { dir: "auto", textContent: cell });
      box.dataset.label = ["Time", "", "How", "Minutes", "Note"][at];
      return box;
    }));
    return line;
  }

  /** @param {Composition} composition */
  function showPlan(composition) {
    const { title, team, place, date, people, entries } = composition;
    const { when, total, whole } = playbookPlan.times(composition);
    const { numberOf } = printed(entries);
    one(plan, ".pb-paper-title").textContent = `Session plan${title ? `: ${title}` : ""}`;
    one(plan, ".pb-kicker").textContent = [team, place, dateInWords(date), whole].filter(Boolean).join(" · ");
    one(plan, "tbody").replaceChildren(...entries.map((entry, at) => row(entry, numberOf(entry), when[at], people)));
    one(plan, "table").hidden = !entries.length;
    one(plan, ".pb-plan-total").textContent = `${playbookPlan.span(total)} in all${whole ? `, ${whole}` : ""}`;
    one(plan, ".pb-plan-copies").textContent = people ? `${people} ${people === 1 ? "person: 1 copy" : `people: ${people} copies`} of the handout` : "";
  }

  return {
    nameOf,
    saying,
    /** @param {Composition} composition */
    show: (composition) => {
      showHandout(composition);
      showPlan(composition);
    },
  };
})();
