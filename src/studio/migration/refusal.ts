import type { Drawn } from './drawn.ts'
import type { Obstacle } from './verdict.ts'

/** The engine's own words (8.5.8) and the rule they name. */
const RULES: [RegExp, Obstacle['rule']][] = [
  [/has an event subprocess/, 'event-subprocess'],
  [/has an unsupported type/, 'unsupported-type'],
  [/no mapping instruction defined/, 'unmapped'],
  [/different type/, 'type-changed'],
  [/different implementation/, 'implementation-changed'],
  [/flow scope of active element/, 'scope-changed'],
  [/has one or more boundary events/, 'boundary-event'],
  [/concurrent command/, 'waits-at-join'],
]

/** The rule by which the engine refused; null where its words are none of those. */
export const ruleOf = (said: string): Obstacle['rule'] | null =>
  RULES.find(([words]) => words.test(said))?.[1] ?? null

/** Said in place of the engine: its data were lost while it had the command, or before. */
export const BROKER_LOST = 'EPOCH: the data of the engine were lost'

/** A refusal for whoever asked. `passes`: the dossier was on its way, and can be tried again. */
export function refusalInWords(said: string, from: Drawn): { obstacle: Obstacle; passes: boolean } {
  const rule = ruleOf(said)
  const elementId = /(?:active element|active user task) with id '([^']*)'/.exec(said)?.[1] ?? ''
  const name = from.elements.get(elementId)?.name ?? elementId
  const passes = rule === 'waits-at-join' || /^(NOT_FOUND|EPOCH)/.test(said)
  const at = name ? { vi: ` ở bước “${name}”`, en: ` at “${name}”` } : { vi: '', en: '' }
  return {
    passes,
    obstacle: {
      rule: rule ?? 'under-way',
      elementId,
      message: passes
        ? {
            vi: 'Việc vừa đổi khi bộ máy nhận lệnh; hãy thử lại.',
            en: 'It was on its way when the engine was asked; try again.',
          }
        : {
            vi: `Bộ máy không nhận${at.vi}: ${said.replace(/^\w+: /, '')}`,
            en: `The engine refused${at.en}: ${said.replace(/^\w+: /, '')}`,
          },
    },
  }
}
