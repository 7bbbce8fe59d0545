import { Handle, Position } from '@xyflow/react';

/** React Flow joins edges to handles; ours follow the file's waypoints, so these are never seen. */
export function Anchors() {
  return (
    <>
      <Handle type="target" position={Position.Left} className="anchor" isConnectable={false} tabIndex={-1} />
      <Handle type="source" position={Position.Right} className="anchor" isConnectable={false} tabIndex={-1} />
    </>
  );
}
