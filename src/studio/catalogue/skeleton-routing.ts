import { baseIdOf } from '../../procedures/assemble.ts'
import { inner } from './diagram.ts'
import type { CatalogueRow } from './entry.ts'

/** A unit's agency: the code without its last part; `place` stands for the commune concerned. */
export const agencyOf = (unit: string): string => unit.slice(0, unit.lastIndexOf('.'))

/** The same in FEEL: `place.KT` is reckoned, any other code is fixed. */
const feel = (code: string): string => {
  if (code === 'place') return 'place'
  return code.startsWith('place.') ? `place + "${code.slice('place'.length)}"` : `"${code}"`
}

/** A routing table of one row: every commune of the record to the unit that works on it. */
export function routingOf({ code, agency, places }: CatalogueRow, unit: string): string {
  const id = baseIdOf(code)
  const input = (name: string, label: string) => [
    `      <input id="in_${name}" label="${label}">`,
    `        <inputExpression id="in_${name}_expression" typeRef="string"><text>${name}</text></inputExpression>`,
    '      </input>',
  ]
  const entry = (kind: 'input' | 'output', name: string, text: string) =>
    `        <${kind}Entry id="rule_1_${name}"><text>${inner(text)}</text></${kind}Entry>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="routing_definitions" name="Phân tuyến ${code}" namespace="urn:mot-cua">`,
    `  <decision id="routing_${id}" name="Xác định đơn vị thụ lý">`,
    '    <decisionTable id="routing_table" hitPolicy="FIRST">',
    ...input('procedure', 'Thủ tục'),
    ...input('place', 'Địa bàn (mã cơ quan xã)'),
    ...input('case', 'Trường hợp'),
    '      <output id="out_agency" label="Cơ quan" name="agency" typeRef="string" />',
    '      <output id="out_unit" label="Đơn vị" name="unit" typeRef="string" />',
    '      <rule id="rule_1">',
    `        <description>${inner(agency)}. Địa bàn không còn là đơn vị cấp xã thì không có dòng nào khớp.</description>`,
    entry('input', 'procedure', `"${code}"`),
    entry('input', 'place', places.map((place) => `"${place}"`).join(', ')),
    entry('input', 'case', '"general"'),
    entry('output', 'agency', feel(agencyOf(unit))),
    entry('output', 'unit', feel(unit)),
    '      </rule>',
    '    </decisionTable>',
    '  </decision>',
    '  <dmndi:DMNDI>',
    '    <dmndi:DMNDiagram id="routing_diagram">',
    `      <dmndi:DMNShape id="routing_shape" dmnElementRef="routing_${id}">`,
    '        <dc:Bounds x="160" y="100" width="180" height="80" />',
    '      </dmndi:DMNShape>',
    '    </dmndi:DMNDiagram>',
    '  </dmndi:DMNDI>',
    '</definitions>',
    '',
  ].join('\n')
}
