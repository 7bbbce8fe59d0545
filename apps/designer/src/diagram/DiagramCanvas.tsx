import type { Diagram } from '@baton/contracts';
import { useComputedColorScheme } from '@mantine/core';
import { Controls, MiniMap, ReactFlow } from '@xyflow/react';
import type { EdgeTypes, FitViewOptions, NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useState } from 'react';
import { ArrowHeads } from './ArrowHeads.js';
import './controls.css';
import './diagram.css';
import { DiagramContext } from './diagram-view.js';
import { drawing } from './drawing.js';
import { FlowEdge } from './FlowEdge.js';
import { Legend } from './Legend.js';
import { ActivityNode } from './nodes/ActivityNode.js';
import { AnchorNode } from './nodes/AnchorNode.js';
import { AnnotationNode } from './nodes/AnnotationNode.js';
import { DataNode } from './nodes/DataNode.js';
import { EventNode } from './nodes/EventNode.js';
import { FrameNode } from './nodes/FrameNode.js';
import { GatewayNode } from './nodes/GatewayNode.js';
import { LabelNode } from './nodes/LabelNode.js';
import { PoolNode } from './nodes/PoolNode.js';
import type { Overlay } from './overlay.js';
import { useMovement } from './useMovement.js';

const nodeTypes: NodeTypes = {
  pool: PoolNode,
  frame: FrameNode,
  activity: ActivityNode,
  event: EventNode,
  gateway: GatewayNode,
  data: DataNode,
  annotation: AnnotationNode,
  label: LabelNode,
  anchor: AnchorNode,
};
const edgeTypes: EdgeTypes = { flow: FlowEdge };
/** Room for the buttons at the right. */
const FIT = { padding: { top: '20px', left: '20px', bottom: '20px', right: '60px' }, maxZoom: 1.25 } as const;
/** From here on an overview helps to find the way. */
const SHAPES_WITH_MINIMAP = 60;

/** On a narrow screen a whole diagram is too small to read: it opens where the tokens are. */
function firstLook({ elements }: Overlay): FitViewOptions {
  const here = [...elements].flatMap(([id, { tokens }]) => (tokens > 0 ? [{ id }] : []));
  const isNarrow = globalThis.matchMedia('(max-width: 48em)').matches;
  return isNarrow && here.length > 0 ? { ...FIT, nodes: here, minZoom: 0.5, maxZoom: 0.6 } : FIT;
}

interface Props {
  readonly diagram: Diagram;
  readonly overlay: Overlay;
  /** The element chosen, and what happens when another one is. */
  readonly selected: string | undefined;
  readonly onSelect: (elementId: string | undefined) => void;
}

/** A process as its file draws it, read-only, with an instance on top: pan, zoom, choose an element. */
export function DiagramCanvas({ diagram, overlay, selected, onSelect }: Props) {
  const { nodes, edges } = useMemo(() => drawing(diagram), [diagram]);
  const movement = useMovement(overlay);
  const view = useMemo(() => ({ overlay, movement, selected, onSelect }), [overlay, movement, selected, onSelect]);
  const [first] = useState(() => firstLook(overlay));
  const colorMode = useComputedColorScheme('light');
  return (
    <DiagramContext value={view}>
      <section className="diagram" aria-label="Diagram">
        <ArrowHeads />
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={colorMode}
          fitView
          fitViewOptions={first}
          minZoom={0.15}
          maxZoom={3}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnScroll={false}
          zoomOnScroll={false}
          zoomActivationKeyCode={['Control', 'Meta']}
          preventScrolling={false}
          onPaneClick={() => onSelect(undefined)}
          disableKeyboardA11y
        >
          <Controls showInteractive={false} position="top-right" fitViewOptions={FIT} />
          {diagram.shapes.length > SHAPES_WITH_MINIMAP && <MiniMap pannable zoomable ariaLabel="Overview" />}
        </ReactFlow>
        <Legend />
      </section>
    </DiagramContext>
  );
}
