import { describe, expect, it } from 'vitest';
import { file, read, readElementOf } from './fixtures.js';
import { readBpmn } from './read-bpmn.js';

// Features: M-01, B-09

const literal = (text: string) => ({ language: 'literal', text });
const feel = (text: string) => ({ language: 'feel', text });
const juel = (text: string) => ({ language: 'juel', text });
const job = (jobType: string, more = {}) => ({ kind: 'job', jobType: literal(jobType), ...more });

describe('how a task gets done', () => {
  it.each([
    ['Camunda class', '<serviceTask id="t" camunda:class="org.acme.Ship"/>', job('vendor:camunda:org.acme.Ship')],
    ['Camunda delegate', '<serviceTask id="t" camunda:delegateExpression="${shipper}"/>', job('vendor:camunda:${shipper}')],
    [
      'Camunda bean call',
      '<serviceTask id="t" camunda:expression="${shipper.ship(order)}"/>',
      job('vendor:camunda:${shipper.ship(order)}'),
    ],
    [
      'Camunda expression',
      '<serviceTask id="t" camunda:expression="${price * 2}" camunda:resultVariable="twice"/>',
      { kind: 'expression', expression: juel('${price * 2}'), resultVariable: 'twice' },
    ],
    ['Camunda external task', '<serviceTask id="t" camunda:type="external" camunda:topic="ship"/>', job('ship')],
    [
      'Camunda connector',
      '<serviceTask id="t"><extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector></extensionElements></serviceTask>',
      job('vendor:camunda:connector:http'),
    ],
    [
      'Camunda fields and retries',
      `<serviceTask id="t" camunda:class="A"><extensionElements><camunda:field name="to" stringValue="x"/><camunda:failedJobRetryTimeCycle>R5/PT1M</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>`,
      job('vendor:camunda:A', { retries: literal('5'), headers: { to: 'x' } }),
    ],
    ['Flowable class', '<serviceTask id="t" flowable:class="A"/>', job('vendor:flowable:A')],
    ['Flowable mail', '<serviceTask id="t" flowable:type="mail"/>', job('vendor:flowable:mail')],
    ['Flowable external worker', '<serviceTask id="t" flowable:type="external-worker" flowable:topic="ship"/>', job('ship')],
    [
      'Zeebe job',
      `<serviceTask id="t"><extensionElements><zeebe:taskDefinition type="ship" retries="5"/><zeebe:taskHeaders><zeebe:header key="a" value="1"/></zeebe:taskHeaders></extensionElements></serviceTask>`,
      job('ship', { retries: literal('5'), headers: { a: '1' } }),
    ],
    [
      'Zeebe computed type',
      '<serviceTask id="t"><extensionElements><zeebe:taskDefinition type="= kind"/></extensionElements></serviceTask>',
      { kind: 'job', jobType: feel('kind') },
    ],
    ['a built-in handler', '<serviceTask id="t" implementation="noop"/>', job('noop')],
    ['nothing at all', '<serviceTask id="t"/>', job('t')],
    ['the standard default', '<serviceTask id="t" implementation="##WebService"/>', job('t')],
    [
      'FEEL script',
      '<scriptTask id="t"><script>{ total: a + b }</script></scriptTask>',
      { kind: 'expression', expression: feel('{ total: a + b }') },
    ],
    [
      'JUEL script',
      '<scriptTask id="t" camunda:resultVariable="r"><script>${a + b}</script></scriptTask>',
      { kind: 'expression', expression: juel('${a + b}'), resultVariable: 'r' },
    ],
    [
      'JavaScript',
      '<scriptTask id="t" scriptFormat="application/javascript" camunda:resultVariable="r"><script>a + b</script></scriptTask>',
      job('vendor:script:javascript', { headers: { script: 'a + b' }, resultVariable: 'r' }),
    ],
    [
      'Groovy',
      '<scriptTask id="t" scriptFormat="groovy"><script>x</script></scriptTask>',
      job('vendor:script:groovy', { headers: { script: 'x' } }),
    ],
    [
      'Zeebe script',
      '<scriptTask id="t"><extensionElements><zeebe:script expression="= a + b" resultVariable="r"/></extensionElements></scriptTask>',
      { kind: 'expression', expression: feel('a + b'), resultVariable: 'r' },
    ],
    [
      'Camunda decision',
      '<businessRuleTask id="t" camunda:decisionRef="d" camunda:decisionRefBinding="version" camunda:decisionRefVersion="3" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="r"/>',
      {
        kind: 'decision',
        decisionId: literal('d'),
        binding: { type: 'version', version: 3 },
        resultVariable: 'r',
        mapResult: 'singleEntry',
      },
    ],
    [
      'Camunda decision without a view',
      '<businessRuleTask id="t" camunda:decisionRef="d"/>',
      { kind: 'decision', decisionId: literal('d'), binding: { type: 'latest' }, mapResult: 'resultList' },
    ],
    [
      'Zeebe decision',
      '<businessRuleTask id="t"><extensionElements><zeebe:calledDecision decisionId="d" resultVariable="r" bindingType="deployment"/></extensionElements></businessRuleTask>',
      { kind: 'decision', decisionId: literal('d'), binding: { type: 'deployment' }, resultVariable: 'r', mapResult: 'value' },
    ],
    [
      'Flowable decision',
      '<businessRuleTask id="t" flowable:type="dmn"><extensionElements><flowable:field name="decisionTableReferenceKey"><flowable:string>d</flowable:string></flowable:field></extensionElements></businessRuleTask>',
      { kind: 'decision', decisionId: literal('d'), binding: { type: 'latest' }, mapResult: 'resultList' },
    ],
    [
      'Flowable decision as its modeler writes it',
      '<serviceTask id="t" flowable:type="dmn"><extensionElements><flowable:field name="decisionTableReferenceKey"><flowable:string>d</flowable:string></flowable:field></extensionElements></serviceTask>',
      { kind: 'decision', decisionId: literal('d'), binding: { type: 'latest' }, mapResult: 'resultList' },
    ],
    ['Flowable decision without a name', '<serviceTask id="t" flowable:type="dmn"/>', job('vendor:flowable:dmn')],
    ['sent message', '<sendTask id="t" messageRef="m"/>', { kind: 'message', message: { name: literal('Paid') } }],
  ])('%s', async (_what, xml, work) => {
    const { element, issues } = await readElementOf(xml, 't', '<message id="m" name="Paid"/>');

    expect(element).toMatchObject({ work });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says when a worker is needed, or nothing says how the task is done', async () => {
    const { issues } = await read('<serviceTask id="a" camunda:class="A"/><serviceTask id="b"/>');

    expect(issues.map(({ severity, code, elementId }) => [severity, code, elementId])).toEqual([
      ['warning', 'worker-needed', 'a'],
      ['warning', 'no-implementation', 'b'],
    ]);
  });
});

describe('the version of a decision', () => {
  it.each([
    ['version', '<businessRuleTask id="t" camunda:decisionRef="d" camunda:decisionRefBinding="version" camunda:decisionRefVersion="3"/>'],
    [
      'deployment',
      '<businessRuleTask id="t"><extensionElements><zeebe:calledDecision decisionId="d" resultVariable="r" bindingType="deployment"/></extensionElements></businessRuleTask>',
    ],
  ])('is always the latest: %s is read and warned of', async (binding, xml) => {
    const { issues } = await read(xml);

    expect(issues).toMatchObject([{ severity: 'warning', code: 'decision-binding', elementId: 't' }]);
    expect(issues[0]?.message).toContain(`by ${binding}`);
    expect(issues[0]?.message).toContain('is decided with the latest version');
  });

  it('is said where nothing is bound, without a warning', async () => {
    const { issues } = await read('<businessRuleTask id="t" camunda:decisionRef="d" camunda:decisionRefBinding="latest"/>');

    expect(issues).toEqual([]);
  });
});

describe('who does a user task', () => {
  it.each([
    [
      'Camunda',
      `<userTask id="t" camunda:assignee="\${who}" camunda:candidateUsers="ann,bob" camunda:candidateGroups="sales" camunda:dueDate="\${due}" camunda:followUpDate="2026-01-01T00:00:00" camunda:priority="70" camunda:formKey="f"/>`,
      {
        assignee: juel('${who}'),
        candidateUsers: literal('ann,bob'),
        candidateGroups: literal('sales'),
        dueAt: juel('${due}'),
        followUpAt: literal('2026-01-01T00:00:00'),
        priority: literal('70'),
        formKey: 'f',
      },
    ],
    [
      'Zeebe',
      `<userTask id="t"><extensionElements><zeebe:userTask/><zeebe:assignmentDefinition assignee="= who" candidateGroups="sales, legal"/><zeebe:taskSchedule dueDate="= due"/><zeebe:priorityDefinition priority="= p"/><zeebe:formDefinition formId="f"/></extensionElements></userTask>`,
      { assignee: feel('who'), candidateGroups: literal('sales, legal'), dueAt: feel('due'), priority: feel('p'), formKey: 'f' },
    ],
    [
      'BPMN candidates',
      '<userTask id="t"><potentialOwner><resourceAssignmentExpression><formalExpression>user(ann), group(sales), group(legal), hr</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>',
      { candidateUsers: literal('ann'), candidateGroups: literal('sales,legal,hr') },
    ],
    [
      'BPMN performer',
      '<userTask id="t"><humanPerformer><resourceAssignmentExpression><formalExpression>= requester</formalExpression></resourceAssignmentExpression></humanPerformer></userTask>',
      { assignee: feel('requester') },
    ],
    [
      'BPMN performer by name',
      '<userTask id="t"><humanPerformer><resourceAssignmentExpression><formalExpression>user(ann)</formalExpression></resourceAssignmentExpression></humanPerformer></userTask>',
      { assignee: literal('ann') },
    ],
  ])('%s', async (_what, xml, people) => {
    const { element, issues } = await readElementOf(xml, 't');

    expect(element).toEqual({ kind: 'userTask', id: 't', ...people });
    expect(issues).toEqual([]);
  });

  it('reads listeners that only keep the assignee in a variable, and warns of any other', async () => {
    const listener = (event: string, script: string) =>
      `<camunda:taskListener event="${event}"><camunda:script scriptFormat="javascript">${script}</camunda:script></camunda:taskListener>`;
    const { element, issues } = await readElementOf(
      `<userTask id="t"><extensionElements>${listener('create', "if (task.getVariable('boss')) task.setAssignee(boss)")}${listener('assignment', "task.setVariable('boss', task.getAssignee())")}${listener('complete', 'mail()')}</extensionElements></userTask>`,
      't',
    );

    expect(element).toMatchObject({ assignee: feel('boss'), assigneeVariable: 'boss' });
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([
      ['info', 'listener-mapped'],
      ['info', 'listener-mapped'],
      ['warning', 'not-executed'],
    ]);
    expect(issues[2]?.message).toContain('camunda:taskListener (complete)');
  });
});

describe('calls and mappings', () => {
  it('copies what Camunda names, and nothing else', async () => {
    const { element } = await readElementOf(
      `<callActivity id="t" calledElement="child" camunda:calledElementBinding="versionTag" camunda:calledElementVersionTag="1.2"><extensionElements><camunda:in source="a" target="b"/><camunda:in sourceExpression="\${a + 1}" target="c"/><camunda:in businessKey="#{key}"/><camunda:out source="x" target="y"/></extensionElements></callActivity>`,
      't',
    );

    expect(element).toEqual({
      kind: 'callActivity',
      id: 't',
      called: {
        type: 'process',
        processId: literal('child'),
        binding: { type: 'versionTag', versionTag: '1.2' },
        passAllVariables: false,
        returnAllVariables: false,
        businessKey: juel('#{key}'),
      },
      inputs: [
        { source: feel('a'), target: 'b' },
        { source: juel('${a + 1}'), target: 'c' },
      ],
      outputs: [{ source: feel('x'), target: 'y' }],
    });
  });

  it('copies everything where the file says so, or is of no product', async () => {
    const camunda = await readElementOf(
      '<callActivity id="t" calledElement="c"><extensionElements><camunda:in variables="all"/></extensionElements></callActivity>',
      't',
    );
    const plain = await readElementOf('<callActivity id="t" calledElement="c"/>', 't');
    const zeebe = await readElementOf(
      '<callActivity id="t"><extensionElements><zeebe:calledElement processId="= which" propagateAllChildVariables="false"/></extensionElements></callActivity>',
      't',
    );

    expect(camunda.element).toMatchObject({ called: { passAllVariables: true, returnAllVariables: false } });
    expect(plain.element).toMatchObject({ called: { passAllVariables: true, returnAllVariables: true } });
    expect(zeebe.element).toMatchObject({ called: { processId: feel('which'), passAllVariables: true, returnAllVariables: false } });
  });

  it('reads mappings of both products', async () => {
    const camunda = await readElementOf(
      `<userTask id="t"><extensionElements><camunda:inputOutput><camunda:inputParameter name="a">\${x}</camunda:inputParameter><camunda:inputParameter name="b"><camunda:list><camunda:value>1</camunda:value></camunda:list></camunda:inputParameter><camunda:inputParameter name="c"><camunda:map><camunda:entry key="k">v</camunda:entry></camunda:map></camunda:inputParameter><camunda:outputParameter name="d">text</camunda:outputParameter></camunda:inputOutput></extensionElements></userTask>`,
      't',
    );
    const zeebe = await readElementOf(
      '<userTask id="t"><extensionElements><zeebe:ioMapping><zeebe:input source="= x" target="a"/><zeebe:output source="= y" target="b"/></zeebe:ioMapping></extensionElements></userTask>',
      't',
    );

    expect(camunda.issues).toEqual([]);
    expect(camunda.element).toMatchObject({
      inputs: [
        { source: juel('${x}'), target: 'a' },
        { source: feel('["1"]'), target: 'b' },
        { source: feel('{"k":"v"}'), target: 'c' },
      ],
      outputs: [{ source: literal('text'), target: 'd' }],
    });
    expect(zeebe.element).toMatchObject({ inputs: [{ source: feel('x'), target: 'a' }], outputs: [{ source: feel('y'), target: 'b' }] });
  });

  it('gathers inputs to parts of a variable, and refuses such outputs', async () => {
    const { element, issues } = await readElementOf(
      '<userTask id="t"><extensionElements><zeebe:ioMapping><zeebe:input source="= who.mail" target="to.email"/><zeebe:input source="x" target="kind"/><zeebe:input source="Ann" target="to.name.first"/><zeebe:output source="= y" target="a.b"/></zeebe:ioMapping></extensionElements></userTask>',
      't',
    );

    expect(element).toMatchObject({
      inputs: [
        { source: feel('{"email": (who.mail), "name": {"first": "Ann"}}'), target: 'to' },
        { source: literal('x'), target: 'kind' },
      ],
    });
    expect(issues).toMatchObject([{ severity: 'error', code: 'bpmn-unsupported', elementId: 't' }]);
  });

  it('refuses a mapping it would have to run a script for', async () => {
    const { issues } = await read(
      '<userTask id="t"><extensionElements><camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="groovy">1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>',
    );

    expect(issues).toMatchObject([{ severity: 'error', code: 'bpmn-unsupported', elementId: 't' }]);
  });
});

describe('flows', () => {
  it.each([
    ['', 'a > 1', feel('a > 1')],
    ['', '= a > 1', feel('a > 1')],
    ['', '${a > 1}', juel('${a > 1}')],
    ['language="feel"', 'a > 1', feel('a > 1')],
    ['language="http://www.w3.org/1999/XPath"', 'a > 1', feel('a > 1')],
    ['language="juel"', 'a > 1', juel('${a > 1}')],
  ])('a condition %s %s', async (language, text, condition) => {
    const { processes } = await read(
      `<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression ${language}>${text.replace('>', '&gt;')}</conditionExpression></sequenceFlow>`,
    );

    expect(processes[0]?.flows[0]?.condition).toEqual(condition);
  });

  it('refuses a condition in a script language', async () => {
    const { issues } = await read(
      '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="a"><conditionExpression language="javascript">a</conditionExpression></sequenceFlow>',
    );

    expect(issues).toMatchObject([{ severity: 'error', code: 'bpmn-unsupported', elementId: 'f' }]);
  });

  it('keeps the order of the file, nested elements behind their sub-process', async () => {
    const { processes } = await read(
      '<task id="b"/><subProcess id="s"><task id="c"/><subProcess id="i"><task id="d"/></subProcess></subProcess><task id="a"/>',
    );

    expect(processes[0]?.elements.map(({ id, parent }) => [id, parent])).toEqual([
      ['b', undefined],
      ['s', undefined],
      ['c', 's'],
      ['i', 's'],
      ['d', 'i'],
      ['a', undefined],
    ]);
  });
});

describe('what a form field says', () => {
  const field = (attributes: string, inner = '') =>
    `<userTask id="t"><extensionElements><camunda:formData><camunda:formField id="f" ${attributes}>${inner}</camunda:formField></camunda:formData></extensionElements></userTask>`;
  const constraint = (name: string, config: string) => `<camunda:constraint name="${name}" config="${config}"/>`;

  it('becomes part of the form as far as it can be checked', async () => {
    const { element, issues } = await readElementOf(
      field(
        'type="long"',
        `<camunda:validation>${constraint('min', '1')}${constraint('max', '10')}${constraint('minlength', '2')}${constraint('maxlength', '4')}${constraint('required', '')}</camunda:validation>`,
      ),
      't',
    );

    expect(element).toMatchObject({
      formFields: [{ id: 'f', required: true, constraints: { minimum: 1, maximum: 10, minLength: 2, maxLength: 4 } }],
    });
    expect(issues).toEqual([]);
  });

  it('is reported as far as it cannot', async () => {
    const { element, issues } = await readElementOf(
      field(
        'type="date" datePattern="dd.MM."',
        `<camunda:properties><camunda:property id="a" value="b"/></camunda:properties><camunda:validation>${constraint('validator', 'org.acme.Even')}${constraint('min', '${least}')}</camunda:validation>`,
      ),
      't',
    );

    expect(element).toMatchObject({ formFields: [{ id: 'f', type: 'date' }] });
    expect(issues.map(({ severity, code, elementId }) => [severity, code, elementId])).toEqual([
      ['warning', 'not-executed', 't'],
      ['info', 'preserved', 't'],
    ]);
    expect(issues[0]?.message).toContain('validator="org.acme.Even", min="${least}"');
    expect(issues[1]?.message).toContain('datePattern, camunda:properties');
  });
});

describe('what is not executed', () => {
  it('warns where others would restrict who may start', async () => {
    const { issues } = await readBpmn(file('').replace('<process', '<process camunda:candidateStarterGroups="sales"'), {
      fileName: 'a.bpmn',
    });

    expect(issues).toMatchObject([{ severity: 'warning', code: 'not-executed', elementId: 'p' }]);
  });

  it('names every extension, attribute, lane and data element once per owner', async () => {
    const { issues } = await read(
      `<laneSet id="l"><lane id="l1" name="Sales"/></laneSet><dataObject id="d" name="Order"/><dataObjectReference id="r" dataObjectRef="d" name="Order"/><task id="t" camunda:asyncBefore="true" camunda:jobPriority="10"><extensionElements><camunda:properties><camunda:property name="a" value="b"/></camunda:properties></extensionElements></task><userTask id="u"><extensionElements><camunda:executionListener event="start" class="A"/></extensionElements></userTask>`,
    );

    expect(issues.map(({ severity, code, elementId }) => [severity, code, elementId])).toEqual([
      ['info', 'preserved', 'p'],
      ['info', 'preserved', 't'],
      ['warning', 'not-executed', 'u'],
    ]);
    expect(issues[0]?.message).toContain('lanes "Sales", dataObject "Order", dataObjectReference "Order"');
    expect(issues[1]?.message).toContain('camunda:asyncBefore="true", camunda:jobPriority="10", camunda:properties');
    expect(issues[2]?.message).toContain('camunda:executionListener (start)');
  });
});

describe('a product that goes on under another name', () => {
  it('is read like the one it was: Operaton like Camunda 7', async () => {
    const task = file('<serviceTask id="x" camunda:type="external" camunda:topic="pay"/>');
    const { processes } = await readBpmn(task.replace('http://camunda.org/schema/1.0/bpmn', 'http://operaton.org/schema/1.0/bpmn'), {
      fileName: 'a.bpmn',
    });

    expect(processes[0]?.elements).toMatchObject([{ work: { kind: 'job', jobType: literal('pay') } }]);
  });
});
