import type { HeatElement } from '../../app/api-types.ts'
import { type Language, workingTime } from '../../shared/format.ts'

export const MEASURES = ['overrun', 'wait', 'work', 'visits'] as const
export type Measure = (typeof MEASURES)[number]

export const figureOf = (element: HeatElement, measure: Measure): number =>
  ({
    overrun: element.overrunMinutes,
    wait: element.waitMean,
    work: element.workMean,
    visits: element.visits,
  })[measure]

export const LEVELS = 5

/** How hot a value is beside the hottest: 0 for nothing, else 1 to 5. */
export const levelOf = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.min(LEVELS, Math.ceil((value / most) * LEVELS))

export const mostOf = (elements: readonly HeatElement[], measure: Measure): number =>
  Math.max(0, ...elements.map((element) => figureOf(element, measure)))

/** The level without its colour: one mark a level. */
export const marksOf = (level: number): string => '▮'.repeat(level) + '▯'.repeat(LEVELS - level)

export const sayValue = (value: number, measure: Measure, language: Language): string =>
  measure === 'visits'
    ? value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')
    : workingTime(value, language)

/** As short as fits beside a box: in the largest unit that it fills. */
export const shortValue = (value: number, measure: Measure, language: Language): string => {
  const number = (one: number, digits: number) =>
    one.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits })
  if (measure === 'visits') return number(value, 0)
  if (value >= 480) return `${number(value / 480, value < 4800 ? 1 : 0)} ${language === 'vi' ? 'ngày' : 'd'}`
  if (value >= 60) return `${number(value / 60, 1)} ${language === 'vi' ? 'giờ' : 'h'}`
  return `${number(value, 0)} ${language === 'vi' ? 'phút' : 'min'}`
}

export const percent = (share: number, language: Language): string =>
  (share * 100).toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', {
    maximumFractionDigits: share > 0 && share < 0.0995 ? 1 : 0,
  }) + (language === 'vi' ? ' %' : '%')
