/** Values as a person reads them: text bare, everything else as JSON, long ones cut. */
export function valueText(value: unknown, lengthMax = 120): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
}
