import type { LegalDay } from '../calendar/day.ts'
import type { WorkingHours } from '../calendar/hours.ts'
import type { Text } from '../text.ts'
import type { AgencyLevel, UnitKind } from './values.ts'

export type Level = AgencyLevel | 'district'

/** An agency of the record. `begun`: dossiers name it, so where it stands and when it works are settled. */
export type KnownAgency = {
  code: string
  name: Text
  level: Level
  parent: string | null
  address: string
  phone: string
  hours: WorkingHours[]
  validFrom: LegalDay
  validTo: LegalDay | null
  begun: boolean
}

/** A unit of the record. `begun`: it has people or dossiers, so what it is for is settled. */
export type KnownUnit = {
  code: string
  agency: string
  name: Text
  kind: UnitKind
  validFrom: LegalDay
  validTo: LegalDay | null
  begun: boolean
}

/** By code. */
export type Known = { agencies: Map<string, KnownAgency>; units: Map<string, KnownUnit> }

/** As it will stand in the record, with the columns that change something there is. */
export type Planned<T> = T & { isNew: boolean; changes: string[] }
