import { after, awaited, becomes, feel, literal, process, sent, signal } from '@baton/engine/testing';
import type { Story } from './recording.js';

/** What waits for events, throws them, and is called. */
export const eventStories: Readonly<Record<string, Story>> = {
  timers: {
    model: process('patience')
      .start()
      .userTask('work')
      .timerCatch('rest', 'PT5M')
      .end()
      .boundaryTimer('remind', 'work', 'R2/PT10M', { interrupting: false, kind: 'cycle' })
      .end('reminded')
      .boundaryTimer('late', 'work', 'PT2H')
      .end('given up'),
    play: (run) => {
      run.start().fire('remind');
      const timer = run.state.timers.find(({ elementId }) => elementId === 'late')!.key;
      run
        .send({ type: 'rescheduleTimer', timer, dueAt: run.clock + 60_000, by: 'ada' })
        .complete('work')
        .fire('rest');
    },
  },
  'messages-and-conversations': {
    model: process('talk')
      .start()
      .sendTask('ask', 'question', { key: 'orderId', variables: { text: 'orderId' } })
      .receiveTask('hear', 'answer', { key: 'orderId' })
      .catches('first', {
        type: 'message',
        message: { name: literal('offer'), conversation: { name: 'deal', properties: [feel('dealId')] } },
      })
      .ends('sent', sent('thanks')),
    play: (run) => run.start({ orderId: 7 }).receive('hear', { text: 'yes' }).receive('first', { dealId: 'd-1' }, 'message-2'),
  },
  'event-based-gateway': {
    model: process('wait')
      .start()
      .eventBased('which')
      .catches('yes', awaited('yes'))
      .end('agreed')
      .from('which')
      .catches('horn', signal('horn'))
      .end('warned')
      .from('which')
      .timerCatch('late', 'P1D')
      .end('missed'),
    play: (run) => run.start().signal('horn', { loud: true }),
  },
  signals: {
    model: process('shop')
      .start()
      .subProcess(
        'floor',
        (inside) =>
          inside
            .start('in')
            .parallel('fork')
            .throws('raise', signal('packed', { scoped: true }))
            .throws('again', signal('packed', { scoped: true }))
            .end('out')
            .from('fork')
            .catches('taken', signal('packed', { scoped: true }))
            .userTask('load')
            .catches('takenLater', signal('packed', { scoped: true }))
            .end('out2'),
        { signals: ['packed'] },
      )
      .throws('shout', signal('closed', { variables: [{ source: feel('n'), target: 'count' }] }))
      .end(),
    play: (run) => run.start({ n: 2 }).complete('load'),
  },
  'conditions-and-input-sets': {
    model: process('rich')
      .start()
      .parallel('fork')
      .catches('enough', becomes('money > 5'))
      .end('e1')
      .from('fork')
      .task('count', { inputSets: [['money', 'name']] })
      .end('e2')
      .from('fork')
      .userTask('work')
      .end('e3')
      .boundary('poor', 'work', becomes('money < 0'), { interrupting: false })
      .end('e4'),
    play: (run) =>
      run
        .start({ money: 1 })
        .setVariables({ money: -1 })
        .setVariables({ money: 9 })
        .setVariables({ money: -2, name: 'ada' })
        .complete('work'),
  },
  'event-sub-processes': {
    model: process('guarded')
      .start()
      .userTask('work')
      .end()
      .eventSubProcess('note', { id: 'told', event: awaited('news'), interrupting: false }, (inside) =>
        inside.userTask('read').end('read it'),
      )
      .eventSubProcess(
        'stop',
        { id: 'both', event: { type: 'multiple', parallel: true, events: [signal('fire'), after('PT1H')] } },
        (inside) => inside.userTask('leave').end('left'),
      ),
    play: (run) =>
      run.start().receive('told', { n: 1 }).receive('told', { n: 2 }, 'message-2').signal('both').fire('both').complete('leave'),
  },
  'errors-and-escalations': {
    model: process('trouble')
      .start()
      .subProcess('try', (inside) =>
        inside
          .start('in')
          .throws('cry', { type: 'escalation', escalationCode: 'slow', variables: [{ source: feel('n'), target: 'minutes' }] })
          .serviceTask('pay')
          .errorEnd('broke', 'E1', 'No money.'),
      )
      .end()
      .boundary('heard', 'try', { type: 'escalation', codeVariable: 'what' }, { interrupting: false })
      .end('noted')
      .boundaryError('caught', 'try', { errorCode: 'E1', messageVariable: 'why' })
      .userTask('mend')
      .errorEnd('again', 'E2'),
    play: (run) =>
      run
        .start({ n: 3 }, { parent: { instanceId: 'p:1', key: 4 } })
        .complete('pay')
        .complete('mend'),
  },
};
