import { fromNow, fullTime } from './instants.js';
import { useNow } from './useNow.js';

/** An instant in relation to now; the exact one on hover. */
export function Ago({ at }: { readonly at: string }) {
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={fullTime(instant)}>
      {fromNow(instant, useNow())}
    </time>
  );
}
