import { assemble } from '../../../src/procedures/assemble.ts'
import { readProcedureFolder } from '../../../src/procedures/folder.ts'
import { idsOf } from '../../../src/procedures/ids.ts'
import { versioned } from '../../../src/procedures/new-version.ts'
import { rewriteId } from '../../../src/procedures/rewrite.ts'

const { files } = await readProcedureFolder('processes/1.013225-cap-giay-phep-xay-dung-moi')
const decoy = '<!-- id="p1013225" -->'

it('ids are those of elements, in either kind of quotes; comments and character data have none', () => {
  const xml = `<?xml version="1.0"?>${decoy}<a:process x='>' id = 'p1'/><process name="n"/><![CDATA[<process id="p2"/>]]><processing id="p3"/>`
  expect(idsOf(xml, 'process')).toEqual(['p1', ''])
})

it('the version goes into an id in single quotes too, and out again to the letter', () => {
  const bpmn = files.bpmn.replaceAll(/="p1013225"/g, " = 'p1013225'")
  const written = versioned(bpmn, 'process', 'p1013225', 'p1013225_v7')
  expect(idsOf(written, 'process')).toEqual(['p1013225_v7'])
  expect(written).not.toContain("'p1013225'")
  expect(rewriteId(written, 'p1013225_v7', 'p1013225')).toBe(bpmn)
})

it('a process that bears the id in a comment only makes no procedure', () => {
  const bpmn = decoy + files.bpmn.replaceAll('id="p1013225"', 'id="p&#49;013225"')
  expect(() => assemble({ ...files, bpmn })).toThrow('process.bpmn: there must be one process')
  const dmn = `<!-- id="routing_p1013225" -->${files.dmn.replaceAll('id="routing_p1013225"', "id='elsewhere'")}`
  expect(() => assemble({ ...files, dmn })).toThrow('routing.dmn: there must be one decision')
})

it('a second decision would be deployed under an id that no version has, so there is one', () => {
  const dmn = files.dmn.replace('</definitions>', '<decision id="helper"/></definitions>')
  expect(() => assemble({ ...files, dmn })).toThrow('routing.dmn: there must be one decision')
})

it('a version is never written under an id that its element does not have', () => {
  expect(() => versioned('<process id="p&#49;"/>', 'process', 'p1', 'p1_v2')).toThrow(
    'could not be given the id p1_v2',
  )
})
