/**
 * How states, events and commands become bytes: one format byte, one key id, then the body.
 *
 * Every format so far is JSON in UTF-8. Format 2 holds what version 2 of the engine's events and states looks like, format 1 what
 * version 1 did: `stored.ts` brings both to today's. Key 0 is "not encrypted"; a key per tenant can come later without touching a table.
 * The same value gives the same bytes, which is what lets a folded history be compared with the stored state.
 */
const FORMAT = 2;
const FORMATS: readonly number[] = [1, FORMAT];
const KEY_NONE = 0;
const HEADER_BYTES = 2;

export function encode(value: unknown): Buffer {
  return frame(JSON.stringify(value));
}

/** Bytes of a value that is JSON text already. */
export function frame(json: string): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + Buffer.byteLength(json));
  bytes[0] = FORMAT;
  bytes[1] = KEY_NONE;
  bytes.write(json, HEADER_BYTES);
  return bytes;
}

/** @throws Error when the bytes have a format or a key this version does not know. */
export function decode<Value>(bytes: Uint8Array): Value {
  formatOf(bytes);
  if (bytes[1] !== KEY_NONE) throw new Error(`Expected stored bytes without encryption, found key ${bytes[1]}.`);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + HEADER_BYTES, bytes.byteLength - HEADER_BYTES).toString('utf8')) as Value;
}

/** @throws Error when this version does not know it. */
export function formatOf(bytes: Uint8Array): number {
  const [format] = bytes;
  if (format === undefined || !FORMATS.includes(format))
    throw new Error(`Expected stored bytes of format 1 to ${FORMAT}, found ${format}.`);
  return format;
}
