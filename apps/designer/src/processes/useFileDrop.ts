import { useEffect, useState } from 'react';

/**
 * Takes files dropped anywhere on the page. Answers whether files hover over it now.
 *
 * Where they are not welcome they are dropped into nothing: the browser would leave the page to show them.
 */
export function useFileDrop(onDrop: (files: readonly File[]) => void, isWelcome: boolean): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Each element the pointer crosses sends its own enter and leave; only the balance counts.
    let depth = 0;
    const closing = new AbortController();
    const { signal } = closing;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const reset = () => ((depth = 0), setIsOver(false));
    addEventListener('dragenter', (event) => hasFiles(event) && ((depth += 1), setIsOver(true)), { signal });
    addEventListener('dragleave', (event) => hasFiles(event) && (depth -= 1) <= 0 && reset(), { signal });
    addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        reset();
        if (isWelcome) onDrop([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => closing.abort();
  }, [onDrop, isWelcome]);
  return isOver && isWelcome;
}
