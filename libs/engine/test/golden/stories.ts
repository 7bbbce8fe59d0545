import { feel, forEach, literal, process, times, undoneBy, awaited } from '@baton/engine/testing';
import type { ProcessModel } from '@baton/engine';
import { eventStories } from './event-stories.js';
import type { Story } from './recording.js';

/** BPML's nested process: called from where it is declared, and no instance of its own. */
const nested: ProcessModel = {
  id: 'nested',
  executable: true,
  elements: [
    { kind: 'startEvent', id: 'start', event: { type: 'none' } },
    { kind: 'callActivity', id: 'call', called: { type: 'callable', elementId: 'inner' } },
    { kind: 'endEvent', id: 'end', event: { type: 'none' } },
    { kind: 'subProcess', id: 'inner', callable: true },
    { kind: 'startEvent', id: 'in', parent: 'inner', event: { type: 'none' } },
    { kind: 'userTask', id: 'work', parent: 'inner' },
    { kind: 'endEvent', id: 'out', parent: 'inner', event: { type: 'none' } },
  ],
  flows: [
    { id: 'f1', source: 'start', target: 'call' },
    { id: 'f2', source: 'call', target: 'end' },
    { id: 'f3', parent: 'inner', source: 'in', target: 'work' },
    { id: 'f4', parent: 'inner', source: 'work', target: 'out' },
  ],
};

/**
 * What is recorded for this version: together, every type of event. Add stories; do not change those that
 * were recorded with a release.
 */
export const stories: Readonly<Record<string, Story>> = {
  ...eventStories,
  'user-tasks-and-exclusive-gateway': {
    model: process('approval')
      .start('start', { initiatorVariable: 'requester' })
      .userTask('check', {
        candidateGroups: feel('["clerk"]'),
        priority: feel('70'),
        assigneeVariable: 'checker',
        outputs: { ok: 'verdict' },
      })
      .exclusive('ok?')
      .when('ok')
      .end('granted')
      .from('ok?')
      .otherwise()
      .userTask('explain', { inputs: { shown: 'amount + 1' } })
      .to('check'),
    play: (run) =>
      run
        .start({ amount: 50 }, { by: 'ada', businessKey: 'a-1' })
        .assign('check', 'bob')
        .complete('check', { verdict: false })
        .complete('explain', { note: 'sorry' })
        .complete('check', { verdict: true }),
  },
  'parallel-gateway-and-jobs': {
    model: process('wide')
      .start()
      .parallel('fork')
      .serviceTask('a', { retries: literal('2'), headers: { to: 'bank' }, resultVariable: 'receipt' })
      .parallel('join')
      .task('after')
      .end()
      .from('fork')
      .serviceTask('b')
      .to('join'),
    play: (run) => run.start({ n: 1 }).fail('a').complete('b', { done: true }).complete('a', { id: 7 }),
  },
  'incidents-and-modification': {
    model: process('bumpy').start().scriptTask('sum', '{ total: price + 1 }').serviceTask('pay').userTask('pack').end(),
    play: (run) => {
      run
        .start()
        .send({ type: 'setVariables', scope: 0, variables: { price: 2 }, by: 'ada', reason: 'forgotten' })
        .resolve('sum');
      run.fail('pay', 'no line', 0).resolve('pay', 4);
      run.send({
        type: 'modify',
        changes: [{ type: 'move', key: run.keyOf('pay'), elementId: 'pack' }],
        by: 'ada',
        reason: 'paid in cash',
      });
      run.send({ type: 'cancel', by: 'ada', reason: 'customer withdrew' });
    },
  },
  'uncaught-in-a-called-process': {
    model: process('called').start().throws('cry', { type: 'escalation', escalationCode: 'slow' }).serviceTask('pay').end(),
    play: (run) => run.start({}, { parent: { instanceId: 'p:1', key: 4 } }).throwError('pay', 'E1', { message: 'no money' }),
  },
  'call-activities': {
    model: process('caller')
      .start()
      .callActivity('spawn', 'other', { detached: true, passAllVariables: true })
      .callActivity('call', 'other', { inputs: { x: 'n' }, returnAllVariables: true, businessKey: feel('key') })
      .catches('all back', { type: 'spawned' })
      .end(),
    play: (run) => {
      run.start({ n: 1, key: 'k' });
      const detached = run.state.detached![0]!.key;
      run.complete('call', { y: 2 }).send({ type: 'completeChild', key: detached, variables: {} });
    },
  },
  'callable-sub-process': {
    model: { build: () => nested },
    play: (run) => run.start({ n: 1 }).complete('work', { n: 2 }),
  },
  'scripts-decisions-and-mappings': {
    model: process('pricing')
      .start('start', { outputs: { total: 'amount' } })
      .scriptTask('tax', '{ net: amount, gross: amount + 19 }', { inputs: { amount: 'total' } })
      .businessRuleTask('discount', 'discount', { inputs: { total: 'gross' }, resultVariable: 'deal', outputs: { customer: 'deal' } })
      .userTask('confirm', { outputs: { answer: 'ok' } })
      .end(),
    play: (run) => run.start({ amount: 100 }).complete('confirm', { ok: true, secret: 'stays inside' }),
  },
  'multi-instance': {
    model: process('each')
      .start()
      .task('greet', { loop: times(3) })
      .userTask('ask', {
        loop: forEach('people', 'person', {
          outputCollection: 'answers',
          outputElement: feel('answer'),
          completionCondition: feel('numberOfCompletedInstances = 2'),
        }),
      })
      .scriptTask('count', '{ sum: sum + item }', { loop: forEach('[1, 2, 3]', 'item', { sequential: true }) })
      .end(),
    play: (run) => {
      run.start({ people: ['ada', 'bob', 'cy'], sum: 0 });
      const inner = run.state.elements.filter(({ loopCounter }) => loopCounter !== undefined).map(({ key }) => key);
      run.send({ type: 'completeUserTask', key: inner[2]!, variables: { answer: 'c' }, by: 'cy' });
      run.send({ type: 'completeUserTask', key: inner[0]!, variables: { answer: 'a' }, by: 'ada' });
    },
  },
  'standard-loop': {
    model: process('again')
      .start()
      .scriptTask('count', '{ n: n + 1 }', { loop: { kind: 'standard', testBefore: true, condition: feel('n < 3') } })
      .userTask('retry', { loop: { kind: 'standard', testBefore: false, condition: feel('again'), maximum: literal('2') } })
      .end(),
    play: (run) => {
      run.start({ n: 0, again: true });
      for (let round = 0; round < 2; round++) run.send({ type: 'completeUserTask', key: run.state.elements[1]!.key, variables: {} });
    },
  },
  'inclusive-and-complex-gateways': {
    model: process('joins')
      .start()
      .inclusive('some')
      .when('n > 1')
      .userTask('a')
      .inclusive('met')
      .parallel('fork')
      .userTask('c')
      .complex('first', 'activationCount >= 1')
      .end()
      .from('some')
      .when('n > 2')
      .userTask('b')
      .to('met')
      .from('some')
      .when('n > 9')
      .userTask('never')
      .to('met')
      .from('fork')
      .userTask('d')
      .to('first'),
    play: (run) => run.start({ n: 3 }).complete('a').complete('b').complete('d').complete('c'),
  },
  'quantities-and-links': {
    model: process('many')
      .start()
      .parallel('fork')
      .task('one', { completionQuantity: 2 })
      .userTask('pair', { startQuantity: 3 })
      .throws('jump', { type: 'link', name: 'over' })
      .from('fork')
      .userTask('slow')
      .to('pair')
      .elsewhere()
      .catches('land', { type: 'link', name: 'over' })
      .end(),
    play: (run) => run.start().complete('slow').complete('pair'),
  },
  compensation: {
    model: process('trip')
      .start()
      .serviceTask('flight', { inputs: { seat: '12' } })
      .subProcess('stay', (inside) =>
        inside
          .start('in')
          .serviceTask('hotel')
          .end('out')
          .boundary('b2', 'hotel', undoneBy('leave'))
          .elsewhere()
          .serviceTask('leave', { isForCompensation: true }),
      )
      .throws('regret', { type: 'compensation' })
      .end()
      .boundary('b1', 'flight', undoneBy('cancel'))
      .elsewhere()
      .serviceTask('cancel', { isForCompensation: true }),
    play: (run) => run.start().complete('flight').complete('hotel').complete('leave').complete('cancel'),
  },
  transaction: {
    model: process('order')
      .start()
      .subProcess(
        'deal',
        (inside) =>
          inside
            .start('in')
            .serviceTask('book')
            .exclusive('sure?')
            .when('sure')
            .end('out')
            .from('sure?')
            .otherwise()
            .ends('no', { type: 'cancel' })
            .boundary('b1', 'book', undoneBy('release'))
            .elsewhere()
            .serviceTask('release', { isForCompensation: true }),
        { transaction: true },
      )
      .end()
      .boundary('canceled', 'deal', { type: 'cancel' })
      .end('nothing happened'),
    play: (run) => run.start({ sure: false }).complete('book').complete('release'),
  },
  'ad-hoc': {
    model: process('help')
      .start()
      .subProcess('desk', (inside) => inside.elsewhere().userTask('call').elsewhere().userTask('write'), {
        adHoc: { ordering: 'sequential', cancelRemaining: true, completionCondition: feel('solved') },
      })
      .end(),
    play: (run) => {
      run.start({ solved: false });
      run.send({ type: 'activateAdHoc', key: run.keyOf('desk'), elementIds: ['write', 'call'] });
      run.complete('write').complete('call', { solved: true });
    },
  },
  suspension: {
    model: process('paused').start().parallel('fork').serviceTask('pay').end('e1').from('fork').scriptTask('sum', '{ y: x + 1 }').end('e2'),
    play: (run) =>
      run
        .start()
        .send({ type: 'suspend', by: 'ada', reason: 'stocktaking' })
        .complete('pay', { paid: true })
        .setVariables({ x: 1 })
        .resolve('sum')
        .send({ type: 'resume', by: 'bob' }),
  },
  migration: {
    model: process('old')
      .start()
      .parallel('fork')
      .userTask('check')
      .parallel('join')
      .end()
      .from('fork')
      .userTask('pack')
      .to('join')
      .boundaryTimer('late', 'check', 'PT1H')
      .end('missed'),
    play: (run) =>
      run
        .start()
        .complete('pack')
        .migrate(
          process('new')
            .start()
            .parallel('fork')
            .userTask('review')
            .parallel('join')
            .end()
            .from('fork')
            .userTask('pack')
            .to('join')
            .boundary('told', 'review', awaited('stop'))
            .end('stopped'),
          { check: 'review' },
          { by: 'ada', reason: 'new rules' },
        )
        .complete('review'),
  },
  'terminate-end': {
    model: process('enough')
      .start()
      .subProcess('race', (inside) =>
        inside
          .start('in')
          .parallel('fork')
          .userTask('a')
          .terminate('won')
          .from('fork')
          .subProcess('slow', (deep) => deep.start('in2').userTask('b').end('out2'))
          .end('out'),
      )
      .task('after')
      .end(),
    play: (run) => run.start().complete('a'),
  },
};
