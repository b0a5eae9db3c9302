// Packages that ship no types; this is what we use of them.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, object>)
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }>
    toXML(root: unknown, options?: { format?: boolean }): Promise<{ xml: string }>
    create(type: string, attributes?: Record<string, unknown>): Record<string, unknown>
  }
}

declare module 'bpmnlint/lib/linter.js' {
  type Report = {
    id: string
    message: string
    category: string
    severity?: 'error' | 'warning'
    vi?: string
    en?: string
  }
  export default class Linter {
    constructor(options: {
      config: object
      resolver: {
        resolveRule(pkg: string, name: string): unknown
        resolveConfig(pkg: string, name: string): unknown
      }
    })
    lint(root: unknown): Promise<Record<string, Report[]>>
  }
}

declare module 'bpmnlint/config/recommended.js' {
  const config: { rules: Record<string, unknown> }
  export default config
}

declare module 'bpmnlint/rules/*' {
  const rule: (config?: unknown) => { check: unknown }
  export default rule
}

declare module 'bpmnlint-plugin-camunda-compat' {
  const plugin: { configs: Record<string, { rules: Record<string, unknown> }> }
  export default plugin
}

declare module 'bpmnlint-plugin-camunda-compat/rules/*' {
  const rule: (config?: unknown) => { check: unknown }
  export default rule
}
