import { EdgeLabelRenderer } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import type { Bounds } from '@baton/contracts';
import { memo, use } from 'react';
import { DiagramContext } from './diagram-view.js';
import { labelBox } from './drawing.js';
import type { DrawnEdge, Flow } from './drawing.js';
import { besideLine, besideStart, pathAlong } from './waypoints.js';

/** How long one token is on its way, and how long the next one waits for it; in milliseconds. */
const TRAVEL_MS = 520;
/** Names are set at 11.5 px: about this wide a letter, this high a line, broken at this width. */
const LETTER_WIDTH = 6;
const LINE_HEIGHT = 14;
const LINE_WIDTH_MAX = 92;

/** A flow along the file's waypoints, with its arrow head, its name and the token that is on it. */
export const FlowEdge = memo(function FlowEdge({ data }: EdgeProps<DrawnEdge>) {
  const { overlay, movement } = use(DiagramContext);
  if (!data) return null;
  const { flow, isMarked } = data;
  const path = pathAlong(flow.waypoints);
  const taken = overlay.flows.get(flow.elementId) ?? 0;
  const place = movement.flows.indexOf(flow.elementId);
  return (
    <>
      <g data-element-id={flow.elementId} data-state={taken > 0 ? 'visited' : 'idle'} className={`flow flow--${flow.kind}`}>
        <path className="flow__line" d={path} markerEnd={`url(#${markerOf(flow, taken)})`} markerStart={startMarkerOf(flow, isMarked)} />
        {place >= 0 && (
          <circle
            key={movement.id}
            className="flow__token"
            r="6"
            style={{ offsetPath: `path('${path}')`, animationDuration: `${TRAVEL_MS}ms`, animationDelay: `${place * TRAVEL_MS * 0.55}ms` }}
          />
        )}
      </g>
      {flow.name && <FlowName flow={flow} isTaken={taken > 0} />}
    </>
  );
});

function FlowName({ flow, isTaken }: { readonly flow: Flow; readonly isTaken: boolean }) {
  const box = labelBox(besideOwnLine(flow));
  return (
    <EdgeLabelRenderer>
      <span
        className="flow__name"
        data-state={isTaken ? 'visited' : 'idle'}
        style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width }}
      >
        {flow.name}
      </span>
    </EdgeLabelRenderer>
  );
}

/** The box of the name as our font draws it, clear of the line. */
function besideOwnLine({ name = '', label, waypoints }: Flow): Bounds {
  const lines = name.split('\n');
  const width = Math.min(Math.max(...lines.map((line) => line.length)) * LETTER_WIDTH, LINE_WIDTH_MAX);
  const height =
    lines.reduce((rows, line) => rows + Math.max(1, Math.ceil((line.length * LETTER_WIDTH) / LINE_WIDTH_MAX)), 0) * LINE_HEIGHT;
  const place = label ? { x: label.x + (label.width - width) / 2, y: label.y } : besideStart(waypoints, { width, height });
  return { ...besideLine({ ...place, width, height }, waypoints), width, height };
}

function markerOf({ kind }: Flow, taken: number): string {
  if (kind === 'messageFlow') return 'arrow-open';
  if (kind === 'sequenceFlow') return taken > 0 ? 'arrow-taken' : 'arrow';
  return kind === 'dataAssociation' ? 'arrow-thin' : 'none';
}

function startMarkerOf({ kind, isDefault }: Flow, isMarked: boolean): string | undefined {
  if (kind === 'messageFlow') return 'url(#message-start)';
  if (isDefault) return 'url(#default-start)';
  return isMarked ? 'url(#conditional-start)' : undefined;
}
