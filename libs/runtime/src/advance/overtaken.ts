/** Somebody was told something that this batch does not know yet; it has to read again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
