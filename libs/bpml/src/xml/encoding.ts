import { refuse } from '../import-refused.js';

/** 2 MiB of XML, counted in bytes of UTF-8. */
export const XML_BYTES_MAX = 2 * 1024 * 1024;

/** Browser and Node both have it; the project compiles against neither's types. */
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

const SINGLE_BYTE = new Set(['iso-8859-1', 'latin1', 'windows-1252', 'us-ascii', 'ascii']);

/**
 * The file as text, within the limit of bytes and in an encoding we read: UTF-8, or declared single-byte Latin.
 *
 * @throws ImportRefused `payload-too-large`, `xml-encoding`
 */
export function decodeXml(content: string | Uint8Array, file: string): string {
  if (typeof content === 'string') return checkText(content, file);
  if (content.byteLength > XML_BYTES_MAX) throw tooLarge(file);
  if (isWide(content)) throw refuse('xml-encoding', 400, 'The file is not UTF-8. Save it as UTF-8.', { file });
  const declared = declaredEncoding(String.fromCharCode(...content.subarray(0, 200)));
  if (declared !== undefined && !isReadable(declared)) throw unreadable(declared, file);
  try {
    const label = declared !== undefined && SINGLE_BYTE.has(declared) ? 'windows-1252' : 'utf-8';
    return new TextDecoder(label, { fatal: true }).decode(content);
  } catch {
    throw refuse('xml-encoding', 400, 'The file holds bytes that are not UTF-8. Save it as UTF-8.', { file });
  }
}

function checkText(text: string, file: string): string {
  if (text.length > XML_BYTES_MAX || utf8Length(text) > XML_BYTES_MAX) throw tooLarge(file);
  const declared = declaredEncoding(text);
  if (declared !== undefined && !isReadable(declared)) throw unreadable(declared, file);
  // What bytes of another encoding leave behind once someone has read them as UTF-8.
  if (text.includes('\uFFFD') || text.includes('\0') || !text.isWellFormed()) {
    throw refuse('xml-encoding', 400, 'The file holds characters that are not valid UTF-8. Save it as UTF-8.', { file });
  }
  return text.replace(/^\uFEFF/, '');
}

function isReadable(encoding: string): boolean {
  return encoding === 'utf-8' || encoding === 'utf8' || SINGLE_BYTE.has(encoding);
}

function declaredEncoding(text: string): string | undefined {
  return /^(?:\uFEFF|\u00EF\u00BB\u00BF)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]?.toLowerCase();
}

/** UTF-16 or UTF-32, with a byte order mark or seen by the zero bytes around the first `<`. */
function isWide(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  return (a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe) || a === 0 || (a === 0x3c && b === 0);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const tooLarge = (file: string) => refuse('payload-too-large', 413, 'The file is larger than 2 MiB.', { file });
const unreadable = (encoding: string, file: string) =>
  refuse('xml-encoding', 400, `The encoding "${encoding}" is not read. Save the file as UTF-8.`, { file });
