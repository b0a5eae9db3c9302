import { readFileSync } from 'node:fs'
import { PAPER, type Stage } from './stage.ts'

const example = JSON.parse(
  readFileSync(
    new URL(
      '../../../processes/1.013225-cap-giay-phep-xay-dung-moi/cases/03-other-consulted-silence.json',
      import.meta.url,
    ),
    'utf8',
  ),
)

/** Files the permit's example online without the page, for scenes that are about something else. `without`: papers left out. */
export async function fileByApi(
  stage: Stage,
  login: string,
  { without = [] }: { without?: string[] } = {},
): Promise<{ id: string; code: string }> {
  const citizen = await stage.desk.as(login)
  const papers = []
  for (const paperKey of example.papers.filter((key: string) => !without.includes(key))) {
    const { id } = await citizen.upload(`${paperKey}.pdf`, 'application/pdf', readFileSync(PAPER))
    papers.push({ paperKey, uploadId: id })
  }
  const { formData, place } = example
  return citizen.post('/api/dossiers', { procedureCode: '1.013225', place, formData, papers })
}
