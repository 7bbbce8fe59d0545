import { hash } from '@node-rs/argon2';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { DemoPerson, DemoTenant } from './demo-people.js';
import { DEMO_PASSWORD, DEMO_TENANTS } from './demo-people.js';
import { connectAsOwner } from './owner.js';

/**
 * Put the demo's tenants, groups and people into the database. What is there already stays as it is, so that a second start
 * undoes nothing somebody changed. Safe to run twice at once.
 *
 * @param ownerUrl  the address migrations use: only the owner adds tenants.
 */
export async function seedDemo(ownerUrl: string, tenants: readonly DemoTenant[] = DEMO_TENANTS): Promise<void> {
  const client = await connectAsOwner(ownerUrl);
  try {
    await client.query('begin');
    for (const tenant of tenants) await seedTenant(client, tenant);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function seedTenant(client: Client, tenant: DemoTenant): Promise<void> {
  const tenantId = await idOf(client, 'tenant', 'key', tenant.key, [tenant.name], ['name']);
  // The owner is held to the tenant's policy like everybody else.
  await client.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
  for (const [key, name] of Object.entries(tenant.groups)) {
    await client.query('insert into person_group (tenant_id, id, key, name) values ($1, $2, $3, $4) on conflict do nothing', [
      tenantId,
      uuidv7(),
      key,
      name,
    ]);
  }
  for (const person of tenant.people) await seedPerson(client, tenantId, person);
}

async function seedPerson(client: Client, tenantId: string, person: DemoPerson): Promise<void> {
  const found = await client.query('select 1 from person where username = $1', [person.username]);
  // Hashing is slow on purpose, so only for somebody new.
  const password = found.rowCount ? '' : await hash(DEMO_PASSWORD);
  const personId = await idOf(
    client,
    'person',
    'username',
    person.username,
    [person.email, person.name, password],
    ['email', 'name', 'password_hash'],
  );
  const joined = await client.query(
    'insert into membership (tenant_id, person_id, title, roles) values ($1, $2, $3, $4) on conflict do nothing',
    [tenantId, personId, person.title, person.roles],
  );
  // Groups come with the membership; somebody taken out of a group later is not put back.
  if (joined.rowCount === 0) return;
  await client.query(
    `insert into group_member (tenant_id, group_id, person_id)
     select tenant_id, id, $2 from person_group where tenant_id = $1 and key = any($3) on conflict do nothing`,
    [tenantId, personId, person.groups],
  );
}

/** Insert a row unless its natural key is taken, and answer the id of the one that is there. */
async function idOf(
  client: Client,
  table: 'tenant' | 'person',
  key: string,
  value: string,
  values: string[],
  columns: string[],
): Promise<string> {
  const places = columns.map((_, index) => `$${index + 3}`).join(', ');
  await client.query(`insert into ${table} (id, ${key}, ${columns.join(', ')}) values ($1, $2, ${places}) on conflict do nothing`, [
    uuidv7(),
    value,
    ...values,
  ]);
  const { rows } = await client.query<{ id: string }>(`select id from ${table} where ${key} = $1`, [value]);
  return rows[0]!.id;
}
