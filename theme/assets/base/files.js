// @ts-check
// Files that a page gives to its reader; used by browse.js, fill.js and others.

const playbookFiles = (() => {
  /** A cell of a CSV file, made safe as generator/output/csv_text.py does. @param {string} text */
  function quoted(text) {
    const inside = text.replace(/([;\t\r\n])(?=["\s]*[=+\-@＝＋－＠])/gu, "$1'");
    const safe = /^(?:[\t\r\n]|\s*['=+\-@＝＋－＠])/u.test(text) ? `'${inside}` : inside;
    return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** @param {string} name @param {string} text @param {string} type */
  function give(name, text, type) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** Does something where a reader presses Ctrl+S, or Command+S. @param {() => void} save */
  function onSaveKey(save) {
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      save();
    });
  }

  return {
    onSaveKey,
    /** Give a table as a CSV file. Excel takes it for UTF-8 only with the mark in front. @param {string} name @param {string[][]} rows */
    csv: (name, rows) => give(name, `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`, "text/csv"),
    /** @param {string} name @param {unknown} value */
    json: (name, value) => give(name, playbookKept.fileOf(value), "application/json"),
    /** A file of ours as it was stored, whatever it holds. @param {string} name @param {string} text */
    raw: (name, text) => give(name, text, "application/json"),
    /** @param {string} name @param {string} text */
    text: (name, text) => give(name, text, "text/plain"),
    /** @param {string} name @param {string} text */
    svg: (name, text) => give(name, text, "image/svg+xml"),
    quoted,
  };
})();
