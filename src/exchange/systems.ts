import type { Text } from '../text.ts'

/** Systems of others that a procedure can ask. */
export const systemNames = ['tax', 'population', 'land'] as const
export type SystemName = (typeof systemNames)[number]

export const systemLabels: Record<SystemName, Text> = {
  tax: { vi: 'Hệ thống đăng ký thuế', en: 'Tax registration system' },
  population: { vi: 'Cơ sở dữ liệu quốc gia về dân cư', en: 'National population database' },
  land: { vi: 'Cơ sở dữ liệu quốc gia về đất đai', en: 'National land database' },
}

/** Where a system is and the token it knows us by; no entry: nobody can be asked, and the question waits. */
export type SystemAddress = { url: string; token: string | undefined }
export type SystemAddresses = Partial<Record<SystemName, SystemAddress>>
