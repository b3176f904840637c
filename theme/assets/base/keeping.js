// @ts-check
// What helps against a browser that forgets: it is asked to keep, what is in a file is remembered, and after a while a file is recommended.

const playbookKeeping = (() => {
  const PREFIX = "pb.filed.";
  const ASKED = "pb.asked-to-keep";
  const WEEK = 7 * 86_400_000;
  const MANY = 20;

  /** What a file has of something: when it was saved, the time of the last change in it, and how many answers. @typedef {{at: string, changed: string, count: number}} Filed */

  /** Asks this browser once to keep what it holds for the site; some ask their user. */
  function askToKeep() {
    if (!navigator.storage?.persist || localStorage.getItem(ASKED)) return;
    localStorage.setItem(ASKED, "yes");
    void navigator.storage.persist().catch(() => false);
  }

  /** What the last file has of a session or handout. @param {string} id @returns {Filed | null} */
  function filed(id) {
    try {
      const [at, changed, count] = JSON.parse(localStorage.getItem(PREFIX + id) ?? "[]");
      return at ? { at, changed, count } : null;
    } catch {
      // What cannot be read is not remembered.
      return null;
    }
  }

  /** Remembers that a file has something as it is now. @param {Keepable} one @param {number} count */
  function remember({ id, changed }, count) {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify([new Date().toISOString(), changed, count]));
    } catch {
      // Then it is recommended once more.
    }
  }

  /** What is recommended to somebody who has not saved a file for a while; nothing where there is no need. @param {Keepable & {created: string}} one @param {number} count */
  function advice(one, count) {
    const last = filed(one.id);
    const more = count - (last?.count ?? 0);
    const old = count > 0 && one.changed !== last?.changed && Date.now() - Date.parse(last?.at ?? one.created) > WEEK;
    if (more < MANY && !old) return "";
    return `${more >= MANY ? `${more} answers are` : "What you wrote is"} in no file yet. A browser may forget what it keeps: “Save to a file” is safer.`;
  }

  return { PREFIX, ASKED, askToKeep, filed, remember, advice };
})();
