import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { Anchors } from '../Anchors.js';
import type { ShapeNode } from '../drawing.js';
import { kindInWords, oneLine } from '../element-words.js';

/** A data store (drum) or data object (sheet with a folded corner). Shown, not executed. */
export const DataNode = memo(function DataNode({ data: { shape } }: NodeProps<ShapeNode>) {
  const isStore = shape.kind.startsWith('dataStore');
  return (
    <>
      <Anchors />
      <figure className="data" aria-label={`${kindInWords(shape)}: ${oneLine(shape.name ?? 'unnamed')}`} data-element-id={shape.elementId}>
        {isStore ? (
          <svg viewBox="0 0 50 50" preserveAspectRatio="none" aria-hidden>
            <path d="M1 8v34c0 4 11 7 24 7s24-3 24-7V8" />
            <ellipse cx="25" cy="8" rx="24" ry="7" />
            <path d="M1 14c0 4 11 7 24 7s24-3 24-7M1 20c0 4 11 7 24 7s24-3 24-7" className="data__band" />
          </svg>
        ) : (
          <svg viewBox="0 0 36 50" preserveAspectRatio="none" aria-hidden>
            <path d="M1 1h24l10 10v38H1Z" />
            <path d="M25 1v10h10" className="data__band" />
          </svg>
        )}
      </figure>
    </>
  );
});
