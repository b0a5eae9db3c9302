import {
  IconCash,
  IconClockHour4,
  IconFileText,
  IconForms,
  IconInfoCircle,
  IconListDetails,
  IconMail,
  IconPlayerPlay,
  IconRoute,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { FaultPart } from '../draft/types.ts'

export const SECTIONS = [
  'so-do',
  'bieu-mau',
  'giay-to',
  'dinh-tuyen',
  'thoi-han',
  'phi',
  'van-ban',
  'vi-du',
  'du-kien',
] as const
export type Section = (typeof SECTIONS)[number]

export const SECTION_ICONS: Record<Section, typeof IconCash> = {
  'so-do': IconRoute,
  'bieu-mau': IconForms,
  'giay-to': IconFileText,
  'dinh-tuyen': IconListDetails,
  'thoi-han': IconClockHour4,
  phi: IconCash,
  'van-ban': IconMail,
  'vi-du': IconPlayerPlay,
  'du-kien': IconInfoCircle,
}

/** Where a fault of a part is mended. */
export const SECTION_OF: Record<FaultPart, Section> = {
  diagram: 'so-do',
  form: 'bieu-mau',
  papers: 'giay-to',
  routing: 'dinh-tuyen',
  limits: 'thoi-han',
  fees: 'phi',
  letters: 'van-ban',
  examples: 'vi-du',
  facts: 'du-kien',
}

type Part = { default: ComponentType }
const panels = import.meta.glob<Part>('../panels/*.tsx')
const load = (section: Section): (() => Promise<Part>) =>
  section === 'so-do'
    ? () => import('./diagram/diagram-section.tsx')
    : (panels[`../panels/${section}.tsx`] ?? (async () => ({ default: () => null })))

export const SECTION_PAGES = Object.fromEntries(
  SECTIONS.map((section) => [section, lazy(load(section))]),
) as unknown as Record<Section, ComponentType>
