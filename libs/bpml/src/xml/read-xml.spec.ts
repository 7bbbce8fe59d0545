import { describe, expect, it } from 'vitest';
import { readXml } from './read-xml.js';

// Features: M-01

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

describe('the front door of XML files', () => {
  it('knows the prefix xsi where a file forgets to declare it, and no other', () => {
    const root = readXml('<a xsi:type="t"/>', { fileName: 'a.xml' });

    expect(root.attributes).toMatchObject([{ uri: XSI, local: 'type', value: 't' }]);
    expect(() => readXml('<a xml2:type="t"/>', { fileName: 'a.xml' })).toThrowError('unbound namespace prefix');
  });

  it('keeps what a file declares the prefix xsi to mean', () => {
    const root = readXml('<a xmlns:xsi="urn:mine" xsi:type="t"/>', { fileName: 'a.xml' });

    expect(root.attributes.find(({ local }) => local === 'type')).toMatchObject({ uri: 'urn:mine' });
  });
});
