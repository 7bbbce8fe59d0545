import type { Golden } from './goldens.js';
import { Recording } from './recording.js';
import { stories } from './stories.js';

/** Every story, played by the engine as it is now. */
export function record(): ReadonlyMap<string, Golden> {
  return new Map(Object.entries(stories).map(([name, story]) => [name, new Recording(story).golden]));
}
