import type { Behavior } from './behavior.js';
import { boundaryEvent } from './behaviors/boundary-event.js';
import { businessRuleTask } from './behaviors/business-rule-task.js';
import { callActivity } from './behaviors/call-activity.js';
import { complexGateway } from './behaviors/complex-gateway.js';
import { endEvent } from './behaviors/end-event.js';
import { eventBasedGateway } from './behaviors/event-based-gateway.js';
import { exclusiveGateway } from './behaviors/exclusive-gateway.js';
import { inclusiveGateway } from './behaviors/inclusive-gateway.js';
import { intermediateCatchEvent } from './behaviors/intermediate-catch-event.js';
import { intermediateThrowEvent } from './behaviors/intermediate-throw-event.js';
import { manualTask } from './behaviors/manual-task.js';
import { parallelGateway } from './behaviors/parallel-gateway.js';
import { receiveTask } from './behaviors/receive-task.js';
import { scriptTask } from './behaviors/script-task.js';
import { sendTask } from './behaviors/send-task.js';
import { serviceTask } from './behaviors/service-task.js';
import { startEvent } from './behaviors/start-event.js';
import { subProcess } from './behaviors/sub-process.js';
import { task } from './behaviors/task.js';
import { userTask } from './behaviors/user-task.js';
import type { ElementKind } from './model.js';

/** Every element kind's meaning. A kind without a behavior does not compile. */
export const behaviors: Readonly<Record<ElementKind, Behavior>> = {
  startEvent,
  endEvent,
  task,
  manualTask,
  userTask,
  serviceTask,
  scriptTask,
  businessRuleTask,
  sendTask,
  receiveTask,
  callActivity,
  subProcess,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  complexGateway,
  eventBasedGateway,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent,
};
