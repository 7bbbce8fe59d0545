import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { ShapeNode } from '../drawing.js';
import { Element } from '../Element.js';
import { GatewayIcon } from '../icons/GatewayIcon.js';

/** A diamond with the marker of its kind. */
export const GatewayNode = memo(function GatewayNode({ data: { shape } }: NodeProps<ShapeNode>) {
  return (
    <Element shape={shape} className="gateway">
      <svg viewBox="0 0 50 50" aria-hidden>
        <path className="gateway__diamond" d="M25 1.5 48.5 25 25 48.5 1.5 25Z" />
        <GatewayIcon kind={shape.kind} />
      </svg>
    </Element>
  );
});
