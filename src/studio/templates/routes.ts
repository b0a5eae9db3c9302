import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Route, route } from '../../http/route.ts'

const FOLDER = fileURLToPath(new URL('../../../processes/shared/element-templates/', import.meta.url))
/** Work of the watch alone: an analyst cannot draw it into a procedure. */
const NOT_DRAWN = ['deadline.alarm.json']

const Templates = z.object({ templates: z.array(z.record(z.string(), z.json())) })

/** The building blocks for machines' work and waits, as the modeller takes them. They change only with the program. */
export const readTemplates = async (): Promise<z.infer<typeof Templates>['templates']> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json') && !NOT_DRAWN.includes(name))
  const texts = await Promise.all(names.sort().map((name) => readFile(FOLDER + name, 'utf8')))
  return texts.map((text) => JSON.parse(text))
}

export const templateRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/element-templates',
    summary: 'Element templates of the modeller',
    permission: { action: 'read', subject: 'Draft' },
    answer: Templates,
    handler: async () => ({ templates: await readTemplates() }),
  }),
]
