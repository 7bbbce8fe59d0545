import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/**
 * The schemas of the document: what `@baton/contracts` exports under its own name, everything else inline.
 *
 * A schema with defaults differs as request and response; the request form is then named `…Input`.
 */
export class SchemaBook {
  private readonly names = new Map<z.ZodType, string>();
  private readonly used = { input: new Set<z.ZodType>(), output: new Set<z.ZodType>() };

  constructor(named: Readonly<Record<string, unknown>>) {
    for (const [name, value] of Object.entries(named)) if (value instanceof z.ZodType) this.names.set(value, name);
  }

  /** A reference when the schema has a name, else the schema itself with references inside. */
  reference(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    if (!this.names.has(schema)) return this.inline(schema, io);
    this.used[io].add(schema);
    return { $ref: this.address(schema, io) };
  }

  inline(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs: __, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
    return this.linked(tidied(json) as JsonSchema, schema, io);
  }

  /** Everything that was referred to, by name. */
  all(): Record<string, JsonSchema> {
    const all: Record<string, JsonSchema> = {};
    // Converting one schema may refer to more; go on until nothing new comes.
    for (let before = -1; before !== Object.keys(all).length;) {
      before = Object.keys(all).length;
      for (const io of ['input', 'output'] as const) {
        for (const schema of this.used[io]) all[this.nameFor(schema, io)] ??= this.inline(schema, io);
      }
    }
    return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Replaces inner schemas that have a name by references: properties and items, one level at a time. */
  private linked(json: JsonSchema, schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    if (schema instanceof z.ZodObject && json['properties']) {
      const properties = json['properties'] as Record<string, JsonSchema>;
      const linked = Object.entries(properties).map(([name, inner]) => [
        name,
        this.linkedInner(inner, schema.shape[name] as z.ZodType, io),
      ]);
      return { ...json, properties: Object.fromEntries(linked) };
    }
    if (schema instanceof z.ZodArray)
      return { ...json, items: this.linkedInner(json['items'] as JsonSchema, schema.element as z.ZodType, io) };
    return json;
  }

  private linkedInner(json: JsonSchema, schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    if (this.names.has(schema)) return this.reference(schema, io);
    if (schema instanceof z.ZodOptional) return this.linkedInner(json, schema.unwrap() as z.ZodType, io);
    if (schema instanceof z.ZodDefault && this.names.has(schema.unwrap() as z.ZodType)) {
      return { ...this.reference(schema.unwrap() as z.ZodType, io), default: json['default'] };
    }
    return this.linked(json, schema, io);
  }

  private address(schema: z.ZodType, io: 'input' | 'output'): string {
    return `#/components/schemas/${this.nameFor(schema, io)}`;
  }

  private nameFor(schema: z.ZodType, io: 'input' | 'output'): string {
    const name = this.names.get(schema)!;
    return io === 'input' && this.used.output.has(schema) && this.differs(schema) ? `${name}Input` : name;
  }

  private differs(schema: z.ZodType): boolean {
    const [input, output] = (['input', 'output'] as const).map((io) =>
      JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' })),
    );
    return input !== output;
  }
}

/** Any JSON value is `{}`; formats need no pattern beside them; the bounds of safe integers go without saying. */
function tidied(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(tidied);
  if (typeof json !== 'object' || json === null) return json;
  if (String((json as JsonSchema)['$ref']).startsWith('#/$defs/')) return {};
  const kept = Object.entries(json).filter(([name, value]) => !(name === 'pattern' && 'format' in json) && !isSafeBound(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, tidied(value)]));
}

const isSafeBound = (value: unknown): boolean => value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
