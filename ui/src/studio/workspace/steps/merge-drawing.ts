import { insertAfter, leadTo, waysIn, waysOut } from '../diagram/place.ts'
import type { Connection, Get, Shape } from '../diagram/services.ts'
import { askers, type Graph, nextOf, questionOf } from './graph.ts'
import { outcomeCondition } from './kinds.ts'
import type { Merge } from './merge-steps.ts'

/** Gateways that only join, between the first step's way onward and the second step. */
const jointsBetween = (graph: Graph, from: string | undefined, to: string): string[] => {
  const found: string[] = []
  let at = from
  while (at !== undefined && at !== to && graph.nodes.get(at)?.kind === 'gateway' && !found.includes(at)) {
    found.push(at)
    at = graph.flows.get(graph.nodes.get(at)?.outgoing[0] ?? '')?.target
  }
  return at === to ? found : []
}

/**
 * The drawing of two steps as one: what led to either leads to it, and one question asks for the answers of both. `graph`
 * is the diagram as it was before; call it inside one command, after the data have changed.
 */
export const drawMerged = (get: Get, graph: Graph, merge: Merge): void => {
  const { into, from, first, second, step, answers, extra } = merge
  const modeling = get('modeling')
  const shape = (id: string | null | undefined) =>
    (id ? get('elementRegistry').get(id) : undefined) as Shape | undefined
  const way = (id: string | null | undefined) => shape(id) as unknown as Connection | undefined
  const [a, b, kept] = [shape(first), shape(second), shape(into)]
  if (!a || !b || !kept) return
  const questions = { a: questionOf(graph, first), b: questionOf(graph, second) }
  const isOwn = (id: string | null, asker: string) => id !== null && askers(graph, id).join() === asker
  const ownA = isOwn(questions.a, first) ? shape(questions.a) : undefined
  const ownB = isOwn(questions.b, second)
  const wayOf = (id: string, outcome: string) => nextOf(graph, id, [outcome])[0]?.flow
  const passing = Object.keys(answers.first).find((key) => answers.first[key] === null) ?? ''
  const passWay = wayOf(first, passing)
  const joints = jointsBetween(graph, graph.flows.get(passWay ?? '')?.target, second)

  const answer = (flow: Connection, outcome: string) => {
    const condition = get('bpmnFactory').create('bpmn:FormalExpression', { body: outcomeCondition(outcome) })
    condition.$parent = flow.businessObject
    const name = step.outcomes[outcome]?.label.vi ?? outcome
    modeling.updateProperties(flow, { conditionExpression: condition, name })
  }
  const draw = (question: Shape, target: string, outcome: string) => {
    const goal = shape(target === from ? into : target)
    if (goal) answer(modeling.connect(question, goal), outcome)
  }

  // What led to the step that goes leads to the one that stays; ways within the pair are settled below.
  const entries = into === first ? [b, ...joints.flatMap((id) => shape(id) ?? [])] : [a]
  const within = [a, b, ownA, ownB ? shape(questions.b) : undefined, ...entries]
  for (const entry of entries)
    for (const flow of waysIn(entry)) if (!within.includes(flow.source)) leadTo(get, flow, kept)

  // Nobody sends back to himself: such a way now goes where the first step sent things back, or is no way any more.
  const settled = new Set<string>()
  for (const outcome of Object.keys(answers.second).filter((key) => answers.second[key] === null)) {
    const flow = way(wayOf(second, outcome))
    const goal = extra.find((each) => each.outcome === outcome)
    const target = shape(goal?.target)
    if (!flow) continue
    if (goal && target) {
      leadTo(get, flow, target)
      settled.add(outcome)
    } else if (ownB) modeling.removeConnection(flow)
    else leadTo(get, flow, kept)
  }

  const names = Object.values(answers.second).filter((name) => name !== null)
  const after = waysOut(b)[0]?.target
  let question = shape(questions.b)
  const takesA = !question && ownA !== undefined && extra.length > 0
  if (takesA) {
    question = ownA
    const onward = way(passWay)
    if (onward && after) leadTo(get, onward, after)
    if (onward && names[0]) answer(onward, names[0])
    const out = into === second ? waysOut(b)[0] : undefined
    if (out) leadTo(get, out, ownA)
    for (const [key, name] of Object.entries(answers.first)) {
      const own = name === null || name === key ? undefined : way(wayOf(first, key))
      if (own && name) answer(own, name)
    }
  } else if (into === first && after) {
    const out = waysOut(a)[0]
    if (out) leadTo(get, out, after)
  }
  modeling.removeElements(
    into === first
      ? [b, ...joints.flatMap((id) => shape(id) ?? []), ...(ownA && !takesA ? [ownA] : [])]
      : [a, ...(ownA && !takesA ? [ownA] : [])],
  )

  if (question && !takesA)
    for (const [key, name] of Object.entries(answers.second)) {
      const own = name === null || name === key ? undefined : way(wayOf(second, key))
      if (!own || !name) continue
      if (ownB) answer(own, name)
      else draw(question, own.target.id, name)
    }
  if (!question && extra.length > 0) {
    question = insertAfter(
      get,
      kept,
      get('elementFactory').createShape({ type: 'bpmn:ExclusiveGateway' }),
      (source) => waysOut(source)[0],
      true,
    )
    modeling.updateProperties(question, { name: `${step.name.vi} thế nào?` })
    const onward = waysOut(question)[0]
    if (onward && names[0]) answer(onward, names[0])
  }
  if (!question) return
  // Where nothing was asked before, each of the second's answers needs a way of its own.
  if (!questions.b && after && shape(after.id))
    for (const name of names.slice(1)) draw(question, after.id, name)
  if (!takesA)
    for (const { outcome, target } of extra) if (!settled.has(outcome)) draw(question, target, outcome)
  for (const flow of [...waysIn(kept), ...waysOut(kept)]) modeling.layoutConnection(flow)
}
