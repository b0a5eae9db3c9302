import type { Step } from '../../../procedures/definition.ts'
import { answersOf, type Facts, type Law, needed, promisesAny } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { follow } from '../graph.ts'
import { faultOf } from '../rules.ts'

/** Contact with the applicant; what stands here is the one-stop's alone. */
const CONTACT = [
  'letter.receipt',
  'letter.refusal',
  'supplement.send',
  'supplement.receive',
  'result.return',
  'group.notice',
] as const

/** How far a result has come on a way: signed, numbered. */
type Stage = 'signed' | 'numbered'

const promisesOf = (step: Step | undefined, answer: string): readonly string[] =>
  step?.outcomes[answer]?.promises ?? []

/** A signed result that some way brings to an end, or to the applicant, without a number or without handing it over. */
const lost: Law = (facts: Facts) => {
  const definition = needed(facts, 'steps', 'waits')
  const { graph } = facts
  if (!definition || !graph) return []
  const { steps } = definition
  const found = new Map<string, StudioFault>()
  const starts = Object.entries(steps).flatMap(([id, step]) =>
    Object.entries(step.outcomes)
      .filter(([, { promises }]) => promises.includes('result.sign'))
      .flatMap(([answer, { promises }]) => {
        const carried: Stage = promises.includes('result.number') ? 'numbered' : 'signed'
        const node = graph.nodes.get(id)
        return (node?.out ?? []).map(({ to }) => ({ id: to, carried, answer }))
      }),
  )
  const say = (id: string, vi: string, en: string) =>
    found.set(id, faultOf('result-lost', { elementId: id, message: { vi, en } }))
  follow<Stage>(graph, starts, (node, stage) => {
    if (node.kind === 'end') {
      say(
        node.id,
        `Kết quả đã ký đi thẳng tới “${node.name}” mà không trả cho người nộp.`,
        `A signed result goes to “${node.name}” and is never returned.`,
      )
      return []
    }
    const answers = answersOf(node, definition)
    if (answers.length === 0) return [{ carried: stage }]
    return answers.flatMap((answer) => {
      const promises = promisesOf(steps[node.id], answer)
      if (promises.includes('send-back')) return []
      if (promises.includes('result.return')) {
        if (stage === 'signed')
          say(
            node.id,
            `Có đường đưa kết quả chưa cấp số tới bước “${node.name}”.`,
            `A way brings a result without a number to “${node.name}”.`,
          )
        return []
      }
      return [{ carried: promises.includes('result.number') ? ('numbered' as const) : stage, answer }]
    })
  })
  return [...found.values()]
}

const signed: Law = (facts) => {
  const definition = needed(facts, 'steps', 'children')
  // What a group grants, its parts have signed.
  if (!definition || definition.children.length > 0) return []
  const steps = Object.values(definition.steps)
  if (steps.some((step) => promisesAny(step, 'result.sign'))) return []
  return [
    faultOf('signer-set', {
      field: 'steps',
      message: { vi: 'Chưa có bước nào ký kết quả.', en: 'No step signs the result.' },
    }),
  ]
}

/** Whoever meets the applicant is the one-stop, and somebody hands the result over. */
const oneStop: Law = (facts) => {
  const definition = needed(facts, 'steps', 'children')
  if (!definition) return []
  const steps = Object.entries(definition.steps)
  const faults = steps
    .filter(([, step]) => step.unit !== 'one-stop' && promisesAny(step, ...CONTACT))
    .map(([id, step]) =>
      faultOf('one-stop', {
        elementId: id,
        field: `steps.${id}.unit`,
        message: {
          vi: `Bước “${step.name.vi}” liên hệ với người nộp nhưng thuộc đơn vị ${step.unit}.`,
          en: `The step “${step.name.vi}” meets the applicant and belongs to ${step.unit}.`,
        },
      }),
    )
  const returns = steps.some(([, step]) => promisesAny(step, 'result.return', 'group.notice'))
  return returns
    ? faults
    : [
        ...faults,
        faultOf('one-stop-returns', {
          field: 'steps',
          message: { vi: 'Chưa có bước nào trả kết quả cho người nộp.', en: 'No step returns the result.' },
        }),
      ]
}

export const results: Law = (facts) => [...signed(facts), ...lost(facts), ...oneStop(facts)]
