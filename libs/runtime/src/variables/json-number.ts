/**
 * Does a double hold this JSON number exactly as written?
 *
 * Infinity, integers past 2^53 − 1, −0, values that vanish to 0 and digits that would be rounded away are refused: what was
 * sent is what is stored, or the sender hears about it.
 */
export function isExactNumber(source: string): boolean {
  const value = Number(source);
  if (!isSafeNumber(value)) return false;
  const digits = significantDigits(source);
  if (value === 0) return digits === '';
  return digits.length <= 15 || digits === significantDigits(String(value));
}

/** The part of that question which a number alone can answer. */
export function isSafeNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** `-0.0120e5` → `12`: what is left without sign, point, exponent and outer zeros. */
function significantDigits(source: string): string {
  const mantissa = source
    .replace(/^-/, '')
    .replace(/[eE].*$/, '')
    .replace('.', '');
  return mantissa.replace(/^0+/, '').replace(/0+$/, '');
}
