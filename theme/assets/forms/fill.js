// @ts-check
// A form that is filled in on screen: shows the open session, tells what is saved, and does what the buttons say. session.js keeps it.

(() => {
  const kept = playbookAnswers;
  const now = playbookSession;
  const { form, blanks, named, answerTo, fillIn, wordingOf } = playbookFields;

  /** @template {HTMLElement} T @param {string} id @returns {T} */
  function part(id) {
    return /** @type {T} */ (document.getElementById(`pb-${id}`));
  }

  const picker = /** @type {HTMLSelectElement} */ (part("sessions"));
  const title = /** @type {HTMLInputElement} */ (part("session-name"));
  const state = part("saved");
  const when = part("saved-at");
  const notice = part("notice");
  const advice = part("advice");
  const undo = part("undo");
  const chooser = /** @type {HTMLInputElement} */ (part("open-file"));
  /** What to bring back when somebody changes their mind. @type {(() => void) | null} */
  let bringBack = null;
  /** What the list of sessions was made for. */
  let listed = "";

  // ---- Telling ----

  /** Screen readers read this out, so it changes only where something happened: not with each save. @param {string} words */
  function tell(words) {
    if (state.textContent !== words) state.textContent = words;
    when.textContent = "";
  }

  /** Something that the reader must know. @param {string} words */
  function warn(words) {
    if (notice.textContent !== words) notice.textContent = words;
    notice.hidden = !words;
  }

  /** What came of storing. @param {unknown} error */
  function report(error) {
    const long = now.tooLong();
    if (error) {
      tell("Not saved");
      warn(`${playbookKept.whyNot(error)} What you typed is still here: save it to a file before you leave.`);
    } else if (long.length) {
      tell("Not all of it is saved");
      warn(`${long.map((name) => `“${wordingOf(name)}” holds ${answerTo(name).length.toLocaleString("en")} letters`).join("; ")}. Only the first ${kept.LONGEST.toLocaleString("en")} are saved: move the rest into another box or session, or copy it as text.`);
    } else {
      tell("Saved in this browser");
      when.textContent = `at ${new Date().toLocaleTimeString("en", { hour: "numeric", minute: "2-digit" })}`;
      warn("");
    }
    if (error) return;
    playbookEarlier.show(now.session);
    listSessions();
    recommend();
    playbookKeeping.askToKeep();
  }

  /** Says quietly when a file would be safer. */
  function recommend() {
    const said = playbookKeeping.advice(now.session, Object.keys(now.session.answers).length);
    advice.hidden = !said;
    if (advice.textContent !== said) advice.textContent = said;
  }

  // ---- Showing a session ----

  /** @param {boolean} all whether also what is being typed is replaced */
  function show(all = true) {
    const { session } = now;
    for (const blank of blanks) {
      const typed = now.isDirty(blank.name) || blank === document.activeElement;
      if (all || !typed) fillIn(blank, session.answers[blank.name] ?? "");
    }
    if (all || !now.isDirty(now.NAME)) title.value = session.name;
    playbookEarlier.show(session);
    now.announce();
  }

  /** The list of sessions says the name and the day of each; it is made anew only where they changed. */
  function listSessions() {
    const { session } = now;
    const said = [session.id, session.name, session.changed.slice(0, 10)].join();
    if (said === listed) return;
    listed = said;
    const mine = [session, ...kept.all().sessions.filter(({ form: of, id }) => of === now.FORM && id !== session.id)].sort((one, other) => other.changed.localeCompare(one.changed));
    picker.replaceChildren(...mine.map(({ id, name, changed }) => new Option(`${name} (${new Date(changed).toLocaleDateString("en")})`, id, false, id === session.id)), new Option("New session …", ""));
  }

  /** Whether something is not saved and would be lost; then it says so. */
  function holdsUnsaved() {
    now.save();
    if (now.unsaved()) warn("What you typed is not saved, so this session stays open. Save it to a file, or shorten it, first.");
    picker.value = now.session.id;
    return now.unsaved();
  }

  /** @param {Session} next */
  function open(next) {
    now.open(next);
    listed = "";
    show();
    try {
      listSessions();
      kept.hold(now.FORM, next.id);
    } catch {
      // Told when something is to be saved.
    }
    recommend();
    tell(Object.keys(next.answers).length ? "Saved in this browser" : "Nothing to save yet");
  }

  // ---- What the buttons do ----

  function fileName() {
    // Many people save the same form on the same day, into the same folder.
    const { session } = now;
    const who = answerTo(`${now.FORM === "lea-self-reflection" ? "rubric" : now.FORM}.name`);
    return `${now.FORM.replaceAll(".", "-")}-${`${who} ${session.name} ${session.id.slice(0, 4)}`.toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 90)}`;
  }

  /** Each answer in full with what it answers, in the order of the form. */
  function rows() {
    const { answers, wording } = now.current();
    const order = [...new Set([...named.keys(), ...Object.keys(answers)])];
    return order.filter((name) => answers[name]).map((name) => [name, wording[name] ?? "", answerTo(name) || answers[name]]);
  }

  function asText() {
    return [`${now.TITLE}: ${now.session.name}`, ...rows().map(([name, asked, answer]) => `${asked || name}\n${answer}`)].join("\n\n");
  }

  /** A file that opens again; where there is too much for one, a text. */
  function saveFile() {
    const whole = now.current();
    try {
      kept.check(whole);
      playbookFiles.json(`${fileName()}.json`, whole);
      playbookKeeping.remember(whole, Object.keys(whole.answers).length);
      recommend();
    } catch (error) {
      playbookFiles.text(`${fileName()}.txt`, asText());
      warn(`This is too much for a file that opens again: ${error instanceof Error ? error.message : error}. You have it as a text.`);
    }
  }

  /** @param {File} file */
  async function openFile(file) {
    if (holdsUnsaved()) return;
    try {
      const copy = kept.copyOf(await kept.readFile(file));
      if (copy.form !== now.FORM) {
        kept.store(copy);
        warn(`“${file.name}” belongs to another form: ${copy.title}. It is saved there, under the name “${copy.name}”.`);
        return;
      }
      warn("");
      open(copy);
      now.keepAll(copy);
    } catch (error) {
      warn(`“${file.name}” cannot be opened: ${error instanceof Error ? error.message : error}. Nothing here was changed.`);
    }
  }

  /** @param {string} words @param {() => void} back */
  function offerUndo(words, back) {
    bringBack = back;
    tell(words);
    undo.hidden = false;
  }

  function clear() {
    const before = now.current();
    const empty = { ...before, answers: {}, wording: {}, changed: new Date().toISOString() };
    now.keepAll(empty);
    show();
    offerUndo("Cleared", () => {
      now.keepAll(before);
      show();
    });
  }

  function drop() {
    const before = now.current();
    try {
      kept.remove(before.id);
    } catch {
      // Then it was never kept.
    }
    open(now.fresh());
    offerUndo(`“${before.name}” is deleted`, () => {
      open(before);
      now.keepAll(before);
    });
  }

  const DOES = /** @type {Record<string, () => void>} */ ({
    "save-file": saveFile,
    "open": () => chooser.click(),
    "print-form": () => window.print(),
    "copy-text": async () => {
      try {
        await navigator.clipboard.writeText(asText());
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
  playbookFiles.onSaveKey(saveFile);
  picker.addEventListener("change", () => {
    const chosen = picker.value;
    if (holdsUnsaved()) return;
    try {
      open((chosen && kept.load(chosen)) || now.fresh());
    } catch (error) {
      warn(`This session cannot be read: ${error instanceof Error ? error.message : error}. It is listed under “All your sessions”.`);
    }
  });

  // ---- What happens to the page ----

  /** What is undone now would take this away. @param {string} name */
  function changed(name) {
    undo.hidden = true;
    if (state.textContent === "Saved in this browser") when.textContent = "Saving …";
    now.changed(name);
  }

  title.addEventListener("input", () => {
    now.rename(title.value.trim() || "Without a name");
    changed(now.NAME);
  });
  form.addEventListener("input", ({ target }) => {
    const { name } = /** @type {Blank} */ (target);
    if (name) changed(name);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeprint", () => blanks.forEach((blank) => blank.classList.toggle("pb-empty", !blank.value)));
  window.addEventListener("pagehide", now.save);
  document.addEventListener("visibilitychange", () => document.hidden && now.save());
  window.addEventListener("beforeunload", (event) => {
    now.save();
    if (now.unsaved()) event.preventDefault();
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== kept.PREFIX + now.session.id) return;
    if (event.newValue === null) return void tellDeleted();
    try {
      now.takeOver(event.newValue);
      show(false);
      warn("This session is open in another tab too. What you write in either is kept; in the same field the last one counts.");
    } catch {
      // Somebody wrote nonsense there; what is here stays, and the next save sets it aside.
    }
  });
  // A page that comes back from the browser's memory was told nothing of what was written meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    try {
      if (!now.refresh()) return void tellDeleted();
      listed = "";
      show(!now.unsaved());
      listSessions();
    } catch {
      // What is here stays, as above.
    }
  });

  function tellDeleted() {
    if (Object.keys(now.session.answers).length) warn("This session was deleted in another tab. What you see is kept when you go on typing.");
  }

  now.onStored(report);
  try {
    const { sessions, unreadable } = kept.all();
    const mine = sessions.filter(({ form: of }) => of === now.FORM);
    const last = kept.held(now.FORM);
    open(mine.find(({ id }) => id === last) ?? mine[0] ?? now.session);
    if (unreadable) warn(`${unreadable} saved session${unreadable > 1 ? "s" : ""} could not be read. You find ${unreadable > 1 ? "them" : "it"} under “All your sessions”.`);
  } catch {
    open(now.session);
    warn("This browser keeps nothing for this page (private window, or storage is closed). You can fill it in, print it, and save it to a file.");
  }
})();
