import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useElementOverlay } from '../diagram-view.js';
import type { LabelNode as Label } from '../drawing.js';

/** The name of an event, gateway or data object, beside it. The shape itself says it to screen readers. */
export const LabelNode = memo(function LabelNode({ data: { text, of, side } }: NodeProps<Label>) {
  const { state } = useElementOverlay(of);
  return (
    <span className="label" data-state={state} data-side={side} aria-hidden>
      {text}
    </span>
  );
});
