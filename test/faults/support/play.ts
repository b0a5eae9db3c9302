import { readFileSync } from 'node:fs'
import { DEMO_PASSWORD } from '../../../src/people/demo-accounts.ts'
import { type Client, open } from '../../walk/client.ts'
import { openDesk } from '../../walk/desk.ts'

const folder = 'processes/1.013225-cap-giay-phep-xay-dung-moi/cases'
const PDF = readFileSync('test/walk/paper.pdf')

export type Filed = { id: string; code: string; acknowledgement: { vi: string } }

/** What a citizen would send for an example of the procedure, its papers uploaded. */
export async function prepared(citizen: Client, example = '01-house-straight') {
  const { formData, papers, place } = JSON.parse(readFileSync(`${folder}/${example}.json`, 'utf8')) as {
    formData: Record<string, unknown>
    papers: string[]
    place: string
  }
  const uploads = []
  for (const paperKey of papers) {
    const { id } = await citizen.upload(`${paperKey}.pdf`, 'application/pdf', PDF)
    uploads.push({ paperKey, uploadId: id })
  }
  return { procedureCode: '1.013225', place, formData, papers: uploads }
}

export const file = async (citizen: Client, example?: string): Promise<Filed> =>
  citizen.post('/api/dossiers', await prepared(citizen, example))

/** The people of the demonstration, at the server's address of the moment. */
export const people = (url: string) => openDesk(url, DEMO_PASSWORD)
export const login = (url: string, name: string): Promise<Client> => open(url, name, DEMO_PASSWORD)
