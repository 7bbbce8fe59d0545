import { use } from 'react';
import type { ReactNode } from 'react';
import { Anchors } from './Anchors.js';
import { DiagramContext, useElementOverlay } from './diagram-view.js';
import { elementInWords } from './element-words.js';
import type { Shape } from './drawing.js';
import { TokenMark } from './TokenMark.js';

interface Props {
  readonly shape: Shape;
  readonly className: string;
  readonly children?: ReactNode;
}

/** What every flow element has in common: its state, its tokens, its words, and that one can choose it. */
export function Element({ shape, className, children }: Props) {
  const { selected, onSelect } = use(DiagramContext);
  const overlay = useElementOverlay(shape.elementId);
  const isSelected = selected === shape.elementId;
  return (
    <>
      <Anchors />
      <button
        type="button"
        className={`element ${className}`}
        data-element-id={shape.elementId}
        data-state={overlay.state}
        aria-label={elementInWords(shape, overlay)}
        aria-pressed={isSelected}
        onClick={() => onSelect(isSelected ? undefined : shape.elementId)}
      >
        {children}
      </button>
      <TokenMark overlay={overlay} />
    </>
  );
}
