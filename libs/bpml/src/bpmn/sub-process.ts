import type { AdHoc, SubProcessModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { variableOf } from './data.js';
import { readFormula } from './formal-expression.js';
import { isEventSubProcess } from './positions.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { zeebeElement, zeebeText } from './vendor.js';
import { zeebeValue } from './expression.js';

type Details = Pick<SubProcessModel, 'triggeredByEvent' | 'transaction' | 'adHoc' | 'properties'>;

/** What kind of sub-process it is, and the variables that are its alone. */
export function readSubProcess(reading: Reading, element: XmlElement): Details {
  const properties = element.all('property').map((property) => {
    reading.understandStandard(property);
    return variableOf(reading, property);
  });
  return {
    ...(isEventSubProcess(element) && { triggeredByEvent: true }),
    ...(element.local === 'transaction' && { transaction: true }),
    ...(element.local === 'adHocSubProcess' && { adHoc: readAdHoc(reading, element) }),
    ...(properties.length > 0 && { properties }),
  };
}

function readAdHoc(reading: Reading, element: XmlElement): AdHoc {
  const expression = element.first('completionCondition');
  if (expression) reading.understandStandard(expression);
  const completionCondition = readFormula(reading, element, expression, 'completion condition');
  const zeebe = zeebeElement(reading, element, 'adHoc');
  const activeElements = zeebeText(zeebe, 'activeElementsCollection');
  const unread = (zeebe?.attributes ?? []).filter(({ uri, local }) => uri === '' && local !== 'activeElementsCollection');
  if (unread.length > 0) {
    const names = unread.map(({ local }) => local).join(', ');
    reading.warn(
      'not-executed',
      `The adHocSubProcess "${title(element)}": zeebe:adHoc ${names} (kept in the file, but not executed).`,
      element,
    );
  }
  return {
    ordering: element.attribute('ordering')?.trim().toLowerCase() === 'sequential' ? 'sequential' : 'parallel',
    ...(completionCondition && { completionCondition }),
    cancelRemaining: element.flag('cancelRemainingInstances') !== false,
    ...(activeElements !== undefined && { activeElements: zeebeValue(activeElements) }),
  };
}
