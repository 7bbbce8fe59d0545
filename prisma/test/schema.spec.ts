import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@baton/testing';
import pg from 'pg';
import { expect, it } from 'vitest';

/** Prisma's type, as the catalogue spells it. A new type has to be added here, or the test says so. */
const TYPES: Readonly<Record<string, string>> = {
  'String @db.Uuid': 'uuid',
  String: 'text',
  Json: 'jsonb',
  Bytes: 'bytea',
  'DateTime @db.Timestamptz': 'timestamp with time zone',
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** The columns schema.prisma claims. Relations are no columns: their type is another model. */
function modelled(schema: string): Column[] {
  const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)];
  const names = new Set(models.map(([, name]) => name));
  return models.flatMap(([, , body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    return [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\]|\?)?(.*)$/gm)]
      .filter(([, , type = '']) => !names.has(type))
      .map(([, field = '', type = '', mark, rest = '']) => {
        const native = /@db\.(\w+)/.exec(rest);
        const spelled = TYPES[native ? `${type} @db.${native[1]}` : type] ?? `unknown: ${type}`;
        return {
          table,
          column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field,
          type: mark === '[]' ? `${spelled}[]` : spelled,
          nullable: mark === '?',
        };
      });
  });
}

const sorted = (columns: readonly Column[]) => columns.map((c) => `${c.table}.${c.column} ${c.type}${c.nullable ? ' null' : ''}`).sort();

it('says of every modelled table exactly what the live catalogue says', async () => {
  const expected = modelled(readFileSync(join(import.meta.dirname, '../schema.prisma'), 'utf8'));
  const client = new pg.Client({ connectionString: (await startPostgres()).superuserUrl });
  await client.connect();
  const { rows } = await client.query<Column>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type, not a.attnotnull as nullable
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relname = any($1) and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`,
    [[...new Set(expected.map((column) => column.table))]],
  );
  await client.end();

  expect(expected.length).toBeGreaterThan(30);
  expect(sorted(expected)).toEqual(sorted(rows));
});
