import type { Step } from '../../../procedures/definition.ts'
import { type Facts, type Law, needed } from '../facts.ts'
import type { Words } from '../fault.ts'
import { follow, type Graph } from '../graph.ts'
import { faultOf } from '../rules.ts'

/** Which units have people of a role; a dossier names no consulted body, so none has `subject`. */
const UNITS: Record<Step['role'], Step['unit'][]> = {
  clerk: ['one-stop'],
  'one-stop-head': ['one-stop'],
  officer: ['specialist', 'holder'],
  'unit-head': ['specialist', 'holder'],
  leader: ['leadership'],
  clerical: ['clerical'],
}

/** Steps that some way reaches before the dossier was sent to a unit. */
function unrouted(graph: Graph): Set<string> {
  const found = new Set<string>()
  follow<boolean>(
    graph,
    graph.starts.map((id) => ({ id, carried: false, answer: null })),
    (node, routed) => {
      if (node.kind === 'step' && !routed) found.add(node.id)
      return [{ carried: routed || node.jobType === 'dossier.route', answer: null }]
    },
  )
  return found
}

/** Whether a way leads from one node to another. */
function leads(graph: Graph, from: string, to: string): boolean {
  let met = false
  follow(graph, [{ id: from, carried: true, answer: null }], (node) => {
    if (node.id === to) met = true
    return [{ carried: true, answer: null }]
  })
  return met
}

/** A step nobody gets: its unit has no such people, is not known yet, or it goes to who did a step that never came. */
export const receivers: Law = (facts: Facts) => {
  const definition = needed(facts, 'steps')
  if (!definition) return []
  const { graph } = facts
  const early = graph ? unrouted(graph) : new Set<string>()
  return Object.entries(definition.steps).flatMap(([id, step]) => {
    const say = (message: Words) => faultOf('receiver', { elementId: id, field: `steps.${id}`, message })
    const name = step.name.vi
    const faults = []
    if (!UNITS[step.role].includes(step.unit))
      faults.push(
        say({
          vi: `Bước “${name}” giao cho vai trò ${step.role} ở đơn vị ${step.unit}, nơi không có ai giữ vai trò đó.`,
          en: `The step “${name}” is for the role ${step.role} in the unit ${step.unit}, where nobody has it.`,
        }),
      )
    else if (early.has(id) && step.unit !== 'one-stop')
      faults.push(
        say({
          vi: `Bước “${name}” đến trước khi hồ sơ được chuyển đơn vị: chưa biết đơn vị nào nhận.`,
          en: `The step “${name}” comes before the dossier is routed: no unit is known to receive it.`,
        }),
      )
    if (graph && step.sameAs && graph.nodes.has(step.sameAs) && !leads(graph, step.sameAs, id))
      faults.push(
        say({
          vi: `Bước “${name}” giao cho người đã làm bước “${step.sameAs}”, nhưng bước đó không đứng trước.`,
          en: `The step “${name}” goes to whoever did “${step.sameAs}”, which does not come before it.`,
        }),
      )
    return faults
  })
}

/** Roles that nobody holds on the day; asked where the caller knows. */
export const roles: Law = (facts) => {
  const held = facts.context.roles
  const definition = needed(facts, 'steps')
  if (!held || !definition) return []
  return Object.entries(definition.steps)
    .filter(([, { role }]) => !held.includes(role))
    .map(([id, { name, role }]) =>
      faultOf('role-held', {
        elementId: id,
        field: `steps.${id}.role`,
        message: {
          vi: `Bước “${name.vi}” cần vai trò ${role}; ngày ${facts.context.today} chưa ai giữ.`,
          en: `The step “${name.vi}” needs the role ${role}; nobody holds it on ${facts.context.today}.`,
        },
      }),
    )
}
