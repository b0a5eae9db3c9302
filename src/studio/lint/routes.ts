import { type Route, route } from '../../http/route.ts'
import { baseIdOf } from '../../procedures/agreement.ts'
import { MOST_DIAGRAM } from '../source.ts'
import { tooMuchIn } from './bounds.ts'
import { type Harm, inspectXml } from './hostile.ts'
import { CheckDiagram, CheckedDiagram, CheckedForm, CheckForm, LintContext } from './schemas.ts'
import { lintContext, schemaFault } from './server.ts'

const placeOf = ({ rule, line, element, message }: Harm) => ({ rule, line, elementId: element, message })

export const lintRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/studio/check-diagram',
    summary: 'Whether a diagram or a routing table may be imported; nothing is kept',
    permission: { action: 'update', subject: 'Draft' },
    body: CheckDiagram,
    answer: CheckedDiagram,
    mostBytes: 2 * MOST_DIAGRAM,
    handler: async ({ body: { kind, xml, code } }) => {
      const { harms, notes } = inspectXml(xml, kind, code ? { baseId: baseIdOf(code) } : {})
      return { harmless: harms.length === 0, harms: harms.map(placeOf), notes: notes.map(placeOf) }
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/lint-context',
    summary: 'What drafts are checked against: the legal day, the roles held on it, the job types',
    permission: { action: 'read', subject: 'Draft' },
    answer: LintContext,
    handler: ({ tx }) => lintContext(tx),
  }),
  route({
    method: 'post',
    path: '/api/studio/check-form',
    summary: 'What keeps a form from being compiled; nothing is kept',
    permission: { action: 'read', subject: 'Draft' },
    body: CheckForm,
    answer: CheckedForm,
    handler: async ({ body: { schema } }) => ({
      fault: tooMuchIn(schema)?.message.vi ?? schemaFault(schema),
    }),
  }),
]
