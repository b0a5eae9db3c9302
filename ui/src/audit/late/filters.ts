import { useCallback } from 'react'
import type { LateDossier } from '../../app/api-types.ts'
import { withoutMarks } from '../../shared/format.ts'
import { useAddress } from '../../shared/use-address.ts'
import { isDay, type Period, periods } from './period.ts'

export const LETTERS = ['in-time', 'late', 'none'] as const
export const STATES = ['open', 'finished'] as const
export const SORTS = ['code', 'originalDueAt', 'finishedAt', 'lateMinutes', 'overrun'] as const
export type Sort = (typeof SORTS)[number]

/** What the list shows; all of it stands in the address, so that a list can be sent and come back to. */
export type Filters = Period & {
  agency: string
  search: string
  state: (typeof STATES)[number] | ''
  letter: (typeof LETTERS)[number] | ''
  /** Which of them a figure of the page of breaches counts. */
  procedure: string
  unit: string
  person: string
  step: string
  sort: Sort
  descending: boolean
}

const NAMES = {
  from: 'tu',
  to: 'den',
  agency: 'co-quan',
  search: 'tim',
  state: 'tinh-trang',
  letter: 'thu',
  procedure: 'thu-tuc',
  unit: 'don-vi',
  person: 'nguoi',
  step: 'buoc',
  sort: 'xep',
} as const
export type FilterName = keyof typeof NAMES

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | '' =>
  known.find((candidate) => candidate === value) ?? ''

/** The filters of the address, the last 30 days when it names no period; `set` replaces the address in place. */
export const useFilters = (today: string) => {
  const { query, put } = useAddress()
  const given = (name: FilterName) => query.get(NAMES[name])
  const fallback = periods(today).last30
  const sort = given('sort') ?? '-lateMinutes'
  const [from, to] = [given('from'), given('to')]
  const filters: Filters = {
    from: isDay(from) ? from : fallback.from,
    to: isDay(to) ? to : fallback.to,
    agency: given('agency') ?? '',
    search: given('search') ?? '',
    state: oneOf(STATES, given('state')),
    letter: oneOf(LETTERS, given('letter')),
    procedure: given('procedure') ?? '',
    unit: given('unit') ?? '',
    person: given('person') ?? '',
    step: given('step') ?? '',
    sort: oneOf(SORTS, sort.replace(/^-/, '')) || 'lateMinutes',
    descending: sort.startsWith('-'),
  }
  const set = useCallback(
    (changes: Partial<Record<FilterName, string>>) =>
      put(
        Object.fromEntries(
          Object.entries(changes).map(([name, value]) => [NAMES[name as FilterName], value]),
        ),
      ),
    [put],
  )
  return { filters, set }
}

const question = (asked: Record<string, string>): URLSearchParams =>
  new URLSearchParams(Object.entries(asked).filter(([, value]) => value))

/** The question to the server about a period and a scope. */
export const scopeOf = ({ from, to, agency }: Pick<Filters, 'from' | 'to' | 'agency'>): URLSearchParams =>
  question({ from, to, agencyId: agency })

/** The same about what one figure counts. */
export const askOf = ({ from, to, agency, procedure, unit, person, step }: Filters): URLSearchParams =>
  question({ from, to, agencyId: agency, procedure, unit, person, step })

/** The address of the list that a figure counts. */
export const listPath = (changes: Partial<Record<FilterName, string>>): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(changes)) if (value) query.set(NAMES[name as FilterName], value)
  return `/kiem-tra?${query}`
}

const VALUES: Record<Sort, (dossier: LateDossier) => string | number> = {
  code: (dossier) => dossier.code,
  originalDueAt: (dossier) => Date.parse(dossier.originalDueAt),
  // Not finished yet is later than any date.
  finishedAt: (dossier) => (dossier.finishedAt ? Date.parse(dossier.finishedAt) : Number.POSITIVE_INFINITY),
  lateMinutes: (dossier) => dossier.lateMinutes,
  overrun: (dossier) => dossier.worst?.overrunMinutes ?? Number.NEGATIVE_INFINITY,
}

const searched = (dossier: LateDossier): string =>
  withoutMarks(
    [
      dossier.code,
      dossier.applicant,
      dossier.procedure.code,
      dossier.procedure.name.vi,
      dossier.agency.name.vi,
      dossier.worst?.unit.name.vi ?? '',
      dossier.worst?.person?.name ?? '',
      dossier.letterNumber ?? '',
      dossier.cause,
    ].join(' '),
  )

/** The dossiers that the filters keep, in their order; equal ones by their code. */
export const chosen = (dossiers: LateDossier[], filters: Filters): LateDossier[] => {
  const words = withoutMarks(filters.search.trim())
  const value = VALUES[filters.sort]
  return dossiers
    .filter(
      (dossier) =>
        (!filters.state || (filters.state === 'open') === (dossier.finishedAt === null)) &&
        (!filters.letter || dossier.letter === filters.letter) &&
        (!words || searched(dossier).includes(words)),
    )
    .sort((a, b) => {
      const [first, second] = [value(a), value(b)]
      const order = first < second ? -1 : first > second ? 1 : 0
      return (filters.descending ? -order : order) || a.code.localeCompare(b.code)
    })
}
