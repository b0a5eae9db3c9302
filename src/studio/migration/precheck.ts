import type { Text } from '../../text.ts'
import type { Drawn, DrawnElement } from './drawn.ts'

/** Steps that go on under another id; every other element keeps its own. */
export type Mapping = { from: string; to: string }[]

/** Where an instance stands: its active elements but the process itself, and whether a token waits at a join. */
export type Standing = { active: { elementId: string }[]; waitsAtJoin: boolean }

export type ObstacleRule =
  | 'event-subprocess'
  | 'unsupported-type'
  | 'unmapped'
  | 'type-changed'
  | 'implementation-changed'
  | 'scope-changed'
  | 'boundary-event'
  | 'waits-at-join'

/** What stands in the way of one instance. `elementId` empty: the whole diagram. */
export type Obstacle<R extends string = ObstacleRule> = { rule: R; elementId: string; message: Text }

/** What the engine can move (8.5.8: ProcessInstanceMigrationPreconditions). */
const MOVABLE = new Set(['USER_TASK', 'SERVICE_TASK', 'SUB_PROCESS', 'CALL_ACTIVITY'])
/** Boundary events that an element may have while it is moved. */
const BORNE = new Set(['MESSAGE'])

/** Pairs of elements that a migration is told: what the analyst mapped, and every other movable element that is in both. */
export function fullMapping(from: Drawn, to: Drawn, own: Mapping): Mapping {
  const named = new Map(own.map((pair) => [pair.from, pair.to]))
  return [...from.elements.values()]
    .filter(({ type }) => MOVABLE.has(type))
    .map(({ id }) => ({ from: id, to: named.get(id) ?? id }))
    .filter((pair) => to.elements.has(pair.to))
}

const named = ({ name }: DrawnElement) => `“${name}”`
const say = (rule: ObstacleRule, elementId: string, vi: string, en: string): Obstacle => ({
  rule,
  elementId,
  message: { vi, en },
})

/**
 * Why the engine (8.5.8) would refuse to move an instance that stands so; empty: it takes it. Held against the engine's own
 * answers, rule by rule, by test/engine/migration.test.ts.
 */
export function engineObstacles(from: Drawn, to: Drawn, standing: Standing, mapping: Mapping): Obstacle[] {
  const found: Obstacle[] = []
  for (const [drawn, vi, en] of [
    [from, 'Sơ đồ cũ', 'The old diagram'],
    [to, 'Sơ đồ mới', 'The new diagram'],
  ] as const)
    if (drawn.hasEventSubprocess)
      found.push(
        say(
          'event-subprocess',
          '',
          `${vi} có quy trình con theo sự kiện; bộ máy không chuyển được hồ sơ nào của sơ đồ như vậy.`,
          `${en} has an event subprocess; the engine moves no instance of such a diagram.`,
        ),
      )
  if (standing.waitsAtJoin)
    found.push(
      say(
        'waits-at-join',
        '',
        'Một nhánh đang chờ các nhánh khác ở điểm gộp; hãy thử lại khi các nhánh đã gộp.',
        'A branch waits for the others at a join; try again when they have met.',
      ),
    )
  const full = new Map(fullMapping(from, to, mapping).map((pair) => [pair.from, pair.to]))
  for (const { elementId } of standing.active) found.push(...obstaclesAt(from, to, elementId, full))
  return found
}

function obstaclesAt(
  from: Drawn,
  to: Drawn,
  elementId: string,
  mapping: ReadonlyMap<string, string>,
): Obstacle[] {
  const source = from.elements.get(elementId)
  if (!source)
    return [
      say(
        'unmapped',
        elementId,
        `Hồ sơ đang ở “${elementId}”, bước này không có trong sơ đồ cũ.`,
        `The dossier stands at “${elementId}”, which the old diagram does not have.`,
      ),
    ]
  if (!MOVABLE.has(source.type))
    return [
      say(
        'unsupported-type',
        elementId,
        `Hồ sơ đang chờ ở ${named(source)}; bộ máy không chuyển được hồ sơ đang chờ ở loại bước này.`,
        `The dossier waits at ${named(source)}; the engine cannot move one that waits in such an element.`,
      ),
    ]
  const targetId = mapping.get(elementId)
  const target = targetId === undefined ? undefined : to.elements.get(targetId)
  if (!target)
    return [
      say(
        'unmapped',
        elementId,
        `Hồ sơ đang ở ${named(source)}, bước này không còn trong sơ đồ mới; hãy chỉ ra bước thay thế.`,
        `The dossier stands at ${named(source)}, which the new diagram does not have; say which step takes its place.`,
      ),
    ]
  if (target.type !== source.type) return [typeChanged(source, target)]
  const found: Obstacle[] = []
  if (target.implementation !== source.implementation)
    found.push(
      say(
        'implementation-changed',
        elementId,
        `${named(source)} và ${named(target)} được giao việc theo hai cách khác nhau; không chuyển được giữa hai cách.`,
        `${named(source)} and ${named(target)} are given out in different ways; there is no moving between the two.`,
      ),
    )
  if (scopeAfter(source.scope, from, to, mapping) !== target.scope)
    found.push(
      say(
        'scope-changed',
        elementId,
        `${named(target)} nằm trong một quy trình con khác với ${named(source)}.`,
        `${named(target)} lies in another subprocess than ${named(source)}.`,
      ),
    )
  for (const one of [source, target])
    if (one.boundary.some((kind) => !BORNE.has(kind)))
      found.push(
        say(
          'boundary-event',
          elementId,
          `${named(one)} có sự kiện biên (hẹn giờ, lỗi …); bộ máy không chuyển được hồ sơ đang ở bước như vậy.`,
          `${named(one)} has a boundary event (timer, error …); the engine cannot move one that stands there.`,
        ),
      )
  return found
}

const scopeAfter = (scope: string, from: Drawn, to: Drawn, mapping: ReadonlyMap<string, string>) =>
  scope === from.processId ? to.processId : mapping.get(scope)

const typeChanged = (source: DrawnElement, target: DrawnElement): Obstacle =>
  say(
    'type-changed',
    source.id,
    `${named(source)} đổi loại: trong sơ đồ mới ${named(target)} không cùng loại bước.`,
    `${named(source)} changed its kind: ${named(target)} of the new diagram is another kind of element.`,
  )
