import {
  goneFrom,
  mendExamples,
  mendWalk,
  type Visit,
} from '../../../ui/src/studio/workspace/steps/example-walks.ts'
import type { Graph } from '../../../ui/src/studio/workspace/steps/graph.ts'
import { graphOfXml } from '../../../ui/src/studio/workspace/steps/graph-of-xml.ts'
import { type LooseDefinition, orderWays } from '../../../ui/src/studio/workspace/steps/rows.ts'
import { sourceOf, sources } from './sources.ts'

const read = ({ bpmn, definition }: (typeof sources)[number][1]) => {
  const loose = definition as LooseDefinition
  const graph = graphOfXml(bpmn)
  if (!graph) throw new Error('the diagram cannot be read')
  return { graph: orderWays(graph, loose), definition: loose }
}
const walkOf = ({ content }: { content: Record<string, unknown> }) => content.walk as Visit[]

describe.each(sources)('%s', (_name, source) => {
  test('has examples that go the way that is drawn, and none is changed', () => {
    const { graph, definition } = read(source)
    const { mended, left, examples } = mendExamples(graph, definition, source.examples)
    expect({ mended, left }).toEqual({ mended: [], left: [] })
    expect(examples).toEqual(source.examples)
    expect(goneFrom(graph, examples).size).toBe(0)
  })
})

/** A diagram with one step fewer: what led to it leads to what followed it. */
const leftOut = ({ nodes, flows }: Graph, id: string): Graph => {
  const [out] = nodes.get(id)!.outgoing
  const target = flows.get(out!)!.target
  const rest = new Map([...nodes].filter(([key]) => key !== id))
  const led = [...flows].flatMap(([key, flow]): [string, typeof flow][] => {
    if (flow.source === id) return []
    return [[key, flow.target === id ? { ...flow, target } : flow]]
  })
  return { nodes: rest, flows: new Map(led) }
}

describe('examples of a procedure that has lost a step', () => {
  const source = sourceOf('1.013225')
  const { graph, definition } = read(source)
  const without = leftOut(graph, 'Assign')

  test('are found with the step they still go through', () => {
    expect(goneFrom(without, source.examples)).toEqual(new Map([['Assign', 9]]))
  })

  test('go on without it', () => {
    const { mended, examples } = mendExamples(without, definition, source.examples)
    expect(mended).toHaveLength(9)
    expect(goneFrom(without, examples).size).toBe(0)
    expect(walkOf(examples[7]!)).toEqual(
      walkOf(source.examples[7]!).filter(({ element }) => element !== 'Assign'),
    )
  })
})

describe('an example of a procedure with another way', () => {
  const source = sourceOf('1.013225')
  const { graph, definition } = read(source)
  const [happy] = source.examples

  test('passes a step that is new with its first answer', () => {
    const walk = walkOf(happy!).filter(({ element }) => element !== 'ReviewResult')
    expect(mendWalk(graph, definition, walk)).toEqual({ walk: walkOf(happy!), ends: 'Returned' })
  })

  test('gives the first answer where its own is no more, and ends where that leads', () => {
    const walk = walkOf(happy!).map((visit) =>
      visit.element === 'SignResult' ? { ...visit, outcome: 'initialled' } : visit,
    )
    expect(mendWalk(graph, definition, walk)?.walk).toEqual(walkOf(happy!))
    const refused = mendWalk(graph, definition, [{ element: 'Receive', outcome: 'refused' }])
    expect(refused).toMatchObject({ walk: [{ element: 'Receive', outcome: 'refused' }] })
  })
})
