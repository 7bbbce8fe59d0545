import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApi } from './support/api.js';
import type { Ask } from './support/api.js';

// Features: P-10

let api: TestApi;
let admin: string;
let member: string;
beforeAll(async () => {
  api = await TestApi.start();
  admin = await api.token('administrator@acme.demo');
  member = await api.token('requester@acme.demo');
});
afterAll(() => api.stop());

const START = '/api/v1/process-instances';
const MESSAGES = '/api/v1/messages';
const TASKS = '/api/v1/user-tasks';
const NOBODY = '00000000-0000-7000-8000-000000000000';
const SIGNALS = '/api/v1/signals';
const ESCALATION = `/api/v1/jobs/${NOBODY}/escalation`;

const text = (body: string) => ({ body });
const value = (json: string) => text(`{"name":"n","variables":{"v":${json}}}`);
const modified = (changes: string) => text(`{"changes":[${changes}]}`);
const typed = (type: string) => ({ body: '{}', headers: { 'content-type': type } });

interface Row {
  readonly row: string;
  readonly method?: string;
  readonly path?: string;
  readonly ask?: Ask;
  readonly status: number;
  readonly code: string;
}

/** Rows of the bad-input table that need no process. Sent by an administrator to `messages`. */
const TABLE: readonly Row[] = [
  { row: '19 trailing comma', ask: text('{"name":"n",}'), status: 400, code: 'json-malformed' },
  { row: '19 comment', ask: text('{"name":"n"/* c */}'), status: 400, code: 'json-malformed' },
  { row: '19 NaN', ask: value('NaN'), status: 400, code: 'json-malformed' },
  { row: '19 single quotes', ask: text("{'name':'n'}"), status: 400, code: 'json-malformed' },
  { row: '19 two documents', ask: text('{"name":"n"}{}'), status: 400, code: 'json-malformed' },
  { row: '20 empty body', ask: { body: '', headers: { 'content-type': 'application/json' } }, status: 400, code: 'json-empty' },
  { row: '21 depth', ask: value('['.repeat(200_000)), status: 400, code: 'json-too-deep' },
  { row: '22 body over 1 MiB', ask: value(`"${'a'.repeat(1_100_000)}"`), status: 413, code: 'payload-too-large' },
  { row: '22 value over 256 KiB', ask: value(`"${'a'.repeat(300_000)}"`), status: 422, code: 'variable-too-large' },
  { row: '23 __proto__', ask: value('{"__proto__":{"polluted":1}}'), status: 400, code: 'json-forbidden-key' },
  { row: '23 escaped __proto__', ask: value('{"__pro\\u0074o__":1}'), status: 400, code: 'json-forbidden-key' },
  { row: '23 constructor.prototype', ask: value('{"constructor":{"prototype":1}}'), status: 400, code: 'json-forbidden-key' },
  { row: '24 variable __proto__', ask: text('{"name":"n","variables":{"__proto__":1}}'), status: 422, code: 'variable-name-reserved' },
  { row: '24 variable constructor', ask: text('{"name":"n","variables":{"constructor":1}}'), status: 422, code: 'variable-name-reserved' },
  { row: '25 duplicate key', ask: text('{"name":"n","name":"m"}'), status: 400, code: 'json-duplicate-key' },
  { row: '26 past 2^53', ask: value('9007199254740993'), status: 422, code: 'number-not-safe' },
  { row: '26 infinite', ask: value('1e999'), status: 422, code: 'number-not-safe' },
  { row: '26 minus zero', ask: value('-0'), status: 422, code: 'number-not-safe' },
  { row: '26 vanishing', ask: value('1e-400'), status: 422, code: 'number-not-safe' },
  { row: '27 NUL', ask: value('"\\u0000"'), status: 400, code: 'text-not-well-formed' },
  { row: '27 half a pair', ask: value('"\\ud800"'), status: 400, code: 'text-not-well-formed' },
  { row: '27 not UTF-8', ask: { body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]) }, status: 400, code: 'text-not-well-formed' },
  { row: '28 text/plain', ask: typed('text/plain'), status: 415, code: 'unsupported-media-type' },
  { row: '28 form', ask: typed('application/x-www-form-urlencoded'), status: 415, code: 'unsupported-media-type' },
  { row: '28 utf-7', ask: typed('application/json; charset=utf-7'), status: 415, code: 'unsupported-media-type' },
  { row: '28 gzip', ask: { body: '{}', headers: { 'content-encoding': 'gzip' } }, status: 415, code: 'unsupported-media-type' },
  { row: '29 Accept', ask: { body: '{}', headers: { accept: 'image/png' } }, status: 406, code: 'not-acceptable' },
  { row: '31 unknown property', ask: text('{"name":"n","tenantId":"x"}'), status: 422, code: 'unknown-property' },
  { row: '32 number for text', path: START, ask: text('{"processId":5}'), status: 422, code: 'validation-failed' },
  { row: '32 null', path: START, ask: text('{"processId":"p","variables":null}'), status: 422, code: 'validation-failed' },
  { row: '32 list for an object', path: START, ask: text('[]'), status: 422, code: 'validation-failed' },
  { row: '32 query twice', method: 'GET', path: `${START}?state=active&state=completed`, status: 422, code: 'validation-failed' },
  { row: '32 unknown query', method: 'GET', path: `${START}?status[]=active`, status: 422, code: 'unknown-property' },
  { row: '33 injection', method: 'GET', path: `${START}/'%20OR%201=1--`, status: 404, code: 'not-found' },
  { row: '33 NUL', method: 'GET', path: `${START}/%00`, status: 404, code: 'not-found' },
  { row: '33 long', method: 'GET', path: `${START}/${'a'.repeat(10_000)}`, status: 404, code: 'not-found' },
  { row: '33 random', method: 'GET', path: `${START}/${NOBODY}`, status: 404, code: 'not-found' },
  {
    row: '46 long key',
    ask: { body: '{"name":"n"}', headers: { 'idempotency-key': 'k'.repeat(300) } },
    status: 400,
    code: 'idempotency-key-invalid',
  },
  { row: '33 suspend nobody', path: `${START}/${NOBODY}/suspend`, ask: text('{}'), status: 404, code: 'not-found' },
  { row: '33 resume nobody', path: `${START}/${NOBODY}/resume`, ask: text('{}'), status: 404, code: 'not-found' },
  {
    row: '33 set variables of nobody',
    path: `${START}/${NOBODY}/variables`,
    ask: text('{"variables":{}}'),
    status: 404,
    code: 'not-found',
  },
  {
    row: '33 modify nobody',
    path: `${START}/${NOBODY}/modify`,
    ask: modified('{"type":"terminate","key":1}'),
    status: 404,
    code: 'not-found',
  },
  { row: '31 suspend with more', path: `${START}/${NOBODY}/suspend`, ask: text('{"until":"noon"}'), status: 422, code: 'unknown-property' },
  { row: '32 no variables', path: `${START}/${NOBODY}/variables`, ask: text('{}'), status: 422, code: 'validation-failed' },
  {
    row: '24 set __proto__',
    path: `${START}/${NOBODY}/variables`,
    ask: text('{"variables":{"__proto__":1}}'),
    status: 422,
    code: 'variable-name-reserved',
  },
  {
    row: '32 scope before the first',
    path: `${START}/${NOBODY}/variables`,
    ask: text('{"variables":{},"scope":-1}'),
    status: 422,
    code: 'validation-failed',
  },
  { row: '32 no change', path: `${START}/${NOBODY}/modify`, ask: modified(''), status: 422, code: 'validation-failed' },
  {
    row: '32 unknown change',
    path: `${START}/${NOBODY}/modify`,
    ask: modified('{"type":"jump","key":1}'),
    status: 422,
    code: 'validation-failed',
  },
  {
    row: '32 move nowhere',
    path: `${START}/${NOBODY}/modify`,
    ask: modified('{"type":"move","key":1}'),
    status: 422,
    code: 'validation-failed',
  },
  ...['migration', 'migration/plan'].flatMap((what): Row[] => {
    const path = `${START}/${NOBODY}/${what}`;
    return [
      { row: `33 ${what} of nobody`, path, ask: text('{"version":2}'), status: 404, code: 'not-found' },
      { row: `31 ${what} with more`, path, ask: text('{"version":2,"force":true}'), status: 422, code: 'unknown-property' },
      { row: `32 ${what} to version 0`, path, ask: text('{"version":0}'), status: 422, code: 'validation-failed' },
      { row: `32 ${what} of a number`, path, ask: text('{"version":2,"mapping":{"a":1}}'), status: 422, code: 'validation-failed' },
      {
        row: `23 ${what} of __proto__`,
        path,
        ask: text('{"version":2,"mapping":{"__proto__":"a"}}'),
        status: 400,
        code: 'json-forbidden-key',
      },
    ];
  }),
  ...(
    [
      ['reschedule-timer', '{"timer":1,"dueAt":"2030-01-01T00:00:00Z"}', '{"timer":1,"dueAt":"tomorrow"}'],
      ['ad-hoc/start', '{"key":1,"elementIds":["a"]}', '{"key":1,"elementIds":[]}'],
      ['ad-hoc/complete', '{"key":1}', '{"key":-1}'],
    ] as const
  ).flatMap(([what, good, bad]): Row[] => {
    const path = `${START}/${NOBODY}/${what}`;
    return [
      { row: `33 ${what} of nobody`, path, ask: text(good), status: 404, code: 'not-found' },
      { row: `32 ${what} without sense`, path, ask: text(bad), status: 422, code: 'validation-failed' },
      { row: `32 ${what} of nothing`, path, ask: text('{}'), status: 422, code: 'validation-failed' },
    ];
  }),
  { row: '33 escalation of nobody', path: ESCALATION, ask: text('{"leaseEpoch":1,"escalationCode":"e"}'), status: 404, code: 'not-found' },
  { row: '32 escalation without a code', path: ESCALATION, ask: text('{"leaseEpoch":1}'), status: 422, code: 'validation-failed' },
  { row: '32 signal without a name', path: SIGNALS, ask: text('{}'), status: 422, code: 'validation-failed' },
  { row: '31 signal with a key', path: SIGNALS, ask: text('{"name":"n","correlationKey":"k"}'), status: 422, code: 'unknown-property' },
  {
    row: '24 signal with __proto__',
    path: SIGNALS,
    ask: text('{"name":"n","variables":{"__proto__":1}}'),
    status: 422,
    code: 'variable-name-reserved',
  },
  {
    row: '33 conditional start of nobody',
    path: `/api/v1/process-definitions/${NOBODY}/conditional-start`,
    ask: text('{"variables":{}}'),
    status: 404,
    code: 'not-found',
  },
  { row: '51 unknown process', path: START, ask: text('{"processId":"nowhere"}'), status: 404, code: 'not-found' },
  { row: '51 no process', path: START, ask: text('{}'), status: 422, code: 'validation-failed' },
  { row: '70 no name', ask: text('{}'), status: 422, code: 'message-invalid' },
  { row: '70 long key', ask: text(`{"name":"n","correlationKey":"${'k'.repeat(10_000)}"}`), status: 422, code: 'message-invalid' },
  { row: '70 negative ttl', ask: text('{"name":"n","timeToLiveMs":-1}'), status: 422, code: 'ttl-range' },
  { row: '70 ttl of ten years', ask: text('{"name":"n","timeToLiveMs":315360000000}'), status: 422, code: 'ttl-range' },
  { row: '73 page of a billion', method: 'GET', path: `${TASKS}?limit=1000000000`, status: 422, code: 'page-size' },
  { row: '73 negative page', method: 'GET', path: `${TASKS}?limit=-1`, status: 422, code: 'page-size' },
  { row: '73 forged cursor', method: 'GET', path: `${TASKS}?cursor=WyJhIl0`, status: 400, code: 'cursor-invalid' },
  { row: '73 sort', method: 'GET', path: `${TASKS}?sort=password`, status: 422, code: 'sort-field' },
  { row: '77 unknown route', method: 'GET', path: '/api/v1/nowhere', status: 404, code: 'not-found' },
  { row: '77 double slash', method: 'GET', path: '/api//v1/user-tasks', status: 404, code: 'not-found' },
  { row: '77 trailing dots', method: 'GET', path: '/api/v1/user-tasks..', status: 404, code: 'not-found' },
  { row: '77 encoded slash', method: 'GET', path: '/api/v1%2fuser-tasks', status: 404, code: 'not-found' },
  { row: '77 wrong method', method: 'DELETE', path: TASKS, status: 405, code: 'method-not-allowed' },
];

describe('bad inputs', () => {
  it.each(TABLE)('$row → $status $code', async ({ method = 'POST', path = MESSAGES, ask, status, code }) => {
    const answer = await api.ask(method, path, { token: admin, ...ask });

    expect(answer).toMatchObject({ status, body: { status, code, type: expect.stringMatching(new RegExp(`/problems/${code}$`)) } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.text).not.toMatch(/node_modules|\bat \w+ \(|select |insert /i);
  });

  it('points at what is wrong', async () => {
    const unknown = await api.ask('POST', MESSAGES, { token: admin, body: { name: 'n', role: 'administrator' } });
    const wrong = await api.ask('POST', START, { token: admin, body: { processId: 'p', version: '5' } });

    expect(unknown.body.errors).toEqual([expect.objectContaining({ code: 'unknown-property', pointer: '/role' })]);
    expect(wrong.body.errors).toEqual([expect.objectContaining({ pointer: '/version' })]);
  });

  it('says what a path takes instead (405)', async () => {
    const answer = await api.ask('PUT', `${TASKS}/${NOBODY}/claim`, { token: admin });

    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('answers a role that is too small with 403, before it looks at the body (36)', async () => {
    const paths = [
      '/api/v1/deployments',
      MESSAGES,
      '/api/v1/jobs/activate',
      ...['cancel', 'suspend', 'resume', 'variables', 'modify'].map((verb) => `${START}/${NOBODY}/${verb}`),
      `/api/v1/incidents/${NOBODY}/resolve`,
    ];
    for (const path of paths) {
      expect(await api.ask('POST', path, { token: member, body: 'no json' })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect(await api.ask('GET', `${TASKS}?view=all`, { token: member })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('takes names of JavaScript for plain data (24)', async () => {
    const answer = await api.ask('POST', MESSAGES, { token: admin, body: '{"name":"n","variables":{"hasOwnProperty":1,"toString":"x"}}' });

    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('closes a connection whose request is smuggled or cut (30)', async () => {
    const smuggled = 'POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';

    expect(await sendRaw(smuggled)).toMatch(/^HTTP\/1\.1 400 [^]*"code":"bad-request"/);
  });

  it('refuses addresses and headers that are too long (77)', async () => {
    expect(await sendRaw(`GET /api/v1/user-tasks?cursor=${'a'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4(14|31) /,
    );
  });
});

/** What a server answers to bytes no HTTP client would send. */
function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
