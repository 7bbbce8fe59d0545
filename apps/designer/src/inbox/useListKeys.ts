import { useEffect } from 'react';

/** j and k go through a list from anywhere on the page, except where one is typing or a dialog is open. */
export function useListKeys(ids: readonly string[], selected: string | undefined, onSelect: (id: string) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = selected === undefined ? -1 : ids.indexOf(selected);
      const next = ids[place < 0 ? 0 : place + step];
      if (next === undefined) return;
      event.preventDefault();
      onSelect(next);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [ids, selected, onSelect]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="combobox"]') !== null)
  );
}
