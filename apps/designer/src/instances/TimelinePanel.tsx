import { Button } from '@mantine/core';
import { IconHistory, IconX } from '@tabler/icons-react';
import type { Entry } from '../timeline/entries.js';
import type { Names } from '../timeline/names.js';
import { TimelineList } from '../timeline/TimelineList.js';
import { EmptyView } from '../ui/EmptyView.js';

interface Props {
  readonly entries: readonly Entry[];
  readonly at: number | undefined;
  readonly names: Names;
  /** The element chosen on the diagram: only its entries are shown. */
  readonly selected: string | undefined;
  readonly onSelect: (elementId: string | undefined) => void;
  readonly onGoTo: (sequence: number) => void;
}

/** The timeline, of everything or of the element chosen on the diagram. */
export function TimelinePanel({ entries, at, names, selected, onSelect, onGoTo }: Props) {
  const shown = selected === undefined ? entries : entries.filter(({ elementId }) => elementId === selected);
  return (
    <>
      {selected !== undefined && (
        <Button size="compact-sm" variant="light" mb="xs" rightSection={<IconX size={12} />} onClick={() => onSelect(undefined)}>
          Only {names.element(selected)}
        </Button>
      )}
      {shown.length === 0 ? (
        <EmptyView icon={IconHistory} title={selected === undefined ? 'It is about to start' : 'Nothing happened here yet'} />
      ) : (
        <TimelineList entries={shown} at={at} onGoTo={onGoTo} />
      )}
    </>
  );
}
