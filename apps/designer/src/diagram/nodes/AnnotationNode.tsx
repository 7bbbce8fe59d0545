import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { Anchors } from '../Anchors.js';
import type { ShapeNode } from '../drawing.js';

/** A note: a bracket and its text. */
export const AnnotationNode = memo(function AnnotationNode({ data: { shape } }: NodeProps<ShapeNode>) {
  return (
    <>
      <Anchors />
      <p className="annotation" data-element-id={shape.elementId}>
        {shape.name}
      </p>
    </>
  );
});
