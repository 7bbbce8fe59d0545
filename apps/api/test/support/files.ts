const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://baton.test">`;

/** Wraps the inside of a file. */
export const bpmn = (inside: string): string => `${HEAD}\n${inside}\n</definitions>`;

/**
 * Amounts above zero are approved by a manager; what is approved is archived by a worker; then the payment is awaited as a
 * message. The start form asks for the amount, the task's form whether it is approved.
 */
export const approval = (id = 'approval'): string =>
  bpmn(`
  <message id="paid" name="paid" />
  <process id="${id}" name="Approval" isExecutable="true">
    <startEvent id="start" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="worth" />
    <exclusiveGateway id="worth" default="f2" />
    <sequenceFlow id="f2" sourceRef="worth" targetRef="end" />
    <sequenceFlow id="f3" sourceRef="worth" targetRef="approve">
      <conditionExpression>\${amount &gt; 0}</conditionExpression>
    </sequenceFlow>
    <userTask id="approve" name="Approve the amount" camunda:candidateGroups="management">
      <documentation>Look twice.</documentation>
    </userTask>
    <sequenceFlow id="f4" sourceRef="approve" targetRef="decided" />
    <exclusiveGateway id="decided" default="f5" />
    <sequenceFlow id="f5" sourceRef="decided" targetRef="end" />
    <sequenceFlow id="f6" sourceRef="decided" targetRef="archive">
      <conditionExpression>\${approved}</conditionExpression>
    </sequenceFlow>
    <serviceTask id="archive" name="Archive" camunda:type="external" camunda:topic="archive" />
    <sequenceFlow id="f7" sourceRef="archive" targetRef="payment" />
    <intermediateCatchEvent id="payment"><messageEventDefinition messageRef="paid" /></intermediateCatchEvent>
    <sequenceFlow id="f8" sourceRef="payment" targetRef="end" />
    <endEvent id="end" />
  </process>`);

/** The least that runs. */
export const trivial = (id: string): string =>
  bpmn(`
  <process id="${id}" isExecutable="true">
    <startEvent id="start" /><sequenceFlow id="f" sourceRef="start" targetRef="end" /><endEvent id="end" />
  </process>`);

/** A task beside a timer, a signal and an ad-hoc sub-process; the task is called differently in version 2. Starts by `opening`, too. */
export const desk = (task: string): string =>
  bpmn(`
  <signal id="closing" name="closing" /><signal id="opening" name="opening" /><escalation id="late" escalationCode="late" />
  <process id="desk" isExecutable="true">
    <startEvent id="start" /><startEvent id="opened"><signalEventDefinition signalRef="opening" /></startEvent>
    <sequenceFlow id="f0" sourceRef="opened" targetRef="begun" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="begun" />
    <exclusiveGateway id="begun" /><sequenceFlow id="f8" sourceRef="begun" targetRef="fork" />
    <parallelGateway id="fork" />
    <sequenceFlow id="f2" sourceRef="fork" targetRef="${task}" />
    <userTask id="${task}" />
    <boundaryEvent id="remind" attachedToRef="${task}" cancelActivity="false">
      <timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>
    </boundaryEvent>
    <boundaryEvent id="closed" attachedToRef="${task}" cancelActivity="false"><signalEventDefinition signalRef="closing" /></boundaryEvent>
    <sequenceFlow id="f3" sourceRef="remind" targetRef="reminded" /><endEvent id="reminded" />
    <sequenceFlow id="f4" sourceRef="closed" targetRef="told" /><endEvent id="told" />
    <sequenceFlow id="f5" sourceRef="fork" targetRef="help" />
    <adHocSubProcess id="help">
      <userTask id="call" /><manualTask id="note" />
      <completionCondition xsi:type="tFormalExpression">\${false}</completionCondition>
    </adHocSubProcess>
    <sequenceFlow id="f6" sourceRef="fork" targetRef="ship" />
    <serviceTask id="ship" camunda:type="external" camunda:topic="ship" />
    <boundaryEvent id="delayed" attachedToRef="ship" cancelActivity="false"><escalationEventDefinition escalationRef="late" /></boundaryEvent>
    <sequenceFlow id="f7" sourceRef="delayed" targetRef="noted" /><endEvent id="noted" />
  </process>`);
