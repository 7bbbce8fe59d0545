/** Texts remembered per parser. A tenant's models hold a few dozen; expressions that make up new ones must not fill the memory. */
const TEXTS_MAX = 500;

/** Longer texts are parsed each time: they are mistakes, or attempts to fill the memory. */
const TEXT_LENGTH_MAX = 200;

/**
 * The same parser, which does not parse again what it has just parsed.
 *
 * A pure function stays one in effect: what a text means never changes, so it cannot be seen whether it was
 * remembered. Results are shared and must not be written to. Mistakes are not remembered.
 */
export function remember<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const parsed = parse(text);
    if (text.length > TEXT_LENGTH_MAX) return parsed;
    if (known.size >= TEXTS_MAX) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}
