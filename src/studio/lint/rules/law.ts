import type { Rule } from '../fault.ts'

export const lawRules: Record<string, Rule> = {}
