import { it } from 'vitest';
import { startPostgres } from '@baton/testing';
import { openQueue, openWorker } from '../../../libs/runtime/src/queue/queues.js';
it('zz', async () => {
  const db = await startPostgres();
  const q = openQueue({ url: db.appUrl });
  q.on('error', (e) => console.log('queue error', e.message));
  const w = openWorker({ url: db.engineUrl }, () => console.log('RING', Math.round(performance.now())));
  w.on('error', (e) => console.log('worker error', e.message));
  w.on('failed' as never, ((_: unknown, e: Error) => console.log('failed', e.message)) as never);
  await new Promise((r) => setTimeout(r, 1500));
  for (let i = 0; i < 4; i++) { console.log('add', Math.round(performance.now())); try { await q.add('ring', null, { removeOnComplete: true, removeOnFail: true }); console.log('added', Math.round(performance.now())); } catch (e) { console.log('add failed', e); } await new Promise((r) => setTimeout(r, 1500)); }
  await q.close(); await w.close(true);
}, 60000);
