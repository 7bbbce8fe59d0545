import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, feel, forEach, play, process, signal, times, undoneBy } from '../../testing/index.js';
import type { Play } from '../../testing/index.js';
import { explain } from '../explain.js';

// Features: B-07

const why = (run: Play, elementId: string) => explain(run.events, elementId);

describe('explaining events on a border', () => {
  const work = () => process('p').start().userTask('work').end();

  it('tells which trigger ended an activity', () => {
    const run = play(work().boundaryTimer('late', 'work', 'PT1H').end('e2'))
      .start()
      .fire('late');

    expect(why(run, 'work')).toEqual(['The timer of late came due, and work was ended.']);
    expect(why(run, 'late')).toEqual(['The timer of late came due, and work was ended.']);
  });

  it('tells which one left it alone', () => {
    const run = play(work().boundary('told', 'work', awaited('news'), { interrupting: false }).end('e2'))
      .start()
      .receive('told', {}, 'm-7');

    expect(why(run, 'work')).toEqual(['The message “news” of told came (m-7), and work goes on.']);
  });

  it('tells what a condition saw', () => {
    const run = play(work().boundary('rich', 'work', becomes('money > 5'), { interrupting: false }).end('e2'))
      .start({ money: 1 })
      .setVariables({ money: 9 })
      .setVariables({ money: 2 });

    expect(why(run, 'rich')).toEqual([
      'The condition of rich became true (with money = 9), and work goes on.',
      'The condition is no longer true (with money = 2).',
    ]);
  });

  it('tells what a signal ended inside', () => {
    const nested = process('p')
      .start()
      .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'))
      .end();
    const run = play(nested.boundary('stop', 'pack', signal('alarm')).end('e2'))
      .start()
      .signal('stop');

    expect(why(run, 'wrap')).toEqual(['The signal “alarm” of stop was heard, and pack was ended.']);
  });

  it('tells of several events that are all needed', () => {
    const both = { type: 'multiple', parallel: true, events: [signal('a'), signal('b')] } as const;
    const run = play(work().boundary('both', 'work', both).end('e2'))
      .start()
      .signal('both')
      .signal('both');

    expect(why(run, 'both')).toEqual([
      'The signal “a” of both was heard; both waits on for the others.',
      'The signal “b” of both was heard, and work was ended.',
    ]);
  });
});

describe('explaining event sub-processes', () => {
  const guarded = (interrupting: boolean) =>
    process('p')
      .start()
      .parallel('fork')
      .userTask('a')
      .end()
      .from('fork')
      .userTask('b')
      .end('e2')
      .eventSubProcess('help', { id: 'called', event: awaited('help'), interrupting }, (inside) => inside.userTask('look').end('e3'));

  it('tells what an interrupting one ended', () => {
    const run = play(guarded(true)).start().receive('called');

    expect(why(run, 'help')).toEqual(['The message “help” of called came (message-1): help began, and a and b were ended.']);
    expect(why(run, 'a')).toEqual(why(run, 'help'));
  });

  it('tells that the other kind began beside', () => {
    const run = play(guarded(false)).start().receive('called');

    expect(why(run, 'called')).toEqual(['The message “help” of called came (message-1): help began.']);
    expect(why(run, 'a')).toEqual([]);
  });
});

describe('explaining what was awaited', () => {
  it('tells what came', () => {
    const model = process('p').start().receiveTask('ask', 'answer').catches('later', after('PT1H')).catches('horn', signal('horn')).end();
    const run = play(model).start().receive('ask', {}, 'm-1').fire('later').signal('horn');

    expect(why(run, 'ask')).toEqual(['The message “answer” came (m-1).']);
    expect(why(run, 'later')).toEqual(['The timer came due.']);
    expect(why(run, 'horn')).toEqual(['The signal “horn” was heard.']);
  });

  it('tells by which key a message found its way', () => {
    const run = play(process('p').start().receiveTask('ask', 'answer', { key: 'orderId' }).end())
      .start({ orderId: 7 })
      .receive('ask');

    expect(why(run, 'ask')).toEqual(['The message “answer” with the key 7 came (message-1).']);
  });

  it('tells who moved a timer', () => {
    const run = play(process('p').start().catches('later', after('PT1H')).end()).start();
    run.send({ type: 'rescheduleTimer', timer: run.state.timers[0]!.key, dueAt: 1_772_356_000_000, by: 'ada', reason: 'in a hurry' });

    expect(why(run, 'later')).toEqual(['Its timer was moved to 2026-03-01T09:06:40.000Z by ada: in a hurry.']);
  });

  it('tells which event decided at an event-based gateway', () => {
    const model = process('p')
      .start()
      .eventBased('which')
      .catches('yes', awaited('yes'))
      .end()
      .from('which')
      .catches('no', awaited('no'))
      .end('e2')
      .from('which')
      .catches('late', after('P1D'))
      .end('e3');
    const run = play(model).start().receive('no');

    expect(why(run, 'which')).toEqual([
      'The message “no” of no came (message-1), and which went on to no; yes and late are no longer waited for.',
    ]);
    expect(why(run, 'yes')).toEqual(why(run, 'which'));
  });

  it('tells what was sent and thrown', () => {
    const model = process('p').start().sendTask('tell', 'news', { key: 'n' }).throws('blow', signal('horn')).end();
    const run = play(model).start({ n: 7 });

    expect(why(run, 'tell')).toEqual(['It sent the message “news” with the key 7.']);
    expect(why(run, 'blow')).toEqual(['It threw the signal “horn”.']);
  });

  it('tells that an answer was kept while the instance was suspended', () => {
    const run = play(process('p').start().serviceTask('pay').end()).start().send({ type: 'suspend' }).complete('pay');

    expect(why(run, 'pay')).toEqual(['An answer came while the instance was suspended, and was kept for later.']);
  });
});

describe('explaining escalations and errors', () => {
  const escalating = (interrupting: boolean) =>
    process('p')
      .start()
      .subProcess('pack', (inside) =>
        inside.start('in').throws('cry', { type: 'escalation', escalationCode: 'slow' }).userTask('wrap').end('out'),
      )
      .end()
      .boundary('heard', 'pack', { type: 'escalation', escalationCode: 'slow' }, { interrupting })
      .end('e2');

  it('tells who caught an escalation, and what went on', () => {
    const run = play(escalating(false)).start();

    expect(why(run, 'cry')).toEqual(['The escalation slow was thrown here.', 'The escalation slow was caught by heard, and pack goes on.']);
    expect(why(run, 'heard')).toEqual(['The escalation slow was caught by heard, and pack goes on.']);
  });

  it('tells what an escalation ended', () => {
    expect(why(play(escalating(true)).start(), 'pack')).toEqual(['The escalation slow was caught by heard, and pack was ended.']);
  });

  it('tells that nobody listened', () => {
    const run = play(process('p').start().throws('cry', { type: 'escalation', escalationCode: 'slow' }).end()).start();

    expect(why(run, 'cry')).toEqual(['The escalation slow was thrown here and caught nowhere: it goes on as if nothing had happened.']);
  });

  it('tells that the caller has to deal with it', () => {
    const parent = { instanceId: 'p:1', key: 3 };
    const cries = play(process('p').start().throws('cry', { type: 'escalation', escalationCode: 'slow' }).end()).start({}, { parent });
    const fails = play(process('p').start().errorEnd('broke', 'E1')).start({}, { parent });

    expect(why(cries, 'cry')).toEqual(['The escalation slow was thrown here and not caught: it goes on in the calling process.']);
    expect(why(fails, 'broke')).toEqual([
      'The error E1 was thrown here.',
      'The error E1 was caught nowhere here: the instance ended, and the calling process has it.',
    ]);
  });
});

describe('explaining loops', () => {
  it('tells that all were done', () => {
    const run = play(
      process('p')
        .start()
        .task('a', { loop: times(3) })
        .end(),
    ).start();

    expect(why(run, 'a')).toEqual(['It is done 3 times.', 'All 3 were completed.']);
  });

  it('tells why it ended early', () => {
    const model = process('p')
      .start()
      .userTask('a', { loop: forEach('list', 'item', { completionCondition: feel('numberOfCompletedInstances = 1') }) })
      .end();
    const run = play(model).start({ list: [1, 2, 3] });
    run.send({ type: 'completeUserTask', key: run.state.elements[1]!.key, variables: {} });

    expect(why(run, 'a')).toEqual([
      'It is done 3 times, once for each item.',
      '“numberOfCompletedInstances = 1” was true (with numberOfCompletedInstances = 1).',
      'It ended after 1 of 3, because its completion condition was true.',
    ]);
  });

  it('tells how often a condition let it repeat', () => {
    const loop = { kind: 'standard', testBefore: true, condition: feel('n < 3') } as const;
    const run = play(process('p').start().scriptTask('a', '{ n: n + 1 }', { loop }).end()).start({ n: 0 });

    expect(why(run, 'a')).toEqual([
      'It is done again and again, while its condition holds.',
      '“n < 3” was false (with n = 3).',
      'It was done 3 times, then its condition no longer held or its limit was reached.',
    ]);
  });
});

describe('explaining compensation', () => {
  const trip = process('p')
    .start()
    .task('hotel')
    .task('flight')
    .throws('regret', { type: 'compensation' })
    .end()
    .boundary('b1', 'hotel', undoneBy('leaveHotel'))
    .elsewhere()
    .task('leaveHotel', { isForCompensation: true })
    .boundary('b2', 'flight', undoneBy('cancelFlight'))
    .elsewhere()
    .task('cancelFlight', { isForCompensation: true });

  it('tells in which order things are undone, and by what', () => {
    const run = play(trip).start();

    expect(why(run, 'regret')).toEqual(['It undoes what was done: flight, then hotel, the newest first.']);
    expect(why(run, 'hotel')).toEqual(['It was undone by leaveHotel, because of regret.']);
    expect(why(run, 'cancelFlight')).toEqual(['It began in order to undo flight.']);
  });
});

describe('explaining joins', () => {
  it('tells what a join waited for, and with what it went on', () => {
    const model = process('p').start().parallel('fork').userTask('a').parallel('join').end().from('fork').userTask('b').to('join');
    const run = play(model).start().complete('b').complete('a');

    expect(why(run, 'join')).toEqual([
      'A token that came on b_to_join waits here for others.',
      'It went on with the tokens that had come on b_to_join and a_to_join.',
    ]);
  });

  it('tells when a complex gateway went on, and when it began anew', () => {
    const model = process('p')
      .start()
      .parallel('fork')
      .userTask('a')
      .complex('some', 'activationCount >= 1')
      .end()
      .from('fork')
      .userTask('b')
      .to('some');
    const run = play(model).start().complete('b').complete('a');

    expect(why(run, 'some')).toEqual([
      'A token that came on b_to_some waits here for others.',
      '“activationCount >= 1” was true (with activationCount = 1).',
      'Its activation condition was true: it goes on, and waits for late tokens until none can come.',
      'It went on with the tokens that had come on b_to_some.',
      'A token that came on a_to_some waits here for others.',
      'No late token can come any more: 1 had, and it begins anew.',
    ]);
  });
});

describe('explaining people and operators', () => {
  it('tells for whom a task was, and who did it', () => {
    const model = process('p')
      .start()
      .userTask('check', { candidateGroups: feel('["boss", "clerk"]') })
      .end();
    const run = play(model).start();
    const key = run.keyOf('check');
    run.send({ type: 'assignUserTask', key, assignee: 'ada', by: 'bob' }).send({ type: 'completeUserTask', key, variables: {}, by: 'ada' });

    expect(why(run, 'check')).toEqual(['It was offered to boss and clerk.', 'It was assigned to ada by bob.', 'ada completed it.']);
  });

  it('tells how an incident was resolved', () => {
    const run = play(process('p').start().serviceTask('pay').end()).start().fail('pay', 'no line', 0);
    run.send({ type: 'resolveIncident', incident: run.state.incidents[0]!.key, by: 'ada' });

    expect(why(run, 'pay')).toEqual([
      'The attempt failed: no line (0 left).',
      'It stopped with job-retries-exhausted: no line',
      'The incident job-retries-exhausted was resolved by ada, and it was tried again.',
    ]);
  });

  it('tells who canceled, and why', () => {
    const run = play(process('p').start().userTask('check').end()).start().send({ type: 'cancel', by: 'ada', reason: 'customer withdrew' });

    expect(why(run, 'check')).toEqual(['It was ended, because the instance was canceled by ada: customer withdrew.']);
  });

  it('tells who moved a token by hand, and why', () => {
    const run = play(process('p').start().userTask('check').userTask('pack').end()).start();
    run.send({ type: 'modify', changes: [{ type: 'move', key: run.keyOf('check'), elementId: 'pack' }], by: 'ada', reason: 'wrong way' });

    expect(why(run, 'check')).toEqual(['It was ended by hand by ada: wrong way.']);
  });

  it('tells what a migration made of it', () => {
    const model = (id: string) => process('p').start().userTask(id).end();
    const run = play(model('check')).start().migrate(model('review'), { check: 'review' }, { by: 'ada' }).assign('review', 'bob');

    expect(why(run, 'review')).toEqual([
      'The instance was moved to another version, where check is review by ada.',
      'It was assigned to bob.',
    ]);
  });
});

describe('explaining why nothing happened', () => {
  const model = process('p')
    .start()
    .exclusive('size')
    .when('amount > 100')
    .userTask('boss')
    .userTask('sign')
    .end()
    .from('size')
    .otherwise()
    .end('e2');

  it('goes back to the choice that led elsewhere', () => {
    const run = play(model).start({ amount: 50 });

    expect(explain(run.events, 'sign', run.process.model)).toEqual([
      'No token came here.',
      'At size: The flow size_to_boss was not taken: “amount > 100” was false (with amount = 50).',
    ]);
  });

  it('tells of a flow that was not even looked at', () => {
    const run = play(model).start({ amount: 500 });

    expect(explain(run.events, 'e2', run.process.model)).toEqual([
      'No token came here.',
      'At size: the flow size_to_e2 was not looked at, because size_to_boss had been taken.',
    ]);
  });

  it('tells that an event on a border did not come', () => {
    const guarded = process('p').start().userTask('work').end().boundaryTimer('late', 'work', 'PT1H').end('e2');
    const run = play(guarded).start().complete('work');

    expect(explain(run.events, 'late', run.process.model)).toEqual(['What it waits for did not come while work was active.']);
    expect(explain(run.events, 'nothing', run.process.model)).toEqual([]);
  });
});
