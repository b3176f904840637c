// @ts-check
// A form that is filled in on screen: saved in this browser while it is typed, in sessions with names, to a file and back.

const kept = playbookAnswers;
const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-form]"));

/** @template {HTMLElement} T @param {string} id @returns {T} */
function part(id) {
  return /** @type {T} */ (document.getElementById(`pb-${id}`));
}

const picker = /** @type {HTMLSelectElement} */ (part("sessions"));
const title = /** @type {HTMLInputElement} */ (part("session-name"));
const state = part("saved");
const notice = part("notice");
const undo = part("undo");
const chooser = /** @type {HTMLInputElement} */ (part("open-file"));
const earlier = part("earlier");
const FORM = form.dataset.form ?? "";
const EDITION = form.dataset.edition ?? "";
const TITLE = document.querySelector("h1")?.textContent?.replace(/\s+/gu, " ").trim() ?? FORM;

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Blank */
const blanks = /** @type {Blank[]} */ ([...form.querySelectorAll("input[name], textarea[name]")]);

/** The blanks of each name: several of them are one choice. @type {Map<string, Blank[]>} */
const named = new Map();
for (const blank of blanks) named.set(blank.name, [...(named.get(blank.name) ?? []), blank]);

let session = kept.fresh(FORM, TITLE, EDITION);
/** The names of the blanks that were changed here and not yet stored. @type {Set<string>} */
const dirty = new Set();
/** What to bring back when somebody changes their mind. @type {(() => void) | null} */
let bringBack = null;
/** @type {number | undefined} */
let resting;

// ---- Blanks ----

/** What one blank holds; "" for a box that is not ticked. @param {Blank} blank */
function valueOf(blank) {
  if (blank instanceof HTMLInputElement && ["radio", "checkbox"].includes(blank.type)) return blank.checked ? blank.value : "";
  return blank.value;
}

/** @param {string} name */
function answerTo(name) {
  return named.get(name)?.map(valueOf).find(Boolean) ?? "";
}

/** @param {Blank} blank @param {string} answer */
function fillIn(blank, answer) {
  if (blank instanceof HTMLInputElement && ["radio", "checkbox"].includes(blank.type)) blank.checked = answer !== "" && blank.value === answer;
  else blank.value = answer;
}

/** What stands beside a blank, as it is kept with its answer. @param {string} name */
function wordingOf(name) {
  return named.get(name)?.[0].dataset.wording ?? "";
}

/** A session with what stands in some blanks now. @param {Session} before @param {Iterable<string>} names @returns {Session} */
function filled(before, names) {
  const answers = { ...before.answers };
  const wording = { ...before.wording };
  for (const name of names) {
    const answer = answerTo(name);
    if (answer) {
      answers[name] = answer;
      wording[name] = wordingOf(name);
    } else {
      delete answers[name];
      delete wording[name];
    }
  }
  return { ...before, answers, wording };
}

// ---- Keeping ----

/** @param {string} words */
function tell(words) {
  if (state.textContent !== words) state.textContent = words;
}

/** Something that the reader must know. @param {string} words */
function warn(words) {
  notice.textContent = words;
  notice.hidden = !words;
}

/** What is stored of this session, which another tab may have written; what is here, where nothing is stored or can be read. */
function latest() {
  try {
    return kept.load(session.id) ?? current();
  } catch {
    return current();
  }
}

/** Writes what changed over what is stored. */
function save() {
  window.clearTimeout(resting);
  if (!dirty.size) return;
  try {
    session = { ...filled(latest(), dirty), name: session.name, changed: new Date().toISOString(), edition: EDITION };
    kept.store(session);
    dirty.clear();
    warn("");
    tell(`Saved in this browser at ${new Date().toLocaleTimeString("en", { hour: "numeric", minute: "2-digit" })}`);
    listSessions();
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    tell("Not saved");
    warn(`${full ? "The storage of this browser is full" : "This browser keeps nothing for this page"}. What you typed is still here: save it to a file before you leave.`);
  }
  document.dispatchEvent(new CustomEvent("pb-answers", { detail: current() }));
}

/** @param {Event} event */
function changed(event) {
  const blank = /** @type {Blank} */ (event.target);
  if (!blank.name) return;
  // What is undone now would take this away.
  undo.hidden = true;
  dirty.add(blank.name);
  tell("Saving …");
  window.clearTimeout(resting);
  resting = window.setTimeout(save, 400);
}

// ---- Showing a session ----

/** @param {Blank} blank */
function touched(blank) {
  return dirty.has(blank.name) || blank === document.activeElement;
}

/** @param {boolean} all whether also what is being typed is replaced */
function show(all = true) {
  for (const blank of blanks) if (all || !touched(blank)) fillIn(blank, session.answers[blank.name] ?? "");
  title.value = session.name;
  showEarlier();
  document.dispatchEvent(new CustomEvent("pb-answers", { detail: session }));
}

/** Answers to blanks that this edition no longer has, and questions that read otherwise when they were answered. */
function showEarlier() {
  const gone = Object.keys(session.answers).filter((name) => !named.has(name));
  const reworded = Object.keys(session.answers).filter((name) => named.has(name) && session.wording[name] && session.wording[name] !== wordingOf(name));
  earlier.hidden = !gone.length && !reworded.length;
  const list = /** @type {HTMLElement} */ (earlier.querySelector("ul"));
  list.replaceChildren(...[...gone, ...reworded].map((name) => {
    const item = document.createElement("li");
    const was = session.wording[name] || name;
    item.textContent = gone.includes(name) ? `No longer asked: “${was}” Your answer: ${session.answers[name]}` : `When you answered, it read: “${was}” Now: “${wordingOf(name)}”`;
    if (gone.includes(name)) item.append(...farewell(name));
    return item;
  }));
}

/** Why a question is no longer asked, and what took its place, where the page says so. @param {string} name */
function farewell(name) {
  const record = CSS.escape(name.replace(/-(notes|evidence)$/u, ""));
  return [...document.querySelectorAll(`[data-retired="${record}"] > p:last-child`)].map((words) => words.cloneNode(true));
}

function listSessions() {
  const { sessions } = kept.all();
  const mine = sessions.filter((found) => found.form === FORM);
  if (!mine.some(({ id }) => id === session.id)) mine.unshift(session);
  picker.replaceChildren(...mine.map(({ id, name, changed: when }) => new Option(`${name} (${new Date(when).toLocaleDateString("en")})`, id, false, id === session.id)), new Option("New session …", ""));
}

/** Whether something is not saved and would be lost; then it says so. */
function holdsUnsaved() {
  save();
  if (!dirty.size) return false;
  warn("What you typed is not saved, so this session stays open. Save it to a file first, then clear it.");
  listSessions();
  return true;
}

/** @param {Session} next */
function openSession(next) {
  session = next;
  dirty.clear();
  show();
  try {
    listSessions();
    kept.hold(FORM, session.id);
  } catch {
    // Told when something is to be saved.
  }
  tell(Object.keys(session.answers).length ? "Saved in this browser" : "Nothing to save yet");
}

// ---- What the buttons do ----

function fileName() {
  // Many people save the same form on the same day, into the same folder.
  const who = answerTo(`${FORM === "lea-self-reflection" ? "rubric" : FORM}.name`);
  return `${FORM.replaceAll(".", "-")}-${`${who} ${session.name} ${session.id.slice(0, 4)}`.toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 90)}`;
}

/** What is filled in now, saved or not. */
function current() {
  return filled(session, named.keys());
}

/** Each answer with what it answers, in the order of the form. */
function rows() {
  const { answers, wording } = current();
  const order = [...new Set([...named.keys(), ...Object.keys(answers)])];
  return order.filter((name) => answers[name]).map((name) => [name, wording[name] ?? "", answers[name]]);
}

/** @param {File} file */
async function openFile(file) {
  if (holdsUnsaved()) return;
  try {
    const found = await kept.readFile(file);
    const copy = { ...found, id: kept.newId() };
    if (found.form !== FORM) {
      kept.store(copy);
      warn(`“${file.name}” belongs to another form: ${found.title}. It is saved there, under the name “${found.name}”.`);
      return;
    }
    warn("");
    openSession(copy);
    keepAll(copy);
  } catch (error) {
    warn(`“${file.name}” cannot be opened: ${error instanceof Error ? error.message : error}. Nothing here was changed.`);
  }
}

/** Stores a whole session at once. @param {Session} whole */
function keepAll(whole) {
  dirty.clear();
  try {
    kept.store(whole);
    tell("Saved in this browser");
    listSessions();
  } catch {
    // What is filled in would be lost with this page, also what was stored before: another tab may have deleted it.
    for (const name of named.keys()) if (answerTo(name)) dirty.add(name);
    tell("Not saved");
    warn("This browser keeps nothing more for this page. What you see is still here: save it to a file before you leave.");
  }
}

/** @param {string} words @param {() => void} back */
function offerUndo(words, back) {
  bringBack = back;
  tell(words);
  undo.hidden = false;
}

function clear() {
  const before = current();
  session = { ...session, answers: {}, wording: {}, changed: new Date().toISOString() };
  show();
  keepAll(session);
  offerUndo("Cleared", () => {
    session = before;
    show();
    keepAll(session);
  });
}

function drop() {
  const before = current();
  try {
    kept.remove(session.id);
  } catch {
    // Then it was never kept.
  }
  dirty.clear();
  openSession(kept.fresh(FORM, TITLE, EDITION));
  offerUndo(`“${before.name}” is deleted`, () => {
    openSession(before);
    keepAll(before);
  });
}

const DOES = /** @type {Record<string, () => void>} */ ({
  "save-file": () => playbookFiles.json(`${fileName()}.json`, current()),
  "open": () => chooser.click(),
  "print-form": () => window.print(),
  "copy-text": async () => {
    const text = [`${TITLE}: ${session.name}`, ...rows().map(([name, asked, answer]) => `${asked || name}\n${answer}`)].join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
      tell("Copied as text");
    } catch {
      warn("This browser does not let the page copy. Save it to a file, or print it.");
    }
  },
  "csv-form": () => playbookFiles.csv(`${fileName()}.csv`, [["id", "question", "answer"], ...rows()]),
  "clear-form": clear,
  "drop": drop,
  "undo": () => {
    undo.hidden = true;
    bringBack?.();
    bringBack = null;
    tell("Brought back");
    picker.focus();
  },
});

for (const [id, act] of Object.entries(DOES)) part(id).addEventListener("click", act);
chooser.addEventListener("change", () => {
  const [file] = chooser.files ?? [];
  if (file) void openFile(file);
  chooser.value = "";
});
picker.addEventListener("change", () => {
  if (holdsUnsaved()) return;
  try {
    openSession((picker.value && kept.load(picker.value)) || kept.fresh(FORM, TITLE, EDITION));
  } catch (error) {
    warn(`This session cannot be read: ${error instanceof Error ? error.message : error}. It was set aside.`);
  }
});
title.addEventListener("input", () => {
  session.name = title.value.trim() || "Without a name";
  keepAll({ ...current(), name: session.name });
});
form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("beforeprint", () => blanks.forEach((blank) => blank.classList.toggle("pb-empty", !blank.value)));
window.addEventListener("pagehide", save);
document.addEventListener("visibilitychange", () => document.hidden && save());
window.addEventListener("beforeunload", (event) => {
  save();
  if (dirty.size) event.preventDefault();
});
window.addEventListener("storage", (event) => {
  if (event.key !== kept.PREFIX + session.id) return;
  if (event.newValue === null) {
    warn("This session was deleted in another tab. What you see is kept when you go on typing.");
    for (const [name] of Object.entries(session.answers)) dirty.add(name);
    return;
  }
  try {
    session = kept.read(event.newValue);
    show(false);
    warn("This session is open in another tab too. What you write in either is kept; in the same field the last one counts.");
  } catch {
    // Somebody wrote nonsense there; what is here stays, and the next save writes over it.
  }
});

(() => {
  try {
    const { sessions, unreadable } = kept.all();
    const mine = sessions.filter((found) => found.form === FORM);
    const last = kept.held(FORM);
    openSession(mine.find(({ id }) => id === last) ?? mine[0] ?? session);
    if (unreadable) warn(`${unreadable} saved session${unreadable > 1 ? "s" : ""} could not be read and ${unreadable > 1 ? "were" : "was"} set aside.`);
  } catch {
    openSession(session);
    warn("This browser keeps nothing for this page (private window, or storage is closed). You can fill it in, print it, and save it to a file.");
  }
})();
