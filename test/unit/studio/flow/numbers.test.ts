import { readdirSync, readFileSync } from 'node:fs'
import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { procedureDefinition } from '../../../../src/procedures/definition.ts'
import { readDiagram } from '../../../../src/studio/flow/diagram.ts'
import { draftNumbers, numbersOf } from '../../../../src/studio/flow/numbers.ts'
import { stepNumbers } from '../../../../src/studio/flow/reading.ts'
import { graphOfProcess, type Moddle } from '../../../../ui/src/studio/workspace/steps/graph-of.ts'
import { orderWays, rowsOf } from '../../../../ui/src/studio/workspace/steps/rows.ts'

const folders = readdirSync('processes').filter((name) => /^\d/.test(name))
const facts = (folder: string) =>
  procedureDefinition.parse(JSON.parse(readFileSync(`processes/${folder}/procedure.json`, 'utf8')))
const drawing = (folder: string) => readFileSync(`processes/${folder}/process.bpmn`, 'utf8')

/** The flows of a diagram the other way round in its file, as taking changes back may leave them. */
function turned(xml: string): string {
  const flow = /[ \t]*<bpmn:sequenceFlow [^>]*?(?:\/>|>[\s\S]*?<\/bpmn:sequenceFlow>)\n?/g
  const flows = xml.match(flow)!.toReversed()
  let n = 0
  return xml.replace(flow, () => flows[n++]!)
}

/** As the editor's step table has them. */
async function tableOf(xml: string, definition: ReturnType<typeof facts>) {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml)
  const { rootElements } = rootElement as unknown as { rootElements: Moddle[] }
  const process = rootElements.find(({ $type }) => $type === 'bpmn:Process')!
  return rowsOf(orderWays(graphOfProcess(process), definition), definition)
}

describe.each(folders)('the steps of %s', (folder) => {
  it('have the same numbers on the server as in the editor’s table, in whatever order the file has its flows', async () => {
    const definition = facts(folder)
    const numbers = numbersOf(await readDiagram(drawing(folder)), definition)
    for (const xml of [drawing(folder), turned(drawing(folder))]) {
      const table = await tableOf(xml, definition)
      expect(table.flatMap(({ id, number }) => (number === null ? [] : [[id, number]]))).toEqual([...numbers])
      expect(numbersOf(await readDiagram(xml), definition)).toEqual(numbers)
    }
  })

  it('are numbered from 1 without a gap, people’s steps alone', async () => {
    const definition = facts(folder)
    const numbers = numbersOf(await readDiagram(drawing(folder)), definition)
    expect([...numbers.values()]).toEqual(Object.keys(definition.steps).map((_, n) => n + 1))
    expect(new Set(numbers.keys())).toEqual(new Set(Object.keys(definition.steps)))
  })
})

it('a permit reads from the reception to the return before any detour', async () => {
  const folder = folders.find((name) => name.startsWith('1.013225'))!
  const numbers = numbersOf(await readDiagram(drawing(folder)), facts(folder))
  const straight = [
    'Receive',
    'Assign',
    'Appraise',
    'ReviewResult',
    'SignResult',
    'NumberResult',
    'ReturnResult',
  ]
  expect(straight.map((id) => numbers.get(id))).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(numbers.get('DraftSupplement')).toBeGreaterThan(7)
  expect(numbers.has('AwaitSupplement')).toBe(false)
})

it('a draft whose diagram cannot be read has no numbers, and half a definition is no fault', async () => {
  expect(await draftNumbers({ bpmn: '<oops', definition: {} as never })).toEqual(new Map())
  const bpmn = drawing(folders[0]!)
  expect((await draftNumbers({ bpmn, definition: { steps: null } as never })).size).toBeGreaterThan(0)
  expect(stepNumbers([{ id: 'a', branch: 'main' }], () => false)).toEqual(new Map())
})
