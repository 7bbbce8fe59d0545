import { ActionIcon, Button, Slider } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlayerTrackNext } from '@tabler/icons-react';
import { fullTime } from '../ui/instants.js';
import { stopBefore } from './stops.js';
import './time-slider.css';

interface Props {
  /** Numbers of the events at which the slider can stand. */
  readonly stops: readonly number[];
  /** The event shown; `undefined`: the newest, and whatever comes. */
  readonly at: number | undefined;
  readonly onMove: (at: number | undefined) => void;
  /** What happened at the stop that is shown, in a few words. */
  readonly caption: string;
  /** When, in milliseconds since the epoch. */
  readonly instant: number;
  /** Whether anything more can come. */
  readonly isRunning: boolean;
}

/** Goes back to every earlier state of the instance; arrow keys move it one stop. */
export function TimeSlider({ stops, at, onMove, caption, instant, isRunning }: Props) {
  const last = stops.length - 1;
  const place = at === undefined ? last : stopBefore(stops, at);
  const isLive = at === undefined;
  const move = (to: number) => onMove(stops[Math.min(Math.max(to, 0), last)]);
  return (
    <section className="time-slider" aria-label="Time travel" data-past={!isLive}>
      <div className="time-slider__buttons">
        <ActionIcon variant="default" size={28} aria-label="Step back" disabled={place <= 0} onClick={() => move(place - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size={28} aria-label="Step forward" disabled={place >= last} onClick={() => move(place + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
      <Slider
        className="time-slider__track"
        size={5}
        min={0}
        max={Math.max(last, 1)}
        step={1}
        value={Math.max(place, 0)}
        disabled={last < 1}
        onChange={move}
        label={null}
        thumbLabel="Moment in the history"
        thumbValueText={`${caption}, ${fullTime(instant)}`}
      />
      <p className="time-slider__caption">
        <strong>{caption}</strong>{' '}
        <span className="soft">
          {fullTime(instant)} · {place + 1} of {stops.length}
        </span>
      </p>
      <Button
        className="time-slider__live"
        size="compact-sm"
        variant={isLive ? 'light' : 'filled'}
        aria-pressed={isLive}
        leftSection={isLive ? undefined : <IconPlayerTrackNext size={13} />}
        onClick={() => onMove(isLive ? stops[last] : undefined)}
      >
        {isRunning ? 'Live' : 'Newest'}
      </Button>
    </section>
  );
}
