import { readFileSync } from 'node:fs'
import type { ExampleCase, ProcedureDefinition } from '../../../src/procedures/definition.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import type { Client, Json } from '../../walk/client.ts'
import { type Stage, until } from './stage.ts'

type Step = ExampleCase['walk'][number]
const procedures = await readProcedures('processes')
const PAPER = readFileSync(new URL('../../walk/paper.pdf', import.meta.url))

/** An example being played, with what is left of its walk. */
export type Played = {
  id: string
  definition: ProcedureDefinition
  example: ExampleCase
  /** Whoever answers for the applicant: the citizen, or the clerk who filed on paper. */
  applicant: Client
  left: Step[]
  /** The dossier as the auditor sees it, with its inside. */
  page(): Promise<Json>
}

const atCounter = {
  applicant: { fullName: 'Phạm Thị Giấy', identityNo: '000000000009' },
  counter: { consent: { how: 'signed', by: 'applicant' } },
}

/** Files an example as it came: online by the citizen, on paper by the clerk of the counter for a named person. */
export async function file(
  stage: Stage,
  definition: ProcedureDefinition,
  example: ExampleCase,
): Promise<Played> {
  const online = example.channel === 'ONLINE'
  const counter = definition.counter === 'province' ? 'p01' : example.place.slice(-3).toLowerCase()
  const applicant = await stage.desk.as(online ? 'congdan' : `motcua.${counter}`)
  const papers = []
  for (const paperKey of example.papers)
    papers.push({ paperKey, uploadId: await upload(applicant, paperKey) })
  const { id } = await applicant.post('/api/dossiers', {
    procedureCode: definition.code,
    place: example.place,
    channel: example.channel,
    formData: example.formData,
    papers,
    ...(online ? {} : atCounter),
  })
  const auditor = await stage.desk.as('thanhtra')
  const page = () => auditor.get(`/api/dossiers/${id}`)
  return { id, definition, example, applicant, left: [...example.walk], page }
}

const upload = async (client: Client, name: string): Promise<string> =>
  (await client.upload(`${name}.pdf`, 'application/pdf', PAPER)).id

/** Plays on until the walk has ended or only time can go on: nobody supplements, or a body keeps silent. */
export async function playOn(stage: Stage, played: Played): Promise<void> {
  for (let step = played.left.shift(); step; step = played.left.shift()) {
    const { element, outcome } = step
    if (outcome === 'expired') return
    // Other systems answer by themselves.
    if (played.definition.waits[element]?.type === 'await.exchange') continue
    if (played.definition.waits[element]?.type === 'await.children') await playParts(stage, played, element)
    else if (element === 'AwaitConfirmation' && outcome === 'silent') return
    else if (element === 'AwaitPayment') await pay(stage, played)
    else if (element === 'AwaitConfirmation') await confirm(played, outcome)
    else if (element === 'AwaitSupplement') await supplement(played)
    else if (element === 'AwaitConsultations') {
      if (await answer(stage, played)) return
    } else await stage.decide(played.id, element, outcome, (task) => dataOf(played, element, outcome, task))
  }
}

/** Each part that the group awaits here is a dossier of its own: its people play the walk that the example has for it. */
async function playParts(stage: Stage, group: Played, wait: string): Promise<void> {
  const auditor = await stage.desk.as('thanhtra')
  for (const { key, procedure } of group.definition.children.filter((part) => part.wait === wait)) {
    const id = await until(`the part ${key}`, async () => {
      const [part] = await stage.rows<{ id: string }>(
        'select id from dossier where parent_id = $1 and child_key = $2',
        [group.id, key],
      )
      return part?.id
    })
    const { definition } = procedures.find((one) => one.definition.code === procedure)!
    const { walk } = group.example.children![key]!
    const page = () => auditor.get(`/api/dossiers/${id}`)
    await playOn(stage, { ...group, id, definition, page, left: [...walk] })
  }
}

/** What a person would write into the panel of the step. */
async function dataOf(played: Played, element: string, outcome: string, task: Json): Promise<Json> {
  const step = played.definition.steps[element]!
  if (step.outcomes[outcome]!.promises.includes('consultation.draft')) return question(played, task)
  if (step.outcomes[outcome]!.needsReason) return { reason: 'Chưa đúng quy định' }
  switch (step.form) {
    case 'assign':
      return { personId: task.people[0].id }
    case 'supplement-draft': {
      const [first] = played.example.papers
      return { items: [{ paperKey: first, text: 'Bản rõ hơn', reason: 'Thiếu thông tin' }] }
    }
    case 'consultation-summary':
      return outcome === 'approved' ? summary(played) : {}
    case 'result-return':
      return { identityChecked: true, receivedBy: 'Người nộp' }
    default:
      return {}
  }
}

/** Every body that may be asked; asked again, only those that kept silent, if any did. */
async function question(played: Played, task: Json): Promise<Json> {
  const silent = (await played.page()).consultations
    .filter((one: Json) => one.outcome === 'silent')
    .map((one: Json) => one.agency.code)
  // Of bodies that are to be named, the first one will do.
  const [named] = task.consultBodies.filter((body: Json) => body.named)
  const bodies = task.consultBodies.filter((body: Json) => !body.named || body === named)
  const codes: string[] = bodies.map((body: Json) => body.agency.code)
  const asked = silent.length > 0 ? silent : codes
  return { consult: asked.map((agencyCode: string) => ({ agencyCode, question: 'Đề nghị cho ý kiến.' })) }
}

async function summary(played: Played): Promise<Json> {
  const of = (outcome: string) => (one: Json) => one.outcome === outcome
  const { consultations } = await played.page()
  return {
    confirmedSilence: consultations.filter(of('silent')).map((one: Json) => one.id),
    answers: consultations
      .filter(of('objected'))
      .map((one: Json) => ({ consultationId: one.id, text: 'Đã điều chỉnh' })),
  }
}

/** Every body answers, against it where a denial follows. Where the example is about silence the last one does not: true. */
async function answer(stage: Stage, { id, left, example, page }: Played): Promise<boolean> {
  const { consultations } = await until('the questions to be sent', async () => {
    const now = await page()
    return now.consultations.some((one: Json) => one.outcome === null) && now
  })
  const open = consultations.filter((one: Json) => one.outcome === null)
  const silent = /silent/.test(example.name.en ?? '') && open.length === consultations.length
  const outcome = left[0]?.outcome === 'denied' ? 'objected' : 'agreed'
  for (const one of silent ? open.slice(0, -1) : open)
    await stage.decide(id, 'Answer', outcome, () => ({ answer: 'Ý kiến của cơ quan' }), one.agency.code)
  return silent
}

/** The applicant looks the form over: it is right, or they correct it as the example has it. */
async function confirm({ applicant, id, example }: Played, outcome: string): Promise<void> {
  const { version } = await until('the form to confirm', async () => {
    const now = await applicant.get(`/api/dossiers/${id}`)
    return now.can.confirm && now
  })
  const formData = outcome === 'amended' ? { formData: example.amended } : {}
  await applicant.post(`/api/dossiers/${id}/confirmation`, { outcome, version, ...formData })
}

/** Online at the bank of the demonstration, on paper in cash by the clerk who filed it. */
async function pay(stage: Stage, { id, applicant, example, page }: Played): Promise<void> {
  const { fee } = await applicant.get(`/api/dossiers/${id}/payment`)
  if (example.channel === 'ONLINE') {
    const { url } = await applicant.post(`/api/dossiers/${id}/payment/vnpay`, {})
    await fetch(url, { method: 'POST', body: new URLSearchParams({ act: 'pay' }), redirect: 'manual' })
  } else {
    await stage.drawer(applicant)
    await applicant.post(`/api/dossiers/${id}/payment/cash`, { amount: fee.amount })
  }
  await until('the fee to be paid', async () =>
    (await page()).clocks.some((clock: Json) => clock.kind === 'reception'),
  )
}

async function supplement({ id, applicant, example, page }: Played): Promise<void> {
  await until('the request to be sent', async () => (await page()).state === 'waiting-supplement')
  const uploadId = await upload(applicant, 'bo-sung')
  const [paperKey] = example.papers
  await applicant.post(`/api/dossiers/${id}/supplement`, {
    papers: [{ paperKey, uploadId }],
    ...(example.amended && { formData: example.amended }),
  })
}

/** The letter of an apology, or of closing, from its draft to the applicant. */
export async function sendLetter(stage: Stage, { id }: Played, draft: Json): Promise<void> {
  await stage.decide(id, 'Draft', 'drafted', () => draft)
  await stage.decide(id, 'Initial', 'initialled')
  await stage.decide(id, 'Sign', 'signed')
  await stage.decide(id, 'Number', 'numbered')
  await stage.decide(id, 'Send', 'sent')
}
