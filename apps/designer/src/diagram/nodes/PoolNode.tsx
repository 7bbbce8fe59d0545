import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { Anchors } from '../Anchors.js';
import type { ShapeNode } from '../drawing.js';

/** A pool or lane: a frame with its name along the side, or along the top when it stands. */
export const PoolNode = memo(function PoolNode({ data: { shape } }: NodeProps<ShapeNode>) {
  const isVertical = shape.markers?.includes('vertical');
  return (
    <>
      <Anchors />
      <div className={`pool pool--${shape.kind}`} data-vertical={isVertical} data-element-id={shape.elementId}>
        <span className="pool__name">{shape.name}</span>
      </div>
    </>
  );
});
