/** The task to go to when one leaves the list: the one after it, else the one before, else none. */
export function neighborOf(ids: readonly string[], leaving: string): string | undefined {
  const place = ids.indexOf(leaving);
  return place < 0 ? ids[0] : (ids[place + 1] ?? ids[place - 1]);
}
