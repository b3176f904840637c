// @ts-check
// The items that a handout can be made of, by id and by words.

/**
 * @typedef {{id: string, kind: string, source: string, place: string, texts: string[], under: string, tools: string, href: string, words: string, where: string, around: string}} Item
 */

const playbookItemIndex = (() => {
  const { asked, plain, forms } = playbookWords;
  /** @type {{kinds: Record<string, string>, sources: Record<string, string>, items: [string, string, string, string, string[], string, string, string][]}} */
  const known = /** @type {any} */ (window).playbookItems;

  /** @type {Item[]} */
  const items = known.items.map(([id, kind, source, place, texts, under, tools, address]) => {
    const words = ` ${plain([tools, ...texts].join(" "))} `;
    const where = ` ${plain(`${place} ${known.kinds[kind]}`)} `;
    const around = `${where}${plain(under)} `;
    return { id, kind: known.kinds[kind], source, place, texts, under, tools, href: playbookHref(`../${address}`), words, where, around };
  });
  const byId = new Map(items.map((item) => [item.id, item]));

  /** How well an item has one of the forms of a word: as a word of its own text best, as the beginning of one around it least. @param {Item} item @param {string[]} any */
  function weight({ words, around }, any) {
    const places = [(/** @type {string} */ form) => words.includes(` ${form} `), (/** @type {string} */ form) => words.includes(` ${form}`), (/** @type {string} */ form) => around.includes(` ${form} `), (/** @type {string} */ form) => around.includes(` ${form}`)];
    const at = places.findIndex((has) => any.some(has));
    return at < 0 ? 0 : places.length - at;
  }

  /** The items that have all words, the best first: those of a place and kind that was asked for; those that are as good stay in the order of the playbook. @param {string} text */
  function find(text) {
    const words = plain(asked(text).text).split(" ").filter(Boolean);
    if (!words.length) return [];
    const wanted = words.map(forms);
    const phrase = ` ${words.join(" ")}`;
    const found = items.flatMap((item) => {
      const weights = wanted.map((any) => weight(item, any));
      if (weights.includes(0)) return [];
      const asPlace = wanted.every((any) => any.some((form) => item.where.includes(` ${form}`)));
      const together = words.length > 1 && item.words.includes(phrase);
      return { item, worth: asPlace ? Infinity : weights.reduce((sum, one) => sum + one, Number(together) * 2) };
    });
    return found.sort((one, other) => Number(other.worth > one.worth) - Number(other.worth < one.worth)).map(({ item }) => item);
  }

  return { get: (/** @type {string} */ id) => byId.get(id), find, sources: known.sources };
})();
