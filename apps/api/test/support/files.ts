const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  id="definitions" targetNamespace="http://baton.test">`;

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
