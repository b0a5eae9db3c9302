import type { LegalDay } from '../../calendar/day.ts'
import type { ProcedureFolder } from '../../procedures/folder.ts'
import type { Client } from '../client.ts'
import type { Cast } from './cast.ts'
import type { Dice } from './dice.ts'
import { fillForm } from './forms.ts'
import { samplePaper } from './papers.ts'
import { citizensOf, madeUp } from './people.ts'
import type { Plan } from './plan.ts'

export type Catalogue = {
  procedures: Map<string, ProcedureFolder>
  /** Names of the communes by code. */
  places: Map<string, string>
  dossiers: number
  dice: Dice
}

export const personOfPlan = (
  { dice, dossiers, places }: Catalogue,
  plan: Pick<Plan, 'applicant' | 'place'>,
) => madeUp(dice, plan.applicant, citizensOf(dossiers), places.get(plan.place) ?? plan.place)

/** Who acts for the applicant: himself online, the clerk of the counter on paper. */
export const applicantLogin = (catalogue: Catalogue, plan: Plan): string =>
  plan.channel === 'ONLINE'
    ? (personOfPlan(catalogue, plan).login ?? '')
    : `motcua.${catalogue.procedures.get(plan.procedure)?.definition.counter === 'province' ? 'p01' : plan.place.slice(-3).toLowerCase()}`

const exampleOf = ({ procedures }: Catalogue, { procedure, caseKey }: Plan) => {
  const folder = procedures.get(procedure)
  const example = folder?.examples.find((one) => one.case === caseKey)
  if (!folder || !example) throw new Error(`${procedure} has no example of the case ${caseKey}`)
  return { folder, example }
}

/** Uploads a sample page as the person would scan the paper. */
export async function uploadPaper(
  catalogue: Catalogue,
  client: Client,
  plan: Plan,
  paperKey: string,
  variant = 0,
): Promise<{ paperKey: string; uploadId: string }> {
  const { folder } = exampleOf(catalogue, plan)
  const paper = folder.definition.papers.find(({ key }) => key === paperKey)
  if (!paper) throw new Error(`${plan.procedure} has no paper ${paperKey}`)
  const bytes = await samplePaper(paper, variant)
  const { id } = await client.upload(`${paperKey}.pdf`, 'application/pdf', bytes)
  return { paperKey, uploadId: id }
}

/** Files a plan's dossier: online with scans, at the counter with the checklist of what the clerk has seen. */
export async function fileDossier(
  catalogue: Catalogue,
  cast: Cast,
  plan: Plan,
  day: LegalDay,
): Promise<string> {
  const { dice, places } = catalogue
  const { folder, example } = exampleOf(catalogue, plan)
  const applicant = personOfPlan(catalogue, plan)
  const client = await cast.as(applicantLogin(catalogue, plan))
  const place = places.get(plan.place) ?? plan.place
  const { n, caseKey, channel } = plan
  const needed = folder.definition.papers.filter(
    ({ requiredFor }) => requiredFor?.cases.includes(caseKey) && requiredFor.channels.includes(channel),
  )
  const online = channel === 'ONLINE'
  const uploaded = online ? needed : needed.slice(0, 1)
  const papers = await Promise.all(uploaded.map(({ key }) => uploadPaper(catalogue, client, plan, key)))
  const pages = (key: string) => dice.between(1, 12, n, key)
  const seen = needed.slice(1).map(({ key }) => ({
    paperKey: key,
    state: plan.kept ? ('original' as const) : ('presented' as const),
    pages: pages(key),
  }))
  const scanned = papers.map(({ paperKey }) => ({
    paperKey,
    state: 'scanned' as const,
    pages: pages(paperKey),
    kept: plan.kept,
  }))
  const { name, identityNo, phone, address } = applicant
  const { id } = await client.post<{ id: string }>('/api/dossiers', {
    procedureCode: plan.procedure,
    place: plan.place,
    channel,
    formData: fillForm(plan.procedure, example.formData, { n, dice, caseKey, applicant, place, day }),
    papers,
    ...(online
      ? {}
      : {
          applicant: { fullName: name, identityNo, phone, address },
          counter: { consent: { how: 'signed', by: 'applicant' }, checks: [...scanned, ...seen] },
        }),
  })
  return id
}
