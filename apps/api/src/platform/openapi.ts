import { STATUS_CODES } from 'node:http';
import * as contracts from '@baton/contracts';
import { z } from 'zod';
import { SchemaBook } from './openapi-schemas.js';
import type { JsonSchema } from './openapi-schemas.js';
import { SHARED_PROBLEMS, problemsOf } from './openapi-problems.js';
import type { Route } from './route-table.js';

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document, made from what the routes themselves use: their zod schemas, policies and operations.
 * Nothing is written twice, so it cannot say something else than the code does.
 */
export function openApi(routes: readonly Route[], version: string): Json {
  const schemas = new SchemaBook(contracts);
  const documented = routes.filter((route) => route.path.startsWith('/api/'));
  const paths: Record<string, Json> = {};
  for (const route of documented.toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method))) {
    const item = (paths[route.path.replaceAll(/:(\w+)/g, '{$1}')] ??= {});
    item[route.method.toLowerCase()] = operation(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version,
      description:
        'Deploy processes, start instances, work on user tasks and jobs. Errors are `application/problem+json` with a stable `code`. ' +
        'Lists are pages with a cursor. Every write takes an `Idempotency-Key`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    tags: [...new Set(documented.map(tagOf))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      responses: sharedProblems(schemas),
      schemas: schemas.all(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of `POST /api/v1/auth/login`.' },
      },
    },
  };
}

function operation(route: Route, schemas: SchemaBook): Json {
  const { operation: spec, inputs, access } = route;
  if (!spec) throw new Error(`Expected ${route.name} to have @Operation, but it has none.`);
  const id = operationIdOf(route);
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary: spec.summary,
    ...(spec.description && { description: spec.description }),
    security: access?.public ? [] : [{ bearer: [] }],
    parameters: parameters(route, schemas),
    ...(inputs.body && { requestBody: requestBody(route, schemas) }),
    responses: { ...successes(route, schemas), ...problems(route, schemas) },
    ...(access && !access.public && { 'x-policy': `${access.action} ${access.subject}` }),
  };
}

function parameters({ path, inputs }: Route, schemas: SchemaBook): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }));
  const query = inputs.query ? schemas.inline(inputs.query, 'input') : undefined;
  const required = new Set(query?.['required'] as string[] | undefined);
  const inQuery = Object.entries((query?.['properties'] ?? {}) as Record<string, JsonSchema>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema,
  }));
  const header = (name: string, description: string, schema: Json): Json => ({ name, in: 'header', required: false, description, schema });
  return [
    ...inPath,
    ...inQuery,
    ...(inputs.writes
      ? [
          header('Idempotency-Key', 'Any text of your choice. The same key and body again give the same answer and no second effect.', {
            type: 'string',
            minLength: 1,
            maxLength: 255,
          }),
        ]
      : []),
    ...(inputs.prefersWait
      ? [
          header('Prefer', '`wait=N` answers when the step was applied, at most N (≤ 10) seconds later.', {
            type: 'string',
            pattern: '^wait=\\d+$',
          }),
        ]
      : []),
  ];
}

function requestBody({ inputs, operation: spec }: Route, schemas: SchemaBook): Json {
  const files = {
    type: 'object',
    properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } }, name: { type: 'string' } },
  };
  return {
    required: !inputs.body!.safeParse({}).success,
    content: {
      'application/json': {
        schema: schemas.reference(inputs.body!, 'input'),
        ...(spec?.example?.request !== undefined && { example: spec.example.request }),
      },
      ...(inputs.multipart && { 'multipart/form-data': { schema: { ...files, required: ['files'] } } }),
    },
  };
}

function successes({ operation: spec }: Route, schemas: SchemaBook): Json {
  const status = spec!.status ?? 200;
  const type = spec!.produces ?? 'application/json';
  const content = spec!.response && {
    content: {
      [type]: {
        schema: schemas.reference(spec!.response, 'output'),
        ...(spec!.example?.response !== undefined && { example: spec!.example.response }),
      },
    },
  };
  const all: [number, string][] = [
    [status, STATUS_CODES[status] ?? 'Done'],
    ...Object.entries(spec!.alsoStatus ?? {}).map(([code, why]) => [Number(code), why] as [number, string]),
  ];
  return Object.fromEntries(all.map(([code, description]) => [code, { description, ...content }]));
}

function problems(route: Route, schemas: SchemaBook): Json {
  return Object.fromEntries(
    Object.entries(problemsOf(route)).map(([status, codes]) => {
      const isShared = SHARED_PROBLEMS[Number(status)]?.join() === codes.join();
      return [status, isShared ? { $ref: `#/components/responses/Problem${status}` } : problem(codes, schemas)];
    }),
  );
}

const sharedProblems = (schemas: SchemaBook): Json =>
  Object.fromEntries(Object.entries(SHARED_PROBLEMS).map(([status, codes]) => [`Problem${status}`, problem(codes, schemas)]));

const problem = (codes: readonly string[], schemas: SchemaBook): Json => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: { 'application/problem+json': { schema: schemas.reference(contracts.Problem, 'output') } },
});

/** `UserTasksController.claim` → `userTasks.claim`: stable, and where the code is. */
const operationIdOf = ({ name }: Route): string => {
  const [controller, method] = name.replace('Controller', '').split('.') as [string, string];
  return `${controller.charAt(0).toLowerCase()}${controller.slice(1)}.${method}`;
};

/** The first part of the path behind the version. */
const tagOf = ({ path }: Route): string => path.replace(/^\/api\/(v1\/)?/, '').split('/')[0]!;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A file or stream whose shape JSON Schema does not describe. */
export const Bytes = z.string();
