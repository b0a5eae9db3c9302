import { z } from 'zod'
import { legalDay } from '../clock.ts'
import { limitText } from '../deadlines/limit.ts'
import { partLimit } from '../deadlines/limits-of.ts'
import { notFound } from '../http/problem.ts'
import { route } from '../http/route.ts'
import { basis, definitionParts, eform, text } from './definition.ts'
import { searchProcedures } from './read-model.ts'
import { findVersion } from './version.ts'

const { code, name, field, level, sample, decision, catalogue, channels, cases, limits, papers } =
  definitionParts
const { clockMode, reception, supplement, consultation, phases, fees, payment } = definitionParts

export const ProcedureSummary = z.object({
  code,
  name,
  field,
  level,
  sample,
  limits: z.array(z.object({ case: z.string(), caseName: text, committed: limits.element.shape.committed })),
})
export const ProcedureList = z.object({ procedures: z.array(ProcedureSummary) })

/** Everything a person may know of a procedure before filing. */
export const ProcedurePage = z.object({
  code,
  version: z.int(),
  name,
  field,
  level,
  sample,
  decision,
  catalogue,
  channels,
  cases,
  limits,
  clockMode,
  reception,
  supplement,
  consultation,
  fees,
  payment,
  papers,
  phases,
  /** Of a group: what it is made of, and in what time each. */
  parts: z.array(z.object({ name: text, agency: text, limit: text, basis })),
  eform,
})

export const procedureRoutes = [
  route({
    method: 'get',
    path: '/api/procedures',
    summary: 'Procedures in force, searched by code or name with or without accents',
    permission: 'public',
    query: z.strictObject({ q: z.string().max(200).default('') }),
    answer: ProcedureList,
    handler: async ({ tx, query }) => {
      const found = await searchProcedures(tx, query.q)
      return {
        procedures: found.map(({ definition }) => ({
          ...definition,
          limits: definition.limits.map((limit) => ({
            case: limit.case,
            caseName: definition.cases.find((each) => each.key === limit.case)!.name,
            committed: limit.committed,
          })),
        })),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/procedures/:code',
    summary: 'A procedure: facts, papers, limits and its electronic form',
    permission: 'public',
    params: z.strictObject({ code: z.string().max(60) }),
    answer: ProcedurePage,
    handler: async ({ tx, params }) => {
      const version = await findVersion(tx.sql, params.code, legalDay(tx.at))
      if (!version)
        throw notFound({
          vi: `Không có thủ tục mã “${params.code}”. Hãy tìm theo tên ở trang đầu.`,
          en: `There is no procedure “${params.code}”. Search for it by name on the first page.`,
        })
      const parts = await Promise.all(
        version.definition.children.map(async (part) => {
          const { legal, basis } = await partLimit(tx.sql, part, legalDay(tx.at))
          return { name: part.name, agency: part.agency, limit: limitText(legal), basis }
        }),
      )
      return { ...version.definition, version: version.version, parts, eform: version.eform }
    },
  }),
]
