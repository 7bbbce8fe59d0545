import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBolt,
  IconDatabase,
  IconFlag,
  IconHourglass,
  IconPlayerPlay,
  IconUser,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { clockTime, duration, fullTime } from '../ui/instants.js';
import type { Entry, Tone } from './entries.js';
import './timeline.css';

const ICONS: Record<Tone, Icon> = {
  start: IconPlayerPlay,
  person: IconUser,
  work: IconBolt,
  choice: IconArrowsSplit2,
  data: IconDatabase,
  wait: IconHourglass,
  trouble: IconAlertTriangle,
  end: IconFlag,
};
/** A pause longer than this is shown as one. */
const GAP_MS = 60_000;

interface Props {
  readonly entries: readonly Entry[];
  /** The event shown now; later entries are dimmed. `undefined`: live. */
  readonly at: number | undefined;
  /** Goes to the moment of an entry. */
  readonly onGoTo: (sequence: number) => void;
}

/** What happened, in sentences with their reasons; each one leads to its moment. */
export function TimelineList({ entries, at, onGoTo }: Props) {
  return (
    <ol className="timeline">
      {entries.map((entry, index) => {
        const EntryIcon = ICONS[entry.tone];
        const pause = entry.at - (entries[index - 1]?.at ?? entry.at);
        const isNow = at !== undefined && entry.sequence <= at && (entries[index + 1]?.sequence ?? Infinity) > at;
        return (
          <li key={entry.sequence}>
            {pause > GAP_MS && <p className="timeline__gap">{duration(pause)} later</p>}
            <div className="timeline__entry" data-tone={entry.tone} data-later={at !== undefined && entry.sequence > at} data-now={isNow}>
              <span className="timeline__icon" aria-hidden>
                <EntryIcon size={13} stroke={2} />
              </span>
              <div className="timeline__text">
                <button
                  type="button"
                  className="timeline__title"
                  onClick={() => onGoTo(entry.sequence)}
                  aria-current={isNow ? 'step' : undefined}
                >
                  {entry.title}
                </button>
                {entry.details.length > 0 && (
                  <ul className="timeline__details">
                    {entry.details.map((detail) => (
                      <li key={detail}>{detail}</li>
                    ))}
                  </ul>
                )}
              </div>
              <time className="timeline__time" dateTime={new Date(entry.at).toISOString()} title={fullTime(entry.at)}>
                {clockTime(entry.at)}
              </time>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
