import type { TFunction } from 'i18next'
import type { ProcedureDefinition } from '../../../app/api-types.ts'
import type { LooseDefinition } from '../steps/rows.ts'

type Limit = ProcedureDefinition['allotments'][string][string]
export type Badge = { place: 'limit' | 'clock'; mark: string; text: string; title: string }

const SHORT: Record<Limit['unit'], string> = {
  'working-day': 'day',
  'working-hour': 'hour',
  'calendar-day': 'calendar',
  'same-day': 'same-day',
}

/** Limits of one unit in short: “2 · 4 giờ LV”. */
const shortLimits = (t: TFunction, limits: Limit[]): string => {
  const values = limits.map(({ value }) => value.toLocaleString(t('studio-workspace:limit.locale')))
  return t(`studio-workspace:limit.${SHORT[limits[0]!.unit]}`, { value: [...new Set(values)].join(' · ') })
}
export const shortLimit = (t: TFunction, limit: Limit): string => shortLimits(t, [limit])

const limitBadge = (t: TFunction, limits: { name: string; limit: Limit }[]): Badge[] => {
  if (limits.length === 0) return []
  const texts = limits.map(({ limit }) => shortLimit(t, limit))
  const units = new Set(limits.map(({ limit }) => limit.unit))
  return [
    {
      place: 'limit',
      mark: 'clock',
      // Of one unit, the unit is said once: the badge has the width of its box.
      text:
        units.size === 1
          ? shortLimits(
              t,
              limits.map(({ limit }) => limit),
            )
          : [...new Set(texts)].join(' · '),
      title: limits.map(({ name }, n) => `${name}: ${texts[n]}`).join('\n'),
    },
  ]
}

const CLOCK: Record<string, string> = {
  'clock.start': 'start',
  'clock.finish': 'finish',
  'supplement.send': 'pause',
  'supplement.receive': 'resume',
}
const MARKS: Record<string, string> = { start: '▶', finish: '■', pause: '❚❚', resume: '↻' }

/** What stands on each element of a diagram: the time allotted to it, and what it does to the clock. */
export const badgesOf = (definition: LooseDefinition, t: TFunction): Map<string, Badge[]> => {
  const badges = new Map<string, Badge[]>()
  const put = (id: string, more: Badge[]) => {
    if (more.length > 0) badges.set(id, [...(badges.get(id) ?? []), ...more])
  }
  const caseName = (key: string) => definition.cases?.find((each) => each.key === key)?.name.vi ?? key
  const limits = new Map<string, { name: string; limit: Limit }[]>()
  for (const [key, each] of Object.entries(definition.allotments ?? {}))
    for (const [id, limit] of Object.entries(each))
      limits.set(id, [...(limits.get(id) ?? []), { name: caseName(key), limit }])
  for (const [id, each] of limits) put(id, limitBadge(t, each))

  const mode = definition.clockMode?.mode ?? 'RESTART'
  for (const [id, step] of Object.entries(definition.steps ?? {})) {
    const promises = new Set(Object.values(step.outcomes ?? {}).flatMap((each) => each.promises ?? []))
    const does = [...promises].flatMap((name) => CLOCK[name] ?? [])
    put(
      id,
      does.map((what) => ({
        place: 'clock' as const,
        mark: MARKS[what]!,
        text: t(`studio-workspace:clock.${what}`),
        title: t(`studio-workspace:clock.${what}Title.${mode}`),
      })),
    )
  }
  for (const [id, wait] of Object.entries(definition.waits ?? {})) {
    const limit =
      wait.type === 'await.supplement'
        ? definition.supplement?.wait?.limit
        : wait.type === 'await.consultations'
          ? definition.consultation?.limit
          : wait.type === 'await.confirmation'
            ? definition.confirmation?.limit
            : wait.type === 'await.payment'
              ? definition.payment?.limit
              : undefined
    if (limit)
      put(id, [
        {
          place: 'limit',
          mark: 'hourglass',
          text: shortLimit(t, limit),
          title: t('studio-workspace:clock.waits', { limit: shortLimit(t, limit) }),
        },
      ])
  }
  return badges
}
