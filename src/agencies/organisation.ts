import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ROLES } from '../access/post.ts'

const Words = z.strictObject({ vi: z.string(), en: z.string().optional() })
const Day = z.iso.date()
const UnitCode = z.enum(['MC', 'KT', 'VP', 'CM', 'LD', 'VT'])
const Role = z.enum(ROLES)
const Span = z.tuple([z.string(), z.string()])

const AgencyRow = z.strictObject({
  code: z.string(),
  name: Words,
  level: z.enum(['province', 'department', 'district', 'commune', 'vertical']),
  parent: z.string().nullable(),
  units: z.array(UnitCode),
  hours: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  validFrom: Day.optional(),
  validTo: Day.optional(),
  successor: z.string().optional(),
})

const PostRow = z.strictObject({
  unit: z.string(),
  role: Role,
  title: Words,
  /** How the signature block reads for one who signs in another's place, with the decision that allows it. */
  capacity: z
    .strictObject({
      capacity: z.enum(['KT', 'TL', 'TUQ']),
      onBehalfOf: z.string(),
      title: z.string(),
      decision: z.strictObject({
        number: z.string(),
        issuedOn: Day,
        validFrom: Day,
        validTo: Day.nullable(),
        sample: z.boolean(),
      }),
    })
    .optional(),
})

const StaffRule = z.array(z.strictObject({ login: z.string(), unit: UnitCode, role: Role, title: Words }))

/** An organisation as a file: what organisation-demo.json holds. */
export const Organisation = z.strictObject({
  note: Words,
  sample: z.boolean(),
  validFrom: Day,
  hours: z.record(
    z.string(),
    z.array(
      z.strictObject({
        validFrom: Day.nullable(),
        week: z.record(z.string(), z.array(Span)),
        source: z.string(),
        verified: z.boolean(),
      }),
    ),
  ),
  units: z.record(
    UnitCode,
    z.strictObject({ kind: z.enum(['one-stop', 'specialist', 'leadership', 'clerical']), name: Words }),
  ),
  agencies: z.array(AgencyRow),
  communes: AgencyRow.pick({ level: true, parent: true, hours: true, units: true }).extend({
    list: z.array(z.strictObject({ code: z.string(), name: Words })),
  }),
  /** A police station for each commune: its code is the prefix and the commune's own last digits. */
  communePolice: AgencyRow.pick({ level: true, parent: true, hours: true, units: true }).extend({
    prefix: z.string(),
    name: Words,
  }),
  /** Agencies that others work with; after the communes, so that those keep their people. */
  partners: z.array(AgencyRow),
  people: z.array(z.strictObject({ login: z.string(), name: z.string(), posts: z.array(PostRow) })),
  citizens: z.array(
    z.strictObject({
      login: z.string(),
      name: z.string(),
      identityNo: z.string(),
      email: z.string(),
      phone: z.string(),
      address: z.string(),
    }),
  ),
  staffRule: z.strictObject({
    family: z.array(z.string()),
    middle: z.array(z.string()),
    given: z.array(z.string()),
    commune: StaffRule,
    other: StaffRule,
  }),
})
export type Organisation = z.infer<typeof Organisation>
export type AgencyRow = z.infer<typeof AgencyRow>
type Person = Organisation['people'][number]

/** The fictitious province of the demonstration. */
export const demoOrganisation = (): Organisation =>
  Organisation.parse(JSON.parse(readFileSync(new URL('./organisation-demo.json', import.meta.url), 'utf8')))

/** The agencies named one by one, and the communes and their police by common rules. */
export const agenciesOf = ({ agencies, communes, communePolice, partners }: Organisation): AgencyRow[] => {
  const { list, ...common } = communes
  const { prefix, name, ...station } = communePolice
  const police = list.map((commune) => ({
    ...station,
    code: prefix + commune.code.slice(-2),
    name: {
      vi: name.vi.replace('{commune}', commune.name.vi),
      ...(name.en && { en: name.en.replace('{commune}', commune.name.en ?? commune.name.vi) }),
    },
  }))
  return [...agencies, ...list.map((commune) => ({ ...common, ...commune })), ...police, ...partners]
}

/** The staff named one by one; agencies without any get one person per post of the staff rule. */
export function staffOf(organisation: Organisation): Person[] {
  const { staffRule: rule, people } = organisation
  const staffed = new Set(people.flatMap((person) => person.posts.map((post) => agencyCodeOf(post.unit))))
  const pick = (list: string[], n: number) => list[n % list.length] ?? ''
  let n = 0
  const generated = agenciesOf(organisation)
    .filter((agency) => !agency.validTo && !staffed.has(agency.code))
    .flatMap((agency) =>
      (agency.level === 'commune' ? rule.commune : rule.other).map(({ login, unit, ...post }) => {
        n++
        return {
          login: `${login}.${agency.code.slice(agency.code.indexOf('.') + 1).toLowerCase()}`,
          name: `${pick(rule.family, n)} ${pick(rule.middle, n * 3 + 1)} ${pick(rule.given, n * 5)}`,
          posts: [{ ...post, unit: `${agency.code}.${unit}` }],
        }
      }),
    )
  return [...people, ...generated]
}

/** 'T00.X01.MC' → 'T00.X01'. */
export const agencyCodeOf = (unitCode: string): string => unitCode.slice(0, unitCode.lastIndexOf('.'))
