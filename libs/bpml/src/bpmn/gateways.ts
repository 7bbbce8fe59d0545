import type { ComplexGatewayModel, ElementBase, EventBasedGatewayModel, GatewayModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readFormula } from './formal-expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

type AnyGateway = GatewayModel | ComplexGatewayModel | EventBasedGatewayModel;

/** A gateway of any kind; `undefined` (with an error) for one that the standard does not know. */
export function readGateway(
  reading: Reading,
  element: XmlElement,
  base: ElementBase & { readonly defaultFlow?: string },
): AnyGateway | undefined {
  const kind = element.local;
  switch (kind) {
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
      return { kind, ...base };
    case 'complexGateway': {
      const expression = element.first('activationCondition');
      if (expression) reading.understandStandard(expression);
      const activationCondition = readFormula(reading, element, expression, 'activation condition');
      return { kind, ...base, ...(activationCondition && { activationCondition }) };
    }
    case 'eventBasedGateway':
      return readEventBased(reading, element, base);
    default:
      reading.error('bpmn-unsupported', `The ${kind} "${title(element)}" is not executed.`, element);
      return undefined;
  }
}

function readEventBased(
  reading: Reading,
  element: XmlElement,
  { defaultFlow: _, ...base }: ElementBase & { readonly defaultFlow?: string },
) {
  const instantiate = element.flag('instantiate') === true;
  const parallel = element.attribute('eventGatewayType')?.trim().toLowerCase() === 'parallel';
  if (parallel && !instantiate) {
    // Source: BPMN 2.0.2, 10.6.6 (event-based gateway).
    reading.error(
      'bpmn-invalid',
      `The parallel eventBasedGateway "${title(element)}" must also start instances (instantiate="true").`,
      element,
    );
    return undefined;
  }
  return {
    kind: 'eventBasedGateway' as const,
    ...base,
    ...(instantiate && { instantiate: true as const }),
    ...(parallel && { parallel: true as const }),
  };
}
