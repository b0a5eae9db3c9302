import { agenciesOf, demoOrganisation } from '../agencies/organisation.ts'
import { sampleHours, type WorkingHours } from '../calendar/hours.ts'
import { knownCalendars } from '../calendar/known.ts'
import { shippedDays } from '../calendar/shipped.ts'
import type { CalendarFor } from './explain.ts'

/** Calendars from what ships alone: the decisions of 2021–2026 and the hours of the demonstration's organisation. */
export function shippedCalendars(): CalendarFor {
  const calendars = knownCalendars(shippedDays)
  const organisation = demoOrganisation()
  const hours = new Map(agenciesOf(organisation).map(({ code, hours }) => [code, organisation.hours[hours]]))
  return (agency, knownOn) => {
    const own = agency === undefined ? sampleHours : (hours.get(agency) as WorkingHours[] | undefined)
    return own && calendars(own, knownOn)
  }
}
