// @ts-check
// The answers of many people side by side. Files are read into this page only; nothing of them is stored.

(() => {
  const { order } = playbookNames;
  const { dayOf, widestGap, byDate, byRound, byTeam, figures, peopleOf, hides, inWords } = playbookFigures;
  const forms = new Map(Object.entries(/** @type {Record<string, KnownForm>} */ (playbookBlanks)));
  const MOST_FILES = 500;

  /** @template {HTMLElement} T @param {string} id @returns {T} */
  function part(id) {
    return /** @type {T} */ (document.getElementById(`pb-${id}`));
  }

  const chooser = /** @type {HTMLInputElement} */ (part("team-files"));
  const told = part("team-status");
  const refused = part("team-refused");
  const listed = part("team-list");
  const compare = /** @type {HTMLSelectElement} */ (part("team-compare"));
  const until = /** @type {HTMLInputElement} */ (part("team-until"));
  const from = /** @type {HTMLInputElement} */ (part("team-from"));
  const least = /** @type {HTMLInputElement} */ (part("team-least"));
  const names = /** @type {HTMLInputElement} */ (part("team-names"));
  const shown = part("team-shown");
  const undo = part("team-undo");

  /** What was added: the session and the name of its file. @type {{session: Session, file: string}[]} */
  let added = [];
  /** What to bring back. @type {typeof added} */
  let taken = [];

  /** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {string} [text] @param {string} [look] @returns {HTMLElementTagNameMap[K]} */
  function make(tag, text = "", look = "") {
    return Object.assign(document.createElement(tag), { textContent: text, className: look });
  }

  /** @param {string} id */
  function formOf(id) {
    return /** @type {KnownForm} */ (forms.get(id));
  }

  /** @param {number} number @param {string} one */
  function counted(number, one) {
    return `${number} ${one}${number === 1 ? "" : "s"}`;
  }

  // ---- Adding and taking away ----

  /** @param {FileList | File[]} files */
  async function add(files) {
    /** @type {string[]} */
    const problems = [];
    for (const file of [...files].slice(0, MOST_FILES)) {
      try {
        const session = await playbookAnswers.readFile(file);
        if (!Object.keys(session.answers).some((name) => !isWho(name, session.form))) throw new Error("nothing is filled in");
        added.push({ session, file: file.name });
      } catch (error) {
        const paper = /\.(?:pdf|xlsx|docx)$/iu.test(file.name);
        problems.push(`“${file.name}” cannot be read: ${paper ? "this page reads files saved from a form. For PDF, Excel and Word there is the command ‘playbook collect’" : error instanceof Error ? error.message : error}.`);
      }
    }
    if (files.length > MOST_FILES) problems.push(`Only the first ${MOST_FILES} of ${files.length} files were read.`);
    refuse(problems);
    changed();
  }

  /** Whether a blank says who and when. @param {string} name @param {string} form */
  function isWho(name, form) {
    return ["name", "team", "date"].some((field) => name === `${forms.get(form)?.prefix ?? form}.${field}`);
  }

  /** @param {string[]} problems */
  function refuse(problems) {
    refused.hidden = !problems.length;
    refused.replaceChildren(...problems.map((words) => make("p", words)));
  }

  function addOwn() {
    try {
      const { sessions } = playbookAnswers.all();
      const known = new Set(added.map(({ session }) => session.id + session.changed));
      added.push(...sessions.filter(({ id, changed: when }) => !known.has(id + when)).map((session) => ({ session, file: "this browser" })));
      refuse(sessions.length ? [] : ["Nothing is saved in this browser yet."]);
    } catch {
      refuse(["This browser keeps nothing for this page (private window, or storage is closed)."]);
    }
    changed();
  }

  /** @param {typeof added} left */
  function keep(left) {
    taken = added;
    added = left;
    changed();
    undo.hidden = false;
    undo.focus();
  }

  function changed() {
    undo.hidden = true;
    suggestDates();
    list();
    show();
  }

  /** The two dates lie at the widest gap, until somebody sets them. */
  function suggestDates() {
    if (until.dataset.set || from.dataset.set) return;
    const days = added.flatMap(({ session }) => (forms.has(session.form) ? [dayOf(session, formOf(session.form))] : []));
    [until.value, from.value] = widestGap(days) ?? [days[0] ?? "", days[0] ?? ""];
  }

  /** One session of each person. @param {Session[]} sessions */
  function single(sessions) {
    return playbookPersons.latest(sessions, signed, playbookSamePerson.apart);
  }

  /** @param {Session} session */
  function signed({ form, answers }) {
    const prefix = forms.get(form)?.prefix ?? form;
    return { name: answers[`${prefix}.name`] ?? "", team: answers[`${prefix}.team`] ?? "" };
  }

  /** @param {Session} session */
  function fileOf(session) {
    return added.find((one) => one.session === session)?.file ?? "";
  }

  function list() {
    const sessions = added.map(({ session }) => session);
    part("team-open").hidden = !added.length;
    playbookSamePerson.ask(sessions, signed, fileOf, () => {
      list();
      show();
    });
    told.textContent = added.length ? `${counted(added.length, "file")}: ${counted(single(sessions).length, "session")} of ${counted(new Set(added.map(({ session }) => session.form)).size, "form")}` : "No files yet.";
    listed.replaceChildren(...added.map((one) => {
      const row = make("li");
      const button = Object.assign(make("button", "Remove"), { type: "button" });
      button.setAttribute("aria-label", `Remove ${one.file}, ${one.session.name}`);
      button.addEventListener("click", () => keep(added.filter((other) => other !== one)));
      const form = forms.get(one.session.form);
      const [name, day] = form ? [nameOf(one.session, form), dayOf(one.session, form)] : [one.session.name, one.session.changed.slice(0, 10)];
      row.dir = "auto";
      row.append(make("span", `${one.file}: ${name}, ${one.session.title}, ${day} `), button);
      return row;
    }));
  }

  // ---- What is shown ----

  /** @param {Session[]} sessions @param {KnownForm} form @returns {Group[]} */
  function groupsOf(sessions, form) {
    if (compare.value === "dates") return byDate(sessions, form, until.value, from.value, single);
    if (compare.value === "rounds") return byRound(sessions, form, single);
    return compare.value === "teams" ? byTeam(sessions, form, single) : [{ title: "", sessions: single(sessions) }];
  }

  /** The least number of people whose answers are shown; what is no number hides nothing less. */
  function atLeast() {
    return Number(least.value) >= 1 ? Number(least.value) : 3;
  }

  /** What is said of a hidden group. @param {Exclude<Hidden, "">} reason */
  function why(reason) {
    return reason === "few" ? `Hidden: fewer than ${atLeast()} people answered.` : "Hidden: a smaller group could be worked out.";
  }

  /** @param {Session} session @param {KnownForm} form */
  function nameOf(session, form) {
    return session.answers[`${form.prefix}.name`]?.trim() || session.name.trim();
  }

  /** The answers of a group to one blank, a choice by its place; who gave them only if asked for, else in an order that tells nothing. @param {Group} group @param {KnownBlank} blank @param {KnownForm} form */
  function answersOf(group, { name: blank, choices = [] }, form) {
    const found = group.sessions.filter((session) => session.answers[blank]?.trim()).map((session) => ({ answer: session.answers[blank].trim(), name: names.checked ? nameOf(session, form) : "" }));
    /** @param {string} answer */
    const place = (answer) => choices.findIndex(([value]) => value === answer) + 1 || Infinity;
    return found.sort((one, other) => order(one.name, other.name) || (place(one.answer) === place(other.answer) ? order(one.answer, other.answer) : place(one.answer) - place(other.answer)));
  }

  /** What each group answered to a blank, and whether it is hidden. @param {KnownBlank} blank @param {Group[]} groups @param {KnownForm} form */
  function rowsOf(blank, groups, form) {
    const given = groups.map((group) => answersOf(group, blank, form));
    const answers = given.map((found) => found.map(({ answer }) => answer));
    const hidden = hides(answers.map((found) => peopleOf(found, blank.choices)), atLeast());
    return groups.map((group, at) => (hidden[at]
      ? { group, hidden: why(hidden[at]), given: [], other: [], found: null }
      : { group, hidden: "", given: given[at], other: otherThan(blank, given[at]), found: blank.rates ? figures(answers[at], blank.choices ?? []) : null }));
  }

  /** Answers that no choice of this edition has. @param {KnownBlank} blank @param {{answer: string, name: string}[]} given */
  function otherThan({ choices }, given) {
    return choices ? given.filter(({ answer }) => choices.every(([value]) => value !== answer)) : [];
  }

  /** What a blank read in other editions, as far as somebody whose answer is shown was asked so. @param {KnownBlank} blank @param {ReturnType<typeof rowsOf>} rows */
  function earlierOf(blank, rows) {
    const words = rows.filter(({ hidden }) => !hidden).flatMap(({ group }) => group.sessions.filter(({ answers }) => answers[blank.name]?.trim()).map(({ wording }) => wording[blank.name] ?? ""));
    return [...new Set(words)].filter((said) => said && said !== blank.wording).sort(order).map((said) => Object.assign(make("p", `In another edition it read: “${said}”`, "pb-quiet"), { dir: "auto" }));
  }

  /** The blanks of a form that somebody answered, those of other editions last; not who and when. @param {Group[]} groups @param {KnownForm} form @param {string} id @returns {(KnownBlank & {old?: boolean})[]} */
  function answered(groups, form, id) {
    const sessions = groups.flatMap((group) => group.sessions);
    const used = new Set(sessions.flatMap(({ answers }) => Object.keys(answers).filter((name) => answers[name].trim())));
    const known = new Set(form.blanks.map(({ name }) => name));
    const gone = [...used].filter((name) => !known.has(name)).map((name) => ({ name, wording: sessions.find((session) => session.wording[name])?.wording[name] || name, old: true }));
    return [...form.blanks, ...gone].filter(({ name }) => used.has(name) && !isWho(name, id));
  }

  /** Everything that is to be shown of a form, worked out once for the page and the files. @param {string} id @param {Session[]} sessions */
  function workOut(id, sessions) {
    const form = formOf(id);
    const groups = groupsOf(sessions, form);
    const blanks = answered(groups, form, id);
    const asked = blanks.map((blank) => ({ blank, rows: rowsOf(blank, groups, form) }));
    const rated = asked.filter(({ blank }) => blank.rates);
    /** @param {(typeof asked)[number]} one */
    const apart = ({ rows }) => Math.max(...rows.map(({ found }) => found?.apart ?? -1));
    rated.sort((one, other) => apart(other) - apart(one));
    return { id, form, groups, rated, written: asked.filter(({ blank }) => !blank.rates) };
  }

  /** @returns {ReturnType<typeof workOut>[]} */
  function all() {
    const found = [...forms.keys()].filter((id) => added.some(({ session }) => session.form === id));
    return found.map((id) => workOut(id, added.map(({ session }) => session).filter((session) => session.form === id)));
  }

  function twoPeople() {
    const sessions = added.map(({ session }) => session).filter(({ form }) => forms.has(form));
    const found = playbookPersons.twoPeople(sessions, signed);
    return found.map((several) => `${several.join(" and ")} saved the same session: only the one saved last counts.`);
  }

  /** Files whose clock was wrong: their time is not believed. */
  function wrongClocks() {
    const counting = new Set(single(added.map(({ session }) => session)));
    return added.filter(({ session }) => playbookPersons.isDoubtful(session)).map(({ session, file }) => {
      const day = new Date(session.changed).toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
      return `“${file}” says that it was changed on ${day}, so its clock was wrong: ${counting.has(session) ? "it counts with the day on which it was begun" : "another save of the same person counts"}.`;
    });
  }

  function show() {
    const dates = compare.value === "dates";
    part("team-dates").hidden = !dates;
    const overlap = dates && until.value && from.value && until.value >= from.value;
    const unknown = [...new Set(added.filter(({ session }) => !forms.has(session.form)).map(({ session }) => session.title))];
    const notes = [...twoPeople(), ...wrongClocks(), overlap && "The first date must be before the second. As it is, some files count in both.", unknown.length && `This edition has no such form: ${unknown.join(", ")}.`].filter(Boolean);
    part("team-note").textContent = notes.join(" ");
    part("team-note").hidden = !notes.length;
    shown.replaceChildren(...all().map(sectionOf));
  }

  /** @param {ReturnType<typeof workOut>} worked */
  function sectionOf({ id, form, groups, rated, written }) {
    const section = make("section", "", "pb-team-form");
    const head = make("h2");
    head.id = `team-${id.replaceAll(".", "-")}`;
    const link = Object.assign(make("a", form.title), { href: playbookHref((shown.dataset.root ?? "") + form.page) });
    head.append(link);
    section.setAttribute("aria-labelledby", head.id);
    const hidden = hides(groups.map(({ sessions }) => sessions.length), atLeast());
    const numbers = { "few": () => `fewer than ${atLeast()} people`, "beside": () => "hidden", "": (/** @type {number} */ people) => `${people} ${people === 1 ? "person" : "people"}` };
    section.append(head, make("p", groups.map(({ title, sessions }, at) => `${title ? `${title}: ` : ""}${numbers[hidden[at]](sessions.length)}`).join(" · "), "pb-quiet"));
    if (rated.length) section.append(tableOf(rated, groups));
    if (written.length) section.append(make("h3", "Answers"), ...written.flatMap(writtenOf));
    return section;
  }

  /** @param {ReturnType<typeof workOut>["rated"]} rated @param {Group[]} groups */
  function tableOf(rated, groups) {
    const several = groups.length > 1;
    const table = make("table", "", "pb-table pb-stacked pb-team-table");
    table.append(make("caption", "Ratings, greatest disagreement first"));
    const heads = ["Rated", ...(several ? ["Group"] : []), "Ratings", "Median", "Spread", "Disagreement", "People"];
    const line = table.createTHead().insertRow();
    line.append(...heads.map((words) => Object.assign(make("th", words), { scope: "col" })));
    for (const { blank, rows } of rated) {
      const body = table.createTBody();
      rows.forEach(({ group, hidden, found, other }, at) => {
        const row = body.insertRow();
        if (at === 0) {
          const head = Object.assign(make("th", blank.wording), { scope: several ? "rowgroup" : "row", rowSpan: rows.length, dir: "auto" });
          head.append(...earlierOf(blank, rows), ...overTime(blank, rows));
          row.append(head);
        }
        /** @param {string} label @param {string | Element} content */
        const cell = (label, content) => {
          const made = row.insertCell();
          made.dataset.label = label;
          made.append(content);
          return made;
        };
        if (several) cell("Group", group.title).dir = "auto";
        if (!found) {
          cell("Ratings", hidden || (other.length ? offScale(other) : "Nobody answered.")).colSpan = 5;
          return;
        }
        const scale = blank.choices ?? [];
        const ratings = cell("Ratings", playbookTeamDrawings.bar(found));
        ratings.append(make("span", found.counts.map((number, level) => (number ? `${number} ${scale[level][1].toLowerCase()}` : "")).filter(Boolean).join(", ")));
        if (other.length) ratings.append(offScale(other));
        cell("Median", inWords(found.median, scale));
        cell("Spread", found.lowest === found.highest ? inWords(found.lowest, scale) : `${inWords(found.lowest, scale)} to ${inWords(found.highest, scale)}`);
        cell("Disagreement", found.apart.toFixed(2));
        cell("People", String(found.people));
      });
    }
    return table;
  }

  /** Ratings that this edition's scale does not have. @param {{answer: string, name: string}[]} other */
  function offScale(other) {
    return Object.assign(make("p", `Not on the scale: ${other.map(({ answer, name }) => (name ? `${name}: ${answer}` : answer)).join(", ")}`, "pb-quiet"), { dir: "auto" });
  }

  /** A line of the medians, where rounds are compared. @param {KnownBlank} blank @param {ReturnType<typeof rowsOf>} rows */
  function overTime(blank, rows) {
    if (compare.value !== "rounds" || rows.length < 2) return [];
    const scale = blank.choices ?? [];
    const words = rows.map(({ group, hidden, found }) => `${group.title}: ${found ? inWords(found.median, scale) : hidden ? "hidden" : "nobody answered"}`);
    return [playbookTeamDrawings.line(rows.map(({ found }) => found?.median ?? null), scale.length, `Median over time. ${words.join("; ")}`)];
  }

  /** @param {ReturnType<typeof workOut>["written"][number]} one */
  function writtenOf({ blank, rows }) {
    const head = Object.assign(make("h4", blank.wording), { dir: "auto" });
    if (blank.old) head.append(" ", make("span", "No longer asked", "pb-note"));
    return [head, ...earlierOf(blank, rows), ...rows.flatMap(({ group, hidden, given, other }) => {
      const title = group.title ? [Object.assign(make("p", group.title, "pb-team-group"), { dir: "auto" })] : [];
      const box = blank.choices?.length === 1;
      if (hidden) return [...title, make("p", hidden, "pb-quiet")];
      if (!given.length) return rows.length > 1 ? [...title, make("p", "Nobody answered.", "pb-quiet")] : [];
      const items = make("ul", "", "pb-team-answers");
      if (blank.choices) {
        items.append(...blank.choices.map(([value, words]) => ({ words, number: given.filter(({ answer }) => answer === value).length })).filter(({ number }) => number).map(({ words, number }) => make("li", box ? `Checked by ${number} of ${group.sessions.length}` : `${words}: ${number}`)), ...other.map(({ answer, name }) => Object.assign(make("li", `Not among the choices: ${name ? `${name}: ` : ""}${answer}`), { dir: "auto" })));
      } else {
        items.append(...given.map(({ answer, name }) => {
          const item = Object.assign(make("li", answer), { dir: "auto" });
          if (name) item.prepend(make("b", `${name}: `));
          return item;
        }));
      }
      return [...title, items];
    })];
  }

  // ---- Taking it away ----

  function ratingsTable() {
    const rows = all().flatMap(({ form, rated }) => rated.flatMap(({ blank, rows: found }) => found.map(({ group, hidden, found: figure }) => {
      const scale = (blank.choices ?? []).map(([, title], place) => `${place + 1} ${title}`).join(", ");
      const start = [form.title, blank.name, blank.wording, scale, group.title];
      if (!figure) return [...start, ...Array(9).fill(""), hidden];
      const { people, lowest, median, highest, apart, counts } = figure;
      const numbers = [people, lowest, median, highest, Number(apart.toFixed(4)), ...counts].map(String);
      return [...start, ...numbers, ...Array(9 - numbers.length).fill(""), ""];
    })));
    // The columns of 'playbook collect'.
    return [["form", "id", "question", "scale", "group", "people", "lowest", "median", "highest", "disagreement", "level 1", "level 2", "level 3", "level 4", "note"], ...rows];
  }

  /** All answers, as 'playbook collect' gives them: each rating with its evidence, choices, then what people wrote. @param {ReturnType<typeof workOut>} worked */
  function inOrder({ rated, written }) {
    const evidence = rated.map(({ blank }) => written.find(({ blank: { name } }) => name === `${blank.name}-notes` || name === `${blank.name}-evidence`));
    const rest = written.filter((one) => !evidence.includes(one));
    return [...rated.flatMap((one, at) => [one, evidence[at] ?? []].flat()), ...rest.filter(({ blank }) => blank.choices), ...rest.filter(({ blank }) => !blank.choices)];
  }

  /** What people read of an answer. @param {KnownBlank} blank @param {string} answer */
  function inFull({ choices }, answer) {
    const title = choices?.find(([value]) => value === answer)?.[1];
    return title === undefined ? answer : answer === "on" ? "checked" : title;
  }

  function answersTable() {
    const rows = all().flatMap((worked) => inOrder(worked).flatMap(({ blank, rows: found }) => found.flatMap(({ group, hidden, given }) => {
      const { form } = worked;
      const start = [form.title, blank.name, blank.wording, group.title];
      if (hidden) return [[...start, ...(names.checked ? [""] : []), "", hidden]];
      return given.map(({ answer, name }) => [...start, ...(names.checked ? [name] : []), inFull(blank, answer), ""]);
    })));
    return [["form", "id", "question", "group", ...(names.checked ? ["name"] : []), "answer", "note"], ...rows];
  }

  const DOES = /** @type {Record<string, () => void>} */ ({
    "choose": () => chooser.click(),
    "own": addOwn,
    "clear": () => keep([]),
    "print": () => window.print(),
    "ratings": () => playbookFiles.csv("team-ratings.csv", ratingsTable()),
    "answers": () => playbookFiles.csv("team-answers.csv", answersTable()),
    "undo": () => {
      added = taken;
      changed();
      part("team-choose").focus();
    },
  });
  for (const [id, act] of Object.entries(DOES)) part(`team-${id}`).addEventListener("click", act);
  chooser.addEventListener("change", () => {
    if (chooser.files) void add([...chooser.files]);
    chooser.value = "";
  });
  for (const control of [compare, least, names]) control.addEventListener("input", show);
  for (const date of [until, from]) {
    date.addEventListener("input", () => {
      date.dataset.set = "yes";
      show();
    });
  }
  const zone = part("team-drop");
  // A file that is dropped beside the zone would be opened instead of this page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
  zone.addEventListener("dragover", () => zone.classList.add("pb-over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("pb-over"));
  window.addEventListener("drop", (event) => {
    zone.classList.remove("pb-over");
    const files = /** @type {DragEvent} */ (event).dataTransfer?.files;
    if (files?.length) void add(files);
  });
  changed();
})();
