import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveChange, Started } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { approval } from './support/files.js';
import { startWorker } from './support/worker.js';

// Features: P-16

let api: TestApi;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  api = await TestApi.start();
  worker = await startWorker(api.database);
  await api.deploy(await api.token('designer@acme.demo'), { 'approval.bpmn': approval() });
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
});

/** A reader of the live stream: what came, and when. */
async function listen(token: string) {
  const abort = new AbortController();
  const response = await fetch(`${api.url}/api/v1/live`, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal });
  const changes: (LiveChange & { at: number })[] = [];
  const ended = (async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        const [, data] = /^event: change\ndata: (.*)$/m.exec(event) ?? [];
        if (data) changes.push({ ...(JSON.parse(data) as LiveChange), at: Date.now() });
      }
    }
  })().catch(() => {});
  // The first reader makes the process listen to the database; it takes a moment.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { response, changes, ended, stop: () => abort.abort() };
}

const start = async (token: string): Promise<string> => {
  const { body } = await api.ask<Started>('POST', '/api/v1/process-instances', {
    token,
    body: { processId: 'approval', variables: { amount: 1 } },
    headers: { prefer: 'wait=5' },
  });
  return body.id;
};

describe('the live stream', () => {
  it('tells of a new instance and its task within a second', async () => {
    const manager = await listen(await api.token('manager@acme.demo'));
    const id = await start(await api.token('requester@acme.demo'));
    const committed = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    manager.stop();

    expect(manager.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    for (const topic of ['process-instance', 'user-task']) {
      const change = manager.changes.find((each) => each.topic === topic && (each.id === id || each.processInstanceId === id));
      expect(change, topic).toBeDefined();
      expect(change!.at - committed).toBeLessThanOrEqual(1000);
    }
  });

  it('tells others neither of tasks that are not theirs nor of another tenant', async () => {
    const requester = await listen(await api.token('requester@acme.demo'));
    const stranger = await listen(await api.token('manager@beta.demo', 'beta'));
    const id = await start(await api.token('requester@acme.demo'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    requester.stop();
    stranger.stop();

    expect(requester.changes.some((change) => change.topic === 'process-instance' && change.id === id)).toBe(true);
    expect(requester.changes.filter(({ topic }) => topic === 'user-task')).toEqual([]);
    expect(stranger.changes).toEqual([]);
  });

  it('needs a token, and ends with it', async () => {
    expect((await api.ask('GET', '/api/v1/live')).status).toBe(401);
  });
});
