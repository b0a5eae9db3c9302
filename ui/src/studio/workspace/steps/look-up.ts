import type { ProcedureDefinition } from '../../../app/api-types.ts'
import type { Examples, StudioData } from '../diagram/data.ts'
import { templateShape } from '../diagram/elements.ts'
import { insertAfter, waysOut } from '../diagram/place.ts'
import type { Connection, Get, Shape } from '../diagram/services.ts'
import type { Change } from './definition-acts.ts'
import { newWait } from './kinds.ts'
import type { LooseDefinition } from './rows.ts'

export const LOOK_UP_SYSTEMS = ['land', 'population', 'tax'] as const
export type LookUpSystem = (typeof LOOK_UP_SYSTEMS)[number]
type Exchange = ProcedureDefinition['exchanges'][string]

/** What is drawn and asked first of each system; all of it may be changed afterwards. */
const FIRST: Record<LookUpSystem, { ask: string; wait: string; answers: Exchange['answers'] }> = {
  land: {
    ask: 'Tra cứu đất đai',
    wait: 'Chờ dữ liệu đất đai',
    answers: {
      certificate: { vi: 'Giấy chứng nhận quyền sử dụng đất', en: 'Land use certificate' },
      landUser: { vi: 'Người sử dụng đất', en: 'Land user' },
      landUse: { vi: 'Mục đích sử dụng đất', en: 'Purpose of use' },
    },
  },
  population: {
    ask: 'Tra cứu dân cư',
    wait: 'Chờ dữ liệu dân cư',
    answers: { personalNumber: { vi: 'Số định danh đã đối chiếu', en: 'Identification number checked' } },
  },
  tax: {
    ask: 'Tra cứu thuế',
    wait: 'Chờ dữ liệu thuế',
    answers: {
      taxCode: { vi: 'Mã số thuế', en: 'Tax code' },
      taxOffice: { vi: 'Cơ quan thuế quản lý', en: 'Tax office in charge' },
    },
  },
}

const made = (get: Get, data: StudioData, id: string, name: string): Shape => {
  const template = data.templates.find((each) => each.id === id)
  if (!template) throw new Error(`there is no element template ${id}`)
  const shape = templateShape(get('elementTemplates'), data, template)
  shape.businessObject.name = name
  return shape
}

/** The question to a system and the wait for its answer, on a way. */
export const drawLookUp = (
  get: Get,
  data: StudioData,
  way: Connection,
  system: LookUpSystem,
): { asks: Shape; waits: Shape } => {
  const { ask, wait } = FIRST[system]
  const asks = insertAfter(get, way.source, made(get, data, 'mot-cua.exchange.request', ask), () => way, true)
  const waits = insertAfter(
    get,
    asks,
    made(get, data, 'mot-cua.await.exchange', wait),
    (from) => waysOut(from)[0],
    true,
  )
  return { asks, waits }
}

/** The paper's answer comes from the look-up: what is asked about the applicant, and what of the answer is shown. */
export const lookUpData =
  (paper: string, system: LookUpSystem, asks: string, waits: string): Change =>
  (definition) => {
    const { wait, answers } = FIRST[system]
    const exchange: Exchange = {
      system,
      wait: waits,
      fields: { name: 'applicant.name', identityNo: 'applicant.identityNo' },
      answers,
      clock: 'RUNS',
    }
    const papers = (definition.papers ?? []).map((each) =>
      each.key === paper
        ? {
            ...each,
            requiredFor: null,
            presentOnly: false,
            lookUp: { basis: { text: '', source: '', verified: false }, ...each.lookUp, exchange: asks },
          }
        : each,
    )
    return {
      ...definition,
      waits: { ...definition.waits, [waits]: newWait('await.exchange', wait) },
      exchanges: { ...definition.exchanges, [asks]: exchange },
      papers,
    } as LooseDefinition
  }

/** Examples wait for the answer before they are appraised the first time. */
export const askedInExamples = (examples: Examples, into: string, wait: string): Examples =>
  examples.map((example) => {
    const walk = example.content.walk
    if (!Array.isArray(walk)) return example
    const at = walk.findIndex((visit) => (visit as { element?: unknown } | null)?.element === into)
    if (at < 0) return example
    const answered = { element: wait, outcome: 'answered' }
    return {
      ...example,
      content: { ...example.content, walk: [...walk.slice(0, at), answered, ...walk.slice(at)] },
    }
  })
