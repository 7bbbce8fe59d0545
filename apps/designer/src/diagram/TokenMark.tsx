import type { ElementOverlay } from './overlay.js';

/** The tokens on an element: a dot, a number when there are several, an exclamation mark for an incident. */
export function TokenMark({ overlay: { state, tokens, visits } }: { readonly overlay: ElementOverlay }) {
  if (state === 'incident') {
    return (
      <span className="token" data-kind="incident" aria-hidden>
        !
      </span>
    );
  }
  if (tokens > 0) {
    return (
      <span className="token" data-kind="token" aria-hidden>
        {tokens > 1 ? tokens : ''}
      </span>
    );
  }
  if (visits > 1) {
    return (
      <span className="token" data-kind="visits" aria-hidden>
        {visits}×
      </span>
    );
  }
  return null;
}
