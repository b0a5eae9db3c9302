import type { Text } from '../../text.ts'
import type { Drawn } from './drawn.ts'
import type { ObstacleRule } from './precheck.ts'
import type { Obstacle } from './verdict.ts'

type Rule = { words: RegExp; rule: ObstacleRule; because: Text }

/** The engine's own words (8.5.8), the rule they name, and what it means. */
const RULES: Rule[] = [
  {
    words: /has an event subprocess/,
    rule: 'event-subprocess',
    because: { vi: 'sơ đồ có quy trình con theo sự kiện', en: 'the diagram has an event subprocess' },
  },
  {
    words: /has an unsupported type/,
    rule: 'unsupported-type',
    because: {
      vi: 'loại bước này không chuyển được khi hồ sơ đang ở đó',
      en: 'a dossier that stands in this kind of element cannot move',
    },
  },
  {
    words: /no mapping instruction defined/,
    rule: 'unmapped',
    because: {
      vi: 'chưa chỉ ra bước thay thế trong phiên bản mới',
      en: 'no step of the new version takes its place',
    },
  },
  {
    words: /different type/,
    rule: 'type-changed',
    because: { vi: 'bước thay thế thuộc loại khác', en: 'the step that takes its place is of another kind' },
  },
  {
    words: /different implementation/,
    rule: 'implementation-changed',
    because: {
      vi: 'hai bước được giao việc theo hai cách khác nhau',
      en: 'the two steps are given out in different ways',
    },
  },
  {
    words: /flow scope of active element/,
    rule: 'scope-changed',
    because: {
      vi: 'bước thay thế nằm trong quy trình con khác',
      en: 'the step that takes its place lies in another subprocess',
    },
  },
  {
    words: /has one or more boundary events/,
    rule: 'boundary-event',
    because: {
      vi: 'bước có sự kiện biên (hẹn giờ, lỗi …)',
      en: 'the step has a boundary event (timer, error …)',
    },
  },
  {
    words: /concurrent command/,
    rule: 'waits-at-join',
    because: { vi: 'việc vừa đổi', en: 'it was on its way' },
  },
]

const known = (said: string) => RULES.find(({ words }) => words.test(said))

/** The rule by which the engine refused; null where its words are none of those. */
export const ruleOf = (said: string): ObstacleRule | null => known(said)?.rule ?? null

/** Said in place of the engine: its data were lost while it had the command, or before. */
export const BROKER_LOST = 'EPOCH: the data of the engine were lost'

/** A refusal for whoever asked. `passes`: the dossier was on its way, and can be tried again. */
export function refusalInWords(said: string, from: Drawn): { obstacle: Obstacle; passes: boolean } {
  const rule = ruleOf(said)
  const elementId = /(?:active element|active user task) with id '([^']*)'/.exec(said)?.[1] ?? ''
  const name = from.elements.get(elementId)?.name ?? elementId
  // What it has never said before is told as it said it.
  const because = known(said)?.because ?? { vi: said.replace(/^\w+: /, '') }
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
            vi: `Bộ máy không nhận${at.vi}: ${because.vi}.`,
            en: `The engine refused${at.en}: ${because.en ?? because.vi}.`,
          },
    },
  }
}
