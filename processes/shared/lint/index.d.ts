type Rule = (config?: unknown) => { check: unknown }
export const rules: Record<string, Rule>
export function ruleSet(
  config: {
    steps: object
    waits: object
    fees?: object[] | undefined
    exchanges?: object | undefined
    jobTypes: string[]
  },
  options: { exempt: boolean },
): Record<string, [string, unknown]>
