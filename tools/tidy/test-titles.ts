/**
 * The titles of a test file, in order: the first text of every `it(…)` and `test(…)`, also behind `.each(…)`, `.skipIf(…)` and the like.
 *
 * Reads text, not syntax: a title that is computed, or nothing but a placeholder of `.each`, is left out.
 */
export function testTitles(source: string): string[] {
  const titles: string[] = [];
  for (const { index, 0: start } of source.matchAll(/(?<=^\s*)(?:it|test)(?:\.\w+)*(?=\()/gm)) {
    let at = index + start.length;
    while (source[at] === '(') {
      const title = /^\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/s.exec(source.slice(at));
      if (title) {
        if (!/^[%$]\w+$/.test(title[2]!)) titles.push(title[2]!);
        break;
      }
      at = afterGroup(source, at);
      at += /^(?:\.\w+)*/.exec(source.slice(at))![0].length;
    }
  }
  return titles;
}

/** The place behind the bracket that closes the one at `start`. */
function afterGroup(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at]!;
    if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
    else if (`'"\``.includes(character)) at = afterText(source, at);
  }
  return source.length;
}

/** The place of the quote that ends the text beginning at `start`. */
function afterText(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === source[start]) return at;
  }
  return source.length;
}
