import { EVENT_VERSION, fold } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import { decode, encode, readEvents, readState } from '@baton/runtime';
import type { ClientBase } from 'pg';

/** What must never be. Numbered, so that a test can name the one it expects. */
export interface Violation {
  readonly invariant: 'I1' | 'I3' | 'I12';
  readonly message: string;
}

/** What the outside was told, to hold the database to. */
export interface Acknowledged {
  /** Ids of instances whose start was acknowledged. */
  readonly starts: readonly string[];
  /** Instances that may exist: how many starts were asked for, acknowledged or not. */
  readonly intents: number;
  /** Ids of user tasks whose completion was acknowledged. */
  readonly completions: readonly string[];
}

/** Check a whole database, every tenant. `client` reads around row-level security: a superuser's, in tests. */
export async function checkInvariants(client: ClientBase, acknowledged: Acknowledged): Promise<Violation[]> {
  return [...(await checkLedger(client, acknowledged)), ...(await checkHistory(client)), ...(await checkSilence(client))];
}

/** I1: what was acknowledged is there, with its effect; what is there was asked for. */
async function checkLedger(client: ClientBase, acknowledged: Acknowledged): Promise<Violation[]> {
  const found: Violation[] = [];
  const lost = await client.query<{ id: string }>(
    'select id::text from unnest($1::uuid[]) as id where not exists (select 1 from process_instance p where p.id = id.id)',
    [acknowledged.starts],
  );
  for (const { id } of lost.rows) found.push({ invariant: 'I1', message: `instance ${id} was acknowledged and is not there` });
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from process_instance where parent_instance_id is null',
  );
  if (rows[0]!.count > acknowledged.intents) {
    found.push({ invariant: 'I1', message: `${rows[0]!.count} instances were started, ${acknowledged.intents} were asked for` });
  }
  const undone = await client.query<{ id: string }>(
    `select id::text from unnest($1::uuid[]) as id
     where not exists (select 1 from user_task t where t.id = id.id and t.state in ('completing', 'completed'))`,
    [acknowledged.completions],
  );
  for (const { id } of undone.rows)
    found.push({ invariant: 'I1', message: `completion of task ${id} was acknowledged and did not happen` });
  return found;
}

interface StoredStep {
  readonly first_seq: number;
  readonly count: number;
  readonly version: number;
  readonly events: Buffer;
}

/**
 * I3: the history of every instance is free of gaps, and folding it gives the stored state, byte for byte. Where an older release has
 * written part of it, the two are compared as today's engine reads them.
 */
async function checkHistory(client: ClientBase): Promise<Violation[]> {
  const found: Violation[] = [];
  const instances = await client.query<{ tenant_id: string; id: string; state: Buffer | null }>(
    'select tenant_id, id, state from process_instance',
  );
  for (const { tenant_id, id, state } of instances.rows) {
    const { rows } = await client.query<StoredStep>(
      'select first_seq, count, version, events from history where tenant_id = $1 and instance_id = $2 order by first_seq',
      [tenant_id, id],
    );
    const events: Event[] = [];
    let sequence = 0;
    for (const step of rows) {
      if (step.first_seq !== sequence || decode<unknown[]>(step.events).length !== step.count) {
        found.push({
          invariant: 'I3',
          message: `history of ${id} has a gap or an overlap at ${step.first_seq}, expected ${sequence}`,
        });
      }
      sequence += step.count;
      events.push(...readEvents(step));
    }
    const isOld = rows.some(({ version }) => version !== EVENT_VERSION);
    const stored = state !== null && isOld ? encode(readState(state)) : state;
    const folded = isOld ? { ...fold(events), sequence } : fold(events);
    if (stored === null ? events.length > 0 : !encode(folded).equals(stored)) {
      found.push({ invariant: 'I3', message: `the history of ${id} does not fold to its state` });
    }
    for (const key of repeated(events)) found.push({ invariant: 'I3', message: `element instance ${key} of ${id} was completed twice` });
  }
  return found;
}

function repeated(events: readonly Event[]): number[] {
  const seen = new Set<number>();
  return events.flatMap((event) => {
    if (event.type !== 'elementCompleted') return [];
    if (seen.has(event.key)) return [event.key];
    seen.add(event.key);
    return [];
  });
}

/** I12: a live instance has something that will wake it, or an incident that tells a person. */
async function checkSilence(client: ClientBase): Promise<Violation[]> {
  const { rows } = await client.query<{ id: string; state: Buffer | null }>(
    `select p.id::text, p.state from process_instance p
     where p.ended_at is null and p.status <> 'suspended'
       and not exists (select 1 from command c where c.tenant_id = p.tenant_id and c.instance_id = p.id)
       and not exists (select 1 from job j where j.tenant_id = p.tenant_id and j.instance_id = p.id)
       and not exists (select 1 from user_task t where t.tenant_id = p.tenant_id and t.instance_id = p.id and t.state = 'open')
       and not exists (select 1 from message_subscription s where s.tenant_id = p.tenant_id and s.instance_id = p.id)
       and not exists (select 1 from signal_subscription s where s.tenant_id = p.tenant_id and s.instance_id = p.id)
       and not exists (select 1 from incident i where i.tenant_id = p.tenant_id and i.instance_id = p.id and i.state <> 'resolved')
       and not exists (select 1 from process_instance c where c.tenant_id = p.tenant_id and c.parent_instance_id = p.id and c.ended_at is null)`,
  );
  return rows.flatMap(({ id, state }) =>
    state !== null && waitsForData(readState(state))
      ? []
      : [{ invariant: 'I12', message: `instance ${id} lives, and nothing will ever wake it` }],
  );
}

/** Conditions, input sets and ad-hoc sub-processes wait for somebody to write variables or to start something. */
function waitsForData({ elements, subscriptions }: Instance): boolean {
  return (
    subscriptions.some(({ type }) => type === 'condition') || elements.some(({ waiting }) => waiting === 'data' || waiting === 'adHoc')
  );
}
