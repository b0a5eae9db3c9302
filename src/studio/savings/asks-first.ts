import { readDiagram } from '../../procedures/lint.ts'
import { listOf, recOf } from '../diff/keyed.ts'
import { follow, type Graph, graphOf } from '../lint/graph.ts'
import type { ProcedureSource } from '../source.ts'

/** Whether no way leads a dossier that was received to whoever appraises it without passing a task, and some way passes it. */
function isFirst(graph: Graph, id: string, { definition }: ProcedureSource): boolean {
  let [isReached, isPassedBy] = [false, false]
  const start = graph.starts.map((at) => ({ id: at, carried: false as boolean, answer: null }))
  follow(graph, start, (node, isReceived) => {
    if (node.id === id) {
      isReached = true
      return []
    }
    const step = recOf(recOf(definition.steps)[node.id])
    const outcomes = Object.entries(recOf(step.outcomes))
    const promised = outcomes.flatMap(([, one]) => listOf(recOf(one).promises).map(String))
    // Who hands a dossier on has one answer; who appraises it has several, or writes the result.
    if (isReceived && (outcomes.length > 1 || promised.some((one) => one.startsWith('result.')))) {
      isPassedBy = true
      return []
    }
    const answers = [
      ...outcomes.map(([answer]) => answer),
      ...listOf(recOf(recOf(definition.waits)[node.id]).outcomes).map(String),
    ]
    if (answers.length === 0) return [{ carried: isReceived }]
    return answers.map((answer) => ({
      carried: isReceived || listOf(recOf(recOf(step.outcomes)[answer]).promises).includes('clock.start'),
      answer,
    }))
  })
  return isReached && !isPassedBy
}

/**
 * Tasks that ask another system on every way, whatever the case, before anybody appraises the dossier: only their answer
 * can stand in the place of a paper. None of a diagram that is only half drawn.
 */
export async function asksFirst(source: ProcedureSource): Promise<Set<string>> {
  const root = await readDiagram(source.bpmn).catch(() => null)
  if (root === null) return new Set()
  const graph = graphOf(root)
  const requests = [...graph.nodes.values()].filter(({ jobType }) => jobType === 'exchange.request')
  return new Set(requests.map(({ id }) => id).filter((id) => isFirst(graph, id, source)))
}
