import { Anchors } from '../Anchors.js';

/** A point on an edge where another edge begins or ends. */
export function AnchorNode() {
  return <Anchors />;
}
