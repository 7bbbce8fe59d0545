import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { ShapeNode } from '../drawing.js';
import { Element } from '../Element.js';
import { EventIcon } from '../icons/EventIcon.js';

/** A start (thin), intermediate or boundary (double) or end (thick) event with its trigger. */
export const EventNode = memo(function EventNode({ data: { shape } }: NodeProps<ShapeNode>) {
  const { kind, event = 'none', interrupting = true } = shape;
  const isEnd = kind === 'endEvent';
  const isDouble = kind.startsWith('intermediate') || kind === 'boundaryEvent';
  const isThrown = isEnd || kind === 'intermediateThrowEvent';
  const dash = interrupting ? undefined : '5 3';
  return (
    <Element shape={shape} className="event">
      <svg viewBox="0 0 36 36" aria-hidden>
        <circle className="event__ring" cx="18" cy="18" r={isEnd ? 16 : 17} strokeWidth={isEnd ? 3.2 : 1.5} strokeDasharray={dash} />
        {isDouble && <circle className="event__ring" cx="18" cy="18" r="14" strokeWidth="1.5" strokeDasharray={dash} />}
        <EventIcon trigger={event} isFilled={isThrown} />
      </svg>
    </Element>
  );
});
