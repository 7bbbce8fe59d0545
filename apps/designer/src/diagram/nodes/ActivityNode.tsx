import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { ActivityIcon } from '../icons/ActivityIcon.js';
import { ActivityMarkers } from '../icons/ActivityMarkers.js';
import type { ShapeNode } from '../drawing.js';
import { Element } from '../Element.js';

/** Letters beyond which a name needs the room beside the icon. */
const LONG_NAME = 34;

/** A task, call activity or collapsed sub-process. */
export const ActivityNode = memo(function ActivityNode({ data: { shape } }: NodeProps<ShapeNode>) {
  const isLong = (shape.name?.length ?? 0) > LONG_NAME;
  const className = ['activity', shape.kind === 'callActivity' && 'activity--call', isLong && 'activity--long'].filter(Boolean).join(' ');
  return (
    <Element shape={shape} className={className}>
      <ActivityIcon kind={shape.kind} />
      <span className="activity__name">{shape.name}</span>
      <ActivityMarkers markers={shape.markers ?? []} isCollapsed={shape.expanded === false} />
    </Element>
  );
});
