import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { Anchors } from '../Anchors.js';
import { useElementOverlay } from '../diagram-view.js';
import type { ShapeNode } from '../drawing.js';
import { elementInWords } from '../element-words.js';
import { ActivityMarkers } from '../icons/ActivityMarkers.js';
import { TokenMark } from '../TokenMark.js';

/** An expanded sub-process, transaction or group: drawn around what it contains. */
export const FrameNode = memo(function FrameNode({ data: { shape } }: NodeProps<ShapeNode>) {
  const overlay = useElementOverlay(shape.elementId);
  const markers = (shape.markers ?? []).filter((marker) => marker !== 'eventSubProcess');
  return (
    <>
      <Anchors />
      <fieldset
        className="frame"
        aria-label={elementInWords(shape, overlay)}
        data-kind={shape.markers?.includes('eventSubProcess') ? 'eventSubProcess' : shape.kind}
        data-element-id={shape.elementId}
        data-state={overlay.state}
      >
        <span className="frame__name">{shape.name}</span>
        <ActivityMarkers markers={markers} isCollapsed={false} />
      </fieldset>
      <TokenMark overlay={overlay} />
    </>
  );
});
