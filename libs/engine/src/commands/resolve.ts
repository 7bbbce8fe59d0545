import type { Command } from '../command.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { armEventSubProcesses } from '../triggers/arm-event-sub-processes.js';
import { by } from './by.js';

/** An incident is resolved by trying again, with whatever was changed meanwhile. */
export function resolve(run: Run, command: Extract<Command, { readonly type: 'resolveIncident' }>): void {
  const incident = find(run.instance.incidents, command.incident);
  if (incident === undefined) throw new Refusal('unknown-incident', `Incident ${command.incident} is not open.`);
  run.advanceTime();
  const { by: who } = by(command);
  run.emit({
    type: 'incidentResolved',
    incident: command.incident,
    ...(command.retries === undefined ? undefined : { retries: command.retries }),
    ...(who === undefined ? undefined : { by: who }),
  });
  if (incident.host === 0) return armEventSubProcesses(run, 0, run.process.eventSubProcesses);
  if (incident.retry === 'leave') run.releave(incident.host);
  else run.reenter(incident.host);
}
