import { describe, expect, it } from 'vitest';
import { detect, refuseFormat } from './detect.js';

// Features: M-06

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

describe('detect', () => {
  it.each([
    ['a.xml', `<definitions xmlns="${MODEL}"/>`, 'bpmn'],
    ['a.xml', `<?xml version="1.0"?>\n<!-- <x> -->\n<b:definitions a="1" xmlns:b='${MODEL}'>`, 'bpmn'],
    ['a.xml', `\uFEFF<definitions xmlns="${MODEL}"/>`, 'bpmn'],
    ['a.xml', `<!DOCTYPE d [<!ENTITY x "y">]><definitions xmlns="${MODEL}"/>`, 'bpmn'],
    ['a.xml', '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', 'dmn'],
    ['a.xml', '<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>', 'dmn'],
    ['a.xml', '<package xmlns="http://www.bpmi.org/2003/BPML/process"/>', 'bpml'],
    ['a.xml', '<bpml:process xmlns:bpml="http://www.bpml.org/bpml"/>', 'bpml'],
    ['a.xml', '<process name="x"><sequence><operation name="y"/></sequence></process>', 'bpml'],
    ['a.xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'unknown'],
    ['a.json', '{"elements":[]}', 'unknown'],
    ['broken.bpmn', '<definitions', 'bpmn'],
    ['drawing.bpmn', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'bpmn'],
    ['empty.dmn', '', 'dmn'],
    ['README', 'hello', 'unknown'],
  ])('%s with %s is %s', (name, content, format) => {
    expect(detect(name, content)).toBe(format);
  });

  it('names a format that has no reader yet', () => {
    expect(refuseFormat('bpml', 'a.bpml')).toMatchObject({ code: 'bpmn-unsupported', status: 422, issues: [{ file: 'a.bpml' }] });
    expect(refuseFormat('unknown', 'a.txt')).toMatchObject({ code: 'bpmn-not-bpmn', status: 422 });
  });
});
