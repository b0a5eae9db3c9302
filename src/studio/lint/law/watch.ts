import { answersOf, type Law, needed, promisesAny } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { follow } from '../graph.ts'
import { faultOf } from '../rules.ts'

/** The clock starts where the dossier is received, and no result is handed over while it still runs. */
export const watch: Law = (facts) => {
  const definition = needed(facts, 'steps', 'waits', 'children')
  const { graph } = facts
  if (!definition) return []
  const steps = Object.values(definition.steps)
  const faults: StudioFault[] = []
  const say = (vi: string, en: string, elementId?: string) =>
    faults.push(faultOf('watch-set', { elementId: elementId ?? null, field: 'steps', message: { vi, en } }))
  if (!steps.some((step) => promisesAny(step, 'clock.start')))
    say('Chưa có bước nào bắt đầu tính thời gian.', 'No step starts the clock.')
  // A group's clock ends with its last part.
  if (definition.children.length > 0) return faults
  if (!steps.some((step) => promisesAny(step, 'clock.finish'))) {
    say('Chưa có bước nào kết thúc tính thời gian.', 'No step ends the clock.')
    return faults
  }
  if (!graph) return faults
  const running = new Set<string>()
  follow<boolean>(
    graph,
    graph.starts.map((id) => ({ id, carried: false, answer: null })),
    (node, runs) => {
      const answers = answersOf(node, definition)
      const step = definition.steps[node.id]
      if (runs && step && promisesAny(step, 'result.return')) running.add(node.id)
      if (answers.length === 0) return [{ carried: runs }]
      return answers.map((answer) => {
        const promises = step?.outcomes[answer]?.promises ?? []
        const started = runs || promises.includes('clock.start')
        return { carried: started && !promises.includes('clock.finish'), answer }
      })
    },
  )
  for (const id of running)
    say(
      `Có đường tới bước “${definition.steps[id]?.name.vi}” mà đồng hồ chưa kết thúc.`,
      `A way reaches “${definition.steps[id]?.name.vi}” while the clock still runs.`,
      id,
    )
  return faults
}
