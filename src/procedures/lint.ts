import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { rules as ours, ruleSet } from '../../processes/shared/lint/index.js'
import type { SharedDefinition } from './definition.ts'

/**
 * One fault of a diagram; `id` is the element's. A warning tells its reader something and stops nobody. Faults of
 * bpmnlint's own rules are in English only.
 */
export type Fault = {
  id: string
  rule: string
  severity: 'error' | 'warning'
  message: { vi: string; en: string }
}

/** What the diagram is checked against: its data, and the job types that have a worker. */
export type Drawn = {
  steps: object
  waits: object
  fees?: object[] | undefined
  exchanges?: object | undefined
  children?: object[] | undefined
  jobTypes: string[]
}

/** Loaded at the first use: seventy rules and FEEL's parser, which a server without a new folder never needs. */
async function packages() {
  const { Linter, basicRules, compatRules, recommendedConfig, compatConfig } = await import(
    './lint-packages.ts'
  )
  const rules: Record<string, Record<string, unknown>> = {
    'bpmnlint-plugin-mot-cua': ours,
    'bpmnlint-plugin-camunda-compat': compatRules,
    bpmnlint: basicRules,
  }
  const resolver = {
    resolveRule(pkg: string, name: string) {
      const rule = rules[pkg]?.[name]
      if (!rule) throw new Error(`no lint rule ${pkg}/${name}`)
      return rule
    },
    resolveConfig: (pkg: string) => (pkg === 'bpmnlint' ? recommendedConfig : compatConfig),
  }
  return { Linter, resolver }
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

/** A diagram as objects. Throws an Error that says what cannot be read. */
export async function readDiagram(xml: string): Promise<unknown> {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(xml)
  if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.message).join('; '))
  return rootElement
}

/** Checks a diagram that was read. */
export async function lintRead(
  root: unknown,
  drawn: Drawn,
  name?: SharedDefinition['name'],
): Promise<Fault[]> {
  const { Linter, resolver } = await packages()
  const linter = new Linter({ config: configOf(drawn, name === 'deadline-watch'), resolver })
  const reports = await linter.lint(root)
  return Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id, message, category, severity, vi, en }) => ({
      id,
      rule,
      severity: severity ?? (category === 'warn' || category === 'info' ? 'warning' : 'error'),
      message: { vi: vi ?? message, en: en ?? message },
    })),
  )
}

/**
 * Checks a diagram: bpmnlint, the limits of Zeebe 8.5, and our rules (waits, reading, agreement with the data).
 * An unreadable XML is one fault. An empty answer means the diagram is clean.
 */
export async function lint(xml: string, drawn: Drawn, name?: SharedDefinition['name']): Promise<Fault[]> {
  let root: unknown
  try {
    root = await readDiagram(xml)
  } catch (error) {
    const { message } = error as Error
    return [
      {
        id: '',
        rule: 'xml',
        severity: 'error',
        message: { vi: `Không đọc được sơ đồ: ${message}`, en: `The diagram cannot be read: ${message}` },
      },
    ]
  }
  return lintRead(root, drawn, name)
}
