import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.js';
import { parseVariables } from './parse-variables.js';
import { checkVariables } from './check-variables.js';

// Features: P-10, R-02

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);
/** Variables from parsed values, as a worker or a form hands them in. */
const key = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

/** The refusals of reliability.md section 4 that variables share, by row: input, code, status, pointer. */
const REFUSED: readonly (readonly [row: number, what: string, input: string | object, code: string, status: number, pointer?: string])[] = [
  [19, 'a trailing comma', '{"a":1,}', 'json-malformed', 400],
  [19, 'a comment', '{/* */}', 'json-malformed', 400],
  [19, 'NaN', '{"a":NaN}', 'json-malformed', 400],
  [19, 'single quotes', `{'a':1}`, 'json-malformed', 400],
  [19, 'a number with a leading zero', '{"a":01}', 'json-malformed', 400],
  [19, 'a raw line break in a text', '{"a":"\n"}', 'json-malformed', 400],
  [19, 'something after the end', '{} {}', 'json-malformed', 400],
  [19, 'no end', '{"a":[1', 'json-malformed', 400],
  [20, 'nothing', ' \n', 'json-empty', 400],
  [21, 'nesting of 65', `{"a":${nested(64)}}`, 'json-too-deep', 400],
  [21, '200 000 brackets', nested(200_000), 'json-too-deep', 400],
  [21, '200 000 brackets that never close', '['.repeat(200_000), 'json-too-deep', 400],
  [21, 'nesting of 65, parsed already', { a: JSON.parse(nested(64)) }, 'json-too-deep', 400],
  [22, 'a variable over 256 KiB', { big: 'x'.repeat(256 * 1024) }, 'variable-too-large', 422, '/big'],
  [22, 'a variable over 256 KiB in UTF-8 only', { big: 'ü'.repeat(130 * 1024) }, 'variable-too-large', 422, '/big'],
  [22, 'all of them over 1 MiB', Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`v${n}`, 'x'.repeat(250_000)])), 'variable-too-large', 422],
  [23, 'a nested __proto__', '{"a":{"__proto__":{"x":1}}}', 'json-forbidden-key', 400, '/a/__proto__'],
  [23, 'an escaped __proto__', '{"a":[{"__pro\\u0074o__":1}]}', 'json-forbidden-key', 400, '/a/0/__proto__'],
  [23, 'constructor.prototype', '{"a":{"constructor":{"prototype":{"x":1}}}}', 'json-forbidden-key', 400, '/a/constructor/prototype'],
  [23, 'a __proto__ of its own, parsed already', { a: JSON.parse('{"__proto__":1}') }, 'json-forbidden-key', 400, '/a/__proto__'],
  [
    23,
    'constructor.prototype, parsed already',
    { a: { constructor: { prototype: 1 } } },
    'json-forbidden-key',
    400,
    '/a/constructor/prototype',
  ],
  [24, 'a variable named __proto__', '{"__proto__":1}', 'variable-name-reserved', 422, '/__proto__'],
  [24, 'a variable named __proto__, escaped', '{"\\u005f_proto__":1}', 'variable-name-reserved', 422, '/__proto__'],
  [24, 'a variable named prototype', '{"prototype":1}', 'variable-name-reserved', 422, '/prototype'],
  [24, 'a variable named constructor', '{"constructor":1}', 'variable-name-reserved', 422, '/constructor'],
  [24, 'a variable named __proto__, parsed already', JSON.parse('{"__proto__":1}') as object, 'variable-name-reserved', 422, '/__proto__'],
  [25, 'a duplicate key', '{"a":1,"a":1}', 'json-duplicate-key', 400, '/a'],
  [25, 'a duplicate key, spelled differently', '{"x":{"a":1,"\\u0061":2}}', 'json-duplicate-key', 400, '/x/a'],
  [26, '9007199254740993', '{"a":9007199254740993}', 'number-not-safe', 422, '/a'],
  [26, '1e999', '{"a":[0,1e999]}', 'number-not-safe', 422, '/a/1'],
  [26, '-0', '{"a":-0}', 'number-not-safe', 422, '/a'],
  [26, '-0.0', '{"a":-0.0}', 'number-not-safe', 422, '/a'],
  [26, '1e-400', '{"a":1e-400}', 'number-not-safe', 422, '/a'],
  [26, 'digits past a double', '{"a":0.12345678901234567}', 'number-not-safe', 422, '/a'],
  [26, '2^53, parsed already', { a: 2 ** 53 }, 'number-not-safe', 422, '/a'],
  [26, 'NaN, parsed already', { a: { b: NaN } }, 'number-not-safe', 422, '/a/b'],
  [26, '-0, parsed already', { a: -0 }, 'number-not-safe', 422, '/a'],
  [27, 'an escaped NUL', '{"a":"\\u0000"}', 'text-not-well-formed', 400, '/a'],
  [27, 'NUL in a name', '{"\\u0000":1}', 'text-not-well-formed', 400],
  [27, 'half a surrogate pair', '{"a":"\\ud800"}', 'text-not-well-formed', 400, '/a'],
  [27, 'the wrong half first', '{"a":"\\udc00\\ud800"}', 'text-not-well-formed', 400, '/a'],
  [27, 'half a surrogate pair, parsed already', { a: ['\ud800'] }, 'text-not-well-formed', 400, '/a/0'],
  [32, 'a list instead of variables', '[1]', 'validation-failed', 422],
  [32, 'a date', { at: new Date(0) }, 'validation-failed', 422, '/at'],
  [32, 'undefined', { a: { b: undefined } }, 'validation-failed', 422, '/a/b'],
  [32, 'a function', { a: () => 1 }, 'validation-failed', 422, '/a'],
  [32, 'a big integer', { a: 1n }, 'validation-failed', 422, '/a'],
];

describe('variables that come in', () => {
  it.each(REFUSED)('row %i: %s', (_row, _what, input, code, status, pointer) => {
    const refused = (): unknown => {
      try {
        return parseVariables(input);
      } catch (error) {
        return error;
      }
    };
    expect(refused()).toMatchObject({ name: 'AppError', code, status });
    if (pointer !== undefined) expect(refused()).toMatchObject({ errors: [{ code, pointer }] });
  });

  it('row 21: may nest 64 deep', () => {
    const text = `{"a":${nested(63)}}`;
    expect(parseVariables(text)).toEqual(JSON.parse(text));
  });

  it('row 21: a value that contains itself is too deep, not endless', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => parseVariables(loop)).toThrow(expect.objectContaining({ code: 'json-too-deep' }));
  });

  it('row 22: may be exactly 256 KiB each', () => {
    const text = 'x'.repeat(256 * 1024 - 2); // and two quotation marks
    expect(parseVariables({ big: text })).toEqual({ big: text });
  });

  it('row 24: are plain data under any other name, and nobody’s prototype', () => {
    for (const name of ['hasOwnProperty', 'toString', 'valueOf', '__defineGetter__', '', 'ключ', '🎼']) {
      expect(parseVariables(JSON.stringify(key(name, { x: 1 })))).toEqual(key(name, { x: 1 }));
      expect(checkVariables(key(name, 1))).toEqual(key(name, 1));
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
    expect(parseVariables('{"a":{"prototype":1,"constructor":2}}')).toEqual({ a: { prototype: 1, constructor: 2 } });
  });

  it.each([
    '0',
    '1',
    '-1',
    '9007199254740991',
    '-9007199254740991',
    '0.1',
    '1.50',
    '1e3',
    '1E+3',
    '5e-324',
    '123456789.123456',
    '0.30000000000000004',
  ])('row 26: the number %s is kept exactly', (source) => {
    expect(parseVariables(`{"a":${source}}`)).toEqual({ a: Number(source) });
  });

  it('row 27: keep text in any script, with pairs of surrogates', () => {
    expect(parseVariables('{"a":"\\ud83c\\udfbc Grüße \\"\\\\\\/\\b\\f\\n\\r\\t"}')).toEqual({ a: '🎼 Grüße "\\/\b\f\n\r\t' });
  });

  it('count pointers in the escaped form of RFC 6901', () => {
    expect(() => parseVariables('{"a/b":{"c~d":-0}}')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/a~1b/c~0d' })] }),
    );
  });
});

describe('a document that brings variables', () => {
  it('has reserved names only where variables stand', () => {
    expect(() => parseJson('{"variables":{"constructor":1}}')).toThrow(expect.objectContaining({ code: 'variable-name-reserved' }));
    expect(parseJson('{"constructor":1,"variables":{"a":{"constructor":1}}}')).toEqual({
      constructor: 1,
      variables: { a: { constructor: 1 } },
    });
    expect(parseJson('{"variables":{"constructor":1}}', 'nowhere')).toEqual({ variables: { constructor: 1 } });
  });

  it('is read as JSON.parse reads it, where nothing is to be refused', () => {
    for (const text of [
      'null',
      ' [ ] ',
      '{ "a" : [ { } , "b" , [ ] ] , "c" : { "d" : null } }',
      '"text"',
      '[[[1],2],3]',
      '{"a":{"b":{}},"c":1}',
      'true',
    ]) {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }
  });
});
