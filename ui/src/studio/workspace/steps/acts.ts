import type { ProcedureStep } from '../../../app/api-types.ts'
import { changeData, changeExamples, inOne } from '../diagram/data.ts'
import { is, setForm, stepFor, stepShape } from '../diagram/elements.ts'
import { frameOf, insertAfter, isFlow, leadTo, waysIn, waysOut } from '../diagram/place.ts'
import { type Connection, type Element, type Get, middle, type Shape } from '../diagram/services.ts'
import type { Session } from '../diagram/session.ts'
import { allot, type Change, joinPhase, mendStep } from './definition-acts.ts'
import { askers, nextOf, outgoing, questionOf, readingOrder } from './graph.ts'
import { kindOf, outcomeCondition, type StepKind } from './kinds.ts'
import { askedInExamples, drawLookUp, type LookUpSystem, lookUpData } from './look-up.ts'
import { drawMerged } from './merge-drawing.ts'
import { type Merge, mergeData, mergedExamples } from './merge-steps.ts'
import type { LooseDefinition } from './rows.ts'

type Limit = Parameters<typeof allot>[2]

/**
 * What the step table and the panel beside the drawing do: through the modeller's own commands, so that the drawing,
 * the table and the data are one, and each act is taken back as one.
 */
export const actsOf = (session: Session) => {
  const { modeler } = session
  const get: Get = (name) => modeler.get(name)
  const commandStack = get('commandStack')
  const modeling = get('modeling')
  const shape = (id: string) => get('elementRegistry').get(id) as Shape | undefined
  const change = (act: Change) => changeData(commandStack, act)
  const order = () => readingOrder(session.graph()).map(({ id }) => id)

  /** A step with the question that only it is asked. */
  const blockOf = (id: string): { step: Shape; question: Shape | null } | null => {
    const step = shape(id)
    if (!step) return null
    const graph = session.graph()
    const question = questionOf(graph, id)
    const direct = waysOut(step)[0]?.target
    const own = question !== null && direct?.id === question && askers(graph, question).length === 1
    return { step, question: own ? (shape(question) ?? null) : null }
  }
  /** The straight way on from an element: of a question, the way of the first outcome. */
  const wayOn = (from: Shape): Connection | undefined => {
    const [first] = session.graph().nodes.get(from.id)?.outgoing ?? []
    return first ? (get('elementRegistry').get(first) as Connection | undefined) : waysOut(from)[0]
  }
  const exitOf = ({ step, question }: { step: Shape; question: Shape | null }): Connection | undefined =>
    wayOn(question ?? step)

  /** What stands on the straight way on from an element to its end. */
  const straightAfter = (id: string): Set<string> => {
    const graph = session.graph()
    const found = new Set<string>()
    let at = outgoing(graph, id)[0]?.target
    while (at !== undefined && !found.has(at) && at !== id) {
      found.add(at)
      at = outgoing(graph, at)[0]?.target
    }
    return found
  }
  /** Ways into a step that lead on to it; a way back from what comes behind it is none. */
  const forwardWaysIn = (step: Shape): Connection[] => {
    const later = straightAfter(step.id)
    return waysIn(step).filter(({ source }) => !later.has(source.id))
  }

  /** The way by which a dossier first comes to a step: of several, that which leaves the straight way last before it. */
  const mainWayIn = (step: Shape): Connection | undefined => {
    const main = readingOrder(session.graph()).flatMap(({ id, branch }) => (branch === 'main' ? [id] : []))
    const place = ({ source }: Connection) => main.slice(0, main.indexOf(step.id)).indexOf(source.id)
    const [first] = waysIn(step)
      .filter((flow) => place(flow) >= 0)
      .sort((one, two) => place(two) - place(one))
    return first ?? forwardWaysIn(step)[0]
  }

  /** The step, or whatever else is no question, that a way comes from in the end. */
  const stepBefore = (way: Connection | undefined): Shape | undefined => {
    if (!way) return undefined
    const graph = session.graph()
    const from = way.source.id
    const places = order()
    const [asker] = askers(graph, from).sort((one, two) => places.indexOf(one) - places.indexOf(two))
    const id = graph.nodes.get(from)?.kind === 'gateway' ? asker : from
    return id && graph.nodes.get(id)?.kind !== 'start' ? shape(id) : undefined
  }

  const laneOf = (role: ProcedureStep['role'], except: string): Element | undefined => {
    const steps = (session.definition() as LooseDefinition).steps ?? {}
    const graph = session.graph()
    const lanes = Object.entries(steps).flatMap(([id, step]) =>
      id !== except && step.role === role ? (graph.nodes.get(id)?.lane ?? []) : [],
    )
    const [lane] = lanes
      .map((each) => ({ each, count: lanes.filter((other) => other === each).length }))
      .sort((a, b) => b.count - a.count)
    return lane && get('elementRegistry').get(lane.each)
  }

  /** Moves a step and its question up or down into the lane of those who do it. */
  const intoLane = (id: string, role: ProcedureStep['role']) => {
    const block = blockOf(id)
    const lane = laneOf(role, id) as Shape | undefined
    if (!block || !lane || session.graph().nodes.get(id)?.lane === lane.id) return
    const by = { x: 0, y: Math.round(middle(lane).y - middle(block.step).y) }
    const moved = [block.step, ...(block.question ? [block.question] : [])]
    modeling.moveElements(moved, by, frameOf(block.step))
    for (const flow of moved.flatMap((each) => [...waysIn(each), ...waysOut(each)]))
      modeling.layoutConnection(flow)
  }

  return {
    rename(id: string, name: string) {
      const element = shape(id)
      if (element && element.businessObject.name !== name) modeling.updateProperties(element, { name })
    },

    /** A new step behind another, in the way straight on. Answers its id. */
    addAfter(id: string, kind: StepKind, name = kind.name.vi): string | null {
      const source = shape(id)
      if (!source) return null
      let added = ''
      inOne(commandStack, () => {
        const made = insertAfter(
          get,
          source,
          stepShape(get('bpmnFactory'), get('elementFactory'), kind, name),
          wayOn,
        )
        added = made.id
        change(joinPhase(added, id))
        intoLane(added, kind.role)
      })
      session.select(added)
      return added
    },

    /** Takes a step out of the way: what led to it leads to what followed it. */
    remove(id: string) {
      const block = blockOf(id)
      if (!block) return
      inOne(commandStack, () => {
        const next = exitOf(block)?.target
        const forward = forwardWaysIn(block.step)
        const before = stepBefore(forward[0])
        for (const flow of waysIn(block.step)) {
          // What was sent back to it goes back to what stood before it, never to itself.
          const goal = forward.includes(flow) ? next : (before ?? next)
          if (goal && goal !== block.step && flow.source !== goal && flow.source !== block.question)
            leadTo(get, flow, goal)
        }
        modeling.removeElements([block.step, ...(block.question ? [block.question] : [])])
      })
    },

    /** Draws a look-up before the appraisal, in the drawing, the data and the examples, in the place of a paper. */
    lookUp(paper: string, system: LookUpSystem): string | null {
      const into = order().find((id) => session.definition().steps?.[id]?.form === 'appraise')
      const step = into === undefined ? undefined : shape(into)
      const way = step && mainWayIn(step)
      if (!into || !way) return null
      let asked = ''
      inOne(commandStack, () => {
        const { asks, waits } = drawLookUp(get, session.data, way, system)
        asked = asks.id
        change(lookUpData(paper, system, asks.id, waits.id))
        changeExamples(commandStack, (examples) => askedInExamples(examples, into, waits.id))
      })
      return asked
    },

    /** The step before (-1) or after (1) that another could be merged with; null: none. */
    mergeable: (id: string, by: -1 | 1): string | null => session.data.mergeable(id, by),
    askMerge: (id: string, by: -1 | 1) => session.data.askMerge(id, by),

    /** Two steps become one, in the drawing, the data and the examples, as one act. */
    merge(merge: Merge, name: string) {
      const kept = shape(merge.into)
      if (!kept) return
      const graph = session.graph()
      inOne(commandStack, () => {
        change(mergeData(merge))
        changeExamples(commandStack, (examples) => mergedExamples(merge, examples))
        setForm(modeling, get('bpmnFactory'), kept, merge.step.form)
        drawMerged(get, graph, merge)
        if (name && kept.businessObject.name !== name) modeling.updateProperties(kept, { name })
        intoLane(merge.into, merge.step.role)
      })
      session.select(merge.into, false)
    },

    /** Whether a step can change places with the one before (-1) or after (1) it. */
    neighbour(id: string, by: -1 | 1): string | null {
      const graph = session.graph()
      const rows = readingOrder(graph).filter(({ id: each }) =>
        ['step', 'wait', 'machine'].includes(graph.nodes.get(each)?.kind ?? ''),
      )
      const at = rows.findIndex((row) => row.id === id)
      const other = rows[at + by]
      if (at < 0 || !other || other.branch !== rows[at]!.branch) return null
      const [first, second] = by === 1 ? [id, other.id] : [other.id, id]
      const blocks = [blockOf(first), blockOf(second)]
      // A question that others are asked too cannot be carried along.
      const alone = blocks.every(
        (each) => each && (each.question || questionOf(graph, each.step.id) === null),
      )
      return alone && blocks[0] && exitOf(blocks[0])?.target.id === second ? other.id : null
    },

    /** Two steps that follow each other change places, each with its own question and its ways back. */
    move(id: string, by: -1 | 1) {
      const other = this.neighbour(id, by)
      if (!other) return
      const [a, b] = by === 1 ? [blockOf(id), blockOf(other)] : [blockOf(other), blockOf(id)]
      if (!a || !b) return
      const shapesOf = (block: typeof a) => [block.step, ...(block.question ? [block.question] : [])]
      const exitA = exitOf(a)
      const exitB = exitOf(b)
      if (!exitA) return
      inOne(commandStack, () => {
        const before = forwardWaysIn(a.step).filter(
          ({ source }) => source !== b.step && source !== b.question,
        )
        const after = exitB?.target
        for (const flow of before) modeling.reconnectEnd(flow, b.step, middle(b.step))
        if (exitB) modeling.reconnectEnd(exitB, a.step, middle(a.step))
        if (after) modeling.reconnectEnd(exitA, after, middle(after))
        else modeling.removeConnection(exitA)
        const right = ({ step, question }: typeof a) => (question ?? step).x + (question ?? step).width
        const left = a.step.x
        const shift = { a: right(b) - right(a), b: left - b.step.x }
        modeling.moveElements(shapesOf(a), { x: shift.a, y: 0 }, frameOf(a.step))
        modeling.moveElements(shapesOf(b), { x: shift.b, y: 0 }, frameOf(b.step))
        const touched = new Set(
          [...shapesOf(a), ...shapesOf(b)].flatMap((each) => [...waysIn(each), ...waysOut(each)]),
        )
        for (const flow of touched) modeling.layoutConnection(flow)
      })
    },

    /** Another panel for a step: its outcomes come with it, who does it stays unless nobody else could. */
    setKind(id: string, form: string) {
      const element = shape(id)
      const kind = kindOf(form)
      if (!element || !kind) return
      inOne(commandStack, () => {
        setForm(modeling, get('bpmnFactory'), element, form)
        const fresh = stepFor(form, element.businessObject.name ?? '')
        change(
          mendStep(id, (step) => ({
            ...fresh,
            name: step.name,
            ...(step.sameAs && fresh.role === step.role && { sameAs: step.sameAs }),
          })),
        )
        intoLane(id, fresh.role)
      })
    },

    setWho(
      id: string,
      who: Partial<Pick<ProcedureStep, 'role' | 'unit' | 'agency'>> & { sameAs?: string | null },
    ) {
      inOne(commandStack, () => {
        change(
          mendStep(id, ({ sameAs, ...step }) => {
            const same = who.sameAs === undefined ? sameAs : who.sameAs
            const { sameAs: _, ...rest } = who
            return { ...step, ...rest, ...(same && { sameAs: same }) }
          }),
        )
        if (who.role) intoLane(id, who.role)
      })
    },

    setEnglishName(id: string, en: string) {
      change(mendStep(id, (step) => ({ ...step, name: { vi: step.name.vi, ...(en && { en }) } })))
    },

    setLimit(caseKey: string, id: string, limit: Limit) {
      change(allot(caseKey, id, limit, order()))
    },

    setOutcomes(id: string, outcomes: ProcedureStep['outcomes']) {
      change(mendStep(id, (step) => ({ ...step, outcomes })))
    },

    /** Leads an outcome elsewhere; draws the question and the way if there is none. */
    setNext(id: string, outcome: string | null, target: string) {
      const step = shape(id)
      const goal = shape(target)
      if (!step || !goal) return
      const graph = session.graph()
      const node = graph.nodes.get(id)
      const outcomes = outcome === null ? [] : [outcome]
      const now = nextOf(graph, id, outcomes)[0]
      const flow = now?.flow ? (get('elementRegistry').get(now.flow) as Connection) : undefined
      inOne(commandStack, () => {
        if (flow && isFlow(flow)) return leadTo(get, flow, goal)
        const question = questionOf(graph, id)
        const from = (question && shape(question)) || step
        const made = modeling.connect(from, goal)
        if (outcome !== null && is(from, 'bpmn:ExclusiveGateway')) {
          const condition = get('bpmnFactory').create('bpmn:FormalExpression', {
            body: outcomeCondition(outcome),
          })
          condition.$parent = made.businessObject
          const label =
            node?.kind === 'step' ? session.definition().steps?.[id]?.outcomes[outcome]?.label.vi : undefined
          modeling.updateProperties(made, { conditionExpression: condition, name: label ?? outcome })
        }
      })
    },

    /** Which answer takes a way out of a question; the way is called like the answer unless it was named otherwise. */
    setAnswer(flowId: string, outcome: string) {
      const flow = get('elementRegistry').get(flowId) as Connection | undefined
      if (!flow) return
      const graph = session.graph()
      const labels = askers(graph, flow.source.id).flatMap(
        (id) => session.definition().steps?.[id]?.outcomes[outcome]?.label.vi ?? [],
      )
      const condition = get('bpmnFactory').create('bpmn:FormalExpression', {
        body: outcomeCondition(outcome),
      })
      condition.$parent = flow.businessObject
      modeling.updateProperties(flow, { conditionExpression: condition, name: labels[0] ?? outcome })
    },

    /** A first drawing where there is none: from the filing to the return. */
    begin() {
      const root = get('canvas').getRootElement()
      const factory = get('elementFactory')
      const frame = get('elementRegistry').filter(
        (element) => is(element, 'bpmn:Participant') && !!element.businessObject.processRef,
      )[0]
      inOne(commandStack, () => {
        const parent = frame ?? root
        const at = frame ? { x: (frame as Shape).x + 110, y: middle(frame as Shape).y } : { x: 200, y: 200 }
        let last = get('elementRegistry').filter((element) => is(element, 'bpmn:StartEvent'))[0] as
          | Shape
          | undefined
        if (!last) {
          last = modeling.createShape(factory.createShape({ type: 'bpmn:StartEvent' }), at, parent)
          modeling.updateProperties(last, { name: 'Đã nộp hồ sơ' })
        }
        for (const form of ['reception', 'appraise', 'result-sign', 'result-number', 'result-return']) {
          const kind = kindOf(form)!
          last = get('autoPlace').append(last, stepShape(get('bpmnFactory'), factory, kind, kind.name.vi))
        }
        const end = get('autoPlace').append(last, factory.createShape({ type: 'bpmn:EndEvent' }))
        modeling.updateProperties(end, { name: 'Đã trả kết quả' })
      })
    },

    /** Draws the question behind a step that goes one way whatever comes of it: the way goes to its first outcome. */
    askAfter(id: string, name: string) {
      const step = shape(id)
      const outcomes = Object.entries(session.definition().steps?.[id]?.outcomes ?? {})
      if (!step || questionOf(session.graph(), id) !== null || outcomes.length < 2) return
      inOne(commandStack, () => {
        const factory = get('elementFactory')
        const gateway = insertAfter(
          get,
          step,
          factory.createShape({ type: 'bpmn:ExclusiveGateway' }),
          wayOn,
          true,
        )
        modeling.updateProperties(gateway, { name })
        const way = waysOut(gateway)[0]
        const [key, { label }] = outcomes[0]!
        if (!way) return
        const condition = get('bpmnFactory').create('bpmn:FormalExpression', { body: outcomeCondition(key) })
        condition.$parent = way.businessObject
        modeling.updateProperties(way, { conditionExpression: condition, name: label.vi })
      })
    },
  }
}

export type Acts = ReturnType<typeof actsOf>
