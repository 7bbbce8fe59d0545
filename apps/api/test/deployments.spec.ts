import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment, Form, Page, ProcessDefinition } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { approval, bpmn, trivial } from './support/files.js';

// Features: D-01, P-14

let api: TestApi;
let designer: string;
let member: string;
beforeAll(async () => {
  api = await TestApi.start();
  designer = await api.token('designer@acme.demo');
  member = await api.token('requester@acme.demo');
});
afterAll(() => api.stop());

const DEPLOYMENTS = '/api/v1/deployments';
const DEFINITIONS = '/api/v1/process-definitions';

const form = (files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>): FormData => {
  const data = new FormData();
  for (const [name, content] of Object.entries(files)) data.append('files', new Blob([content]), name);
  return data;
};
const upload = (name: string, content: string | Uint8Array<ArrayBuffer>) =>
  api.ask<Deployment>('POST', DEPLOYMENTS, { token: designer, body: form({ [name]: content }) });

describe('a deployment', () => {
  it('publishes several files together, and the same content again changes nothing', async () => {
    const files = { 'approval.bpmn': approval(), 'other.bpmn': trivial('other') };
    const first = await api.ask<Deployment>('POST', DEPLOYMENTS, { token: designer, body: form(files) });
    const second = await api.ask<Deployment>('POST', DEPLOYMENTS, { token: designer, body: form(files) });

    expect(first.text).toContain('"created":true');
    expect(first.status).toBe(201);
    expect(first.body.processDefinitions.map(({ processId, version, startable }) => ({ processId, version, startable }))).toEqual(
      expect.arrayContaining(['approval', 'other'].map((processId) => ({ processId, version: 1, startable: true }))),
    );
    expect(second).toMatchObject({ status: 200, body: { created: false } });
    expect(second.body.processDefinitions.map(({ version }) => version)).toEqual([1, 1]);
  });

  it('comes as JSON too, and makes a new version of changed content', async () => {
    const first = await api.deploy(designer, { 'v.bpmn': trivial('versioned') });
    const second = await api.deploy(designer, { 'v.bpmn': trivial('versioned').replace('isExecutable', 'name="Two" isExecutable') });
    const page = await api.ask<Page<ProcessDefinition>>('GET', `${DEFINITIONS}?processId=versioned`, { token: member });
    const latest = await api.ask<Page<ProcessDefinition>>('GET', `${DEFINITIONS}?processId=versioned&latest=true`, { token: member });

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(page.body.items.map(({ version, latest: isLatest }) => [version, isLatest])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(latest.body.items.map(({ version }) => version)).toEqual([2]);
  });

  it('serves the file back byte for byte, its model and its picture', async () => {
    const { body } = await upload('bytes.bpmn', `${trivial('bytes')}\n<!-- ünïcode -->`);
    const { id } = body.processDefinitions[0]!;
    const source = await api.ask('GET', `${DEFINITIONS}/${id}/source`, { token: member });
    const model = await api.ask<{ model: { id: string }; diagram: object }>('GET', `${DEFINITIONS}/${id}/model`, { token: member });

    expect(source.text).toBe(`${trivial('bytes')}\n<!-- ünïcode -->`);
    expect(source.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''bytes.bpmn");
    expect(model.body).toMatchObject({ model: { id: 'bytes' }, diagram: { shapes: expect.any(Array) } });
  });

  it('pages through definitions', async () => {
    const first = await api.ask<Page<ProcessDefinition>>('GET', `${DEFINITIONS}?limit=1`, { token: member });
    const second = await api.ask<Page<ProcessDefinition>>('GET', `${DEFINITIONS}?limit=1&cursor=${first.body.nextCursor}`, {
      token: member,
    });

    expect(first.body.items).toHaveLength(1);
    expect(second.body.items[0]!.id < first.body.items[0]!.id).toBe(true);
  });

  it('infers a start form with the types the process needs', async () => {
    const { body } = await upload('form.bpmn', approval('withForm'));
    const answer = await api.ask<Form>('GET', `${DEFINITIONS}/${body.processDefinitions[0]!.id}/start-form`, { token: member });

    expect(answer.body).toMatchObject({ inferred: true, schema: { properties: { amount: { type: 'number' } } } });
  });

  it('is for designers and administrators', async () => {
    expect(await api.deploy(member, { 'x.bpmn': trivial('x') })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

const utf16 = new Uint8Array(Buffer.from(`\ufeff${trivial('wide')}`, 'utf16le'));
const deep = `${'<extensionElements>'.repeat(60)}${'</extensionElements>'.repeat(60)}`;

/** Rows of the bad-input table about files, with the status and code each one gets. */
const FILES: readonly [row: string, content: string | Uint8Array<ArrayBuffer>, status: number, code: string][] = [
  [
    '1 DOCTYPE',
    `<!DOCTYPE d [<!ENTITY a "b">]>${trivial('x')}`.replace('<?xml version="1.0" encoding="UTF-8"?>', ''),
    400,
    'xml-dtd-forbidden',
  ],
  ['3 truncated', trivial('x').slice(0, -30), 400, 'xml-malformed'],
  ['3 two roots', `${trivial('x')}<a/>`, 400, 'xml-malformed'],
  ['3 empty', '', 400, 'xml-malformed'],
  ['4 invalid UTF-8', new Uint8Array([...Buffer.from(trivial('x')), 0xff]), 400, 'xml-encoding'],
  ['4 wrong declaration', utf16, 400, 'xml-encoding'],
  ['5 over 2 MiB', trivial('x') + ' '.repeat(2 * 1_048_576), 413, 'payload-too-large'],
  ['6 too deep', bpmn(`<process id="p" isExecutable="true">${deep}</process>`), 422, 'bpmn-limit'],
  ['7 not BPMN', '<svg xmlns="http://www.w3.org/2000/svg"/>', 422, 'bpmn-not-bpmn'],
  ['8 duplicate id', trivial('x').replace('id="end"', 'id="start"'), 422, 'bpmn-duplicate-id'],
  ['9 dangling reference', trivial('x').replace('targetRef="end"', 'targetRef="gone"'), 422, 'bpmn-unresolved-reference'],
  ['10 gateway without a way out', trivial('x').replace('<endEvent id="end" />', '<exclusiveGateway id="end" />'), 422, 'bpmn-invalid'],
  ['54 FEEL syntax', approval('feel').replace('${amount &gt; 0}', '= amount &gt;'), 422, 'feel-syntax'],
];

describe('a bad file', () => {
  it.each(FILES.map(([row, content, status, code]) => ({ row, content, status, code })))(
    '$row → $status $code',
    async ({ content, status, code }) => {
      const answer = await upload('bad.bpmn', content);

      expect(answer).toMatchObject({ status, body: { code } });
      if (code !== 'payload-too-large') expect(answer.body.errors?.[0]).toMatchObject({ file: 'bad.bpmn' });
    },
  );

  it('names element and line', async () => {
    const { body } = await upload('bad.bpmn', trivial('x').replace('targetRef="end"', 'targetRef="gone"'));

    expect(body.errors?.[0]).toMatchObject({ file: 'bad.bpmn', elementId: 'f', line: 6 });
  });

  it('leaves the good files beside it undeployed', async () => {
    const answer = await api.ask('POST', DEPLOYMENTS, {
      token: designer,
      body: form({ 'good.bpmn': trivial('beside'), 'bad.bpmn': '<a' }),
    });
    const page = await api.ask<Page<ProcessDefinition>>('GET', `${DEFINITIONS}?processId=beside`, { token: member });

    expect(answer.status).toBe(400);
    expect(page.body.items).toEqual([]);
  });

  it('needs a name that is one', async () => {
    for (const name of ['..%2fetc.bpmn', 'a\u0000.bpmn', 'a'.repeat(300)]) {
      const body = { files: [{ name, content: trivial('x') }] };
      const answer = await api.ask('POST', DEPLOYMENTS, { token: designer, body });
      expect(answer.status, name).toBeGreaterThanOrEqual(400);
      expect(answer.status, name).toBeLessThan(500);
    }
    expect(await api.ask('POST', DEPLOYMENTS, { token: designer, body: new FormData() })).toMatchObject({ status: 422 });
    expect(
      await api.ask('POST', DEPLOYMENTS, {
        token: designer,
        body: 'garbage',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    ).toMatchObject({ status: 400, body: { code: 'multipart-malformed' } });
  });
});
