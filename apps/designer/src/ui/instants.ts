const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const short = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "in 7 days", "3 minutes ago", "just now". Both in milliseconds since the epoch. */
export function fromNow(instant: number, now: number): string {
  const distance = instant - now;
  for (const [unit, ms] of UNITS) if (Math.abs(distance) >= ms) return relative.format(Math.round(distance / ms), unit);
  return distance > 10_000 ? 'in a moment' : 'just now';
}

/** "1.4 s", "3 min", "2 h 5 min": how long something took. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export const fullTime = (instant: number): string => absolute.format(instant);
export const clockTime = (instant: number): string => clock.format(instant);
export const shortTime = (instant: number): string => short.format(instant);
