import type { Role } from '../access/post.ts'
import { isLegalDay, type LegalDay, type Weekday } from '../calendar/day.ts'
import { type Span, sessionsOf, type WorkingHours } from '../calendar/hours.ts'
import { plain } from './words.ts'

export type AgencyLevel = 'province' | 'department' | 'vertical' | 'commune'
export type UnitKind = 'one-stop' | 'specialist' | 'leadership' | 'clerical'

const choice = <T extends string>(words: Record<T, string>) => {
  const known = new Map<string, T>()
  for (const [value, vi] of Object.entries(words) as [T, string][])
    for (const word of [value, vi]) known.set(plain(word), value)
  return (written: string): T | undefined => known.get(plain(written))
}

/** The district level ended on 30 June 2025: none can be taken in. */
export const levelOf = choice<AgencyLevel>({
  province: 'Tỉnh',
  department: 'Sở',
  vertical: 'Ngành dọc',
  commune: 'Xã',
})

export const unitKindOf = choice<UnitKind>({
  'one-stop': 'Một cửa',
  specialist: 'Chuyên môn',
  leadership: 'Lãnh đạo',
  clerical: 'Văn thư',
})

export const roleOf = choice<Role>({
  clerk: 'Một cửa',
  'one-stop-head': 'Trưởng một cửa',
  officer: 'Chuyên viên',
  'unit-head': 'Lãnh đạo phòng',
  leader: 'Lãnh đạo cơ quan',
  clerical: 'Văn thư',
  control: 'Kiểm soát thủ tục',
  auditor: 'Thanh tra',
  analyst: 'Phân tích',
  admin: 'Quản trị',
})

/** '31/12/2026', '1/7/2025' or '2026-12-31' as a legal day; undefined when there is no such day. */
export function dayOf(written: string): LegalDay | undefined {
  const [, date = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(written) ?? []
  const day = year ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : written
  return isLegalDay(day) && day >= '1945-09-02' && day <= '2100-12-31' ? day : undefined
}

const WEEKDAYS: Record<string, Weekday> = { T2: 1, T3: 2, T4: 3, T5: 4, T6: 5, T7: 6, CN: 7 }
const GROUP = /^(T[2-7]|CN)(?:-(T[2-7]|CN))?((?:\s*,?\s*\d{1,2}:\d{2}-\d{1,2}:\d{2})+)$/

function addGroup(week: WorkingHours['week'], group: string): boolean {
  const [, from = '', to = from, sessions = ''] = GROUP.exec(group) ?? []
  const [first, last] = [WEEKDAYS[from], WEEKDAYS[to || from]]
  if (!first || !last || last < first) return false
  const spans = sessions
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((session) => session.split('-').map((time) => time.padStart(5, '0')) as Span)
  for (let day = first; day <= last; day++) {
    if (week[day as Weekday]) return false
    week[day as Weekday] = spans
  }
  return true
}

/** "T2-T6 07:30-11:30, 13:00-17:00 | T7 07:30-11:30" as sessions by weekday; undefined when it cannot be read so. */
export function weekOf(written: string): WorkingHours['week'] | undefined {
  const week: WorkingHours['week'] = {}
  const groups = written
    .replace(/[–—]/g, '-')
    .replace(/\s*-\s*/g, '-')
    .toUpperCase()
    .split('|')
  if (!groups.every((group) => addGroup(week, group.trim()))) return undefined
  try {
    for (const spans of Object.values(week)) sessionsOf(spans)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  return week
}
