import { createRequire } from 'node:module'
import { BpmnModdle } from 'bpmn-moddle'
import { rules as ours, ruleSet } from '../../processes/shared/lint/index.js'
import type { SharedDefinition } from './definition.ts'

/** One fault of a diagram; `id` is the element's. Faults of bpmnlint's own rules are in English only. */
export type Fault = { id: string; rule: string; message: { vi: string; en: string } }

/** What the diagram is checked against: its data, and the job types that have a worker. */
export type Drawn = {
  steps: object
  waits: object
  fees?: object[] | undefined
  exchanges?: object | undefined
  children?: object[] | undefined
  jobTypes: string[]
}

type Report = { id: string; message: string; vi?: string; en?: string }
type Resolver = {
  resolveRule(pkg: string, name: string): unknown
  resolveConfig(pkg: string, name: string): unknown
}
type LinterClass = new (options: {
  config: object
  resolver: Resolver
}) => {
  lint(root: unknown): Promise<Record<string, Report[]>>
}

const require = createRequire(import.meta.url)
const Linter = require('bpmnlint/lib/linter') as LinterClass
const compat = require('bpmnlint-plugin-camunda-compat') as {
  rules: Record<string, string>
  configs: Record<string, { rules: Record<string, unknown> }>
}
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json') as object

const resolver: Resolver = {
  resolveRule: (pkg, name) => {
    if (pkg === 'bpmnlint-plugin-mot-cua') return ours[name]
    if (pkg === 'bpmnlint') return require(`bpmnlint/rules/${name}`)
    const path = compat.rules[name]
    if (!path) throw new Error(`no lint rule ${pkg}/${name}`)
    return require(
      path.startsWith('.') ? `bpmnlint-plugin-camunda-compat/${path.slice(2)}` : `bpmnlint/rules/${name}`,
    )
  },
  resolveConfig: (pkg, name) => {
    if (pkg === 'bpmnlint') return require(`bpmnlint/config/${name}`)
    const config = compat.configs[name]
    if (!config) throw new Error(`no lint configuration ${pkg}/${name}`)
    return config
  },
}

const configOf = (drawn: Drawn, exempt: boolean) => ({
  extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-cloud-8-5'],
  rules: {
    // Two flows may meet at a task: a joint before every such task would not fit on the page.
    'fake-join': 'off',
    // Joints and the watch's symbols say nothing; our own rules say what must have a name.
    'label-required': 'off',
    'superfluous-label': 'off',
    // The watch's gateway is entered by the start and by the loop.
    ...(exempt && { 'no-gateway-join-fork': 'off' }),
    ...ruleSet(drawn, { exempt }),
  },
})

/**
 * Checks a diagram: bpmnlint, the limits of Zeebe 8.5, and our rules (waits, reading, agreement with the data).
 * An unreadable XML is one fault. An empty answer means the diagram is clean.
 */
export async function lint(xml: string, drawn: Drawn, name?: SharedDefinition['name']): Promise<Fault[]> {
  let root: unknown
  try {
    const read = await new BpmnModdle({ zeebe }).fromXML(xml)
    if (read.warnings.length > 0) throw new Error(read.warnings.map((warning) => warning.message).join('; '))
    root = read.rootElement
  } catch (error) {
    const { message } = error as Error
    return [
      {
        id: '',
        rule: 'xml',
        message: { vi: `Không đọc được sơ đồ: ${message}`, en: `The diagram cannot be read: ${message}` },
      },
    ]
  }
  const linter = new Linter({ config: configOf(drawn, name === 'deadline-watch'), resolver })
  const reports = await linter.lint(root)
  return Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id, message, vi, en }) => ({ id, rule, message: { vi: vi ?? message, en: en ?? message } })),
  )
}
