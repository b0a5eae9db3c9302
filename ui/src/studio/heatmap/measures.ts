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

const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10]
const [HOUR, DAY] = [60, 480]

/**
 * How much one level more means: the smallest round figure (25 working days, 2 hours, 50 visits) with which the hottest
 * still has a level. Times in working minutes.
 */
export const stepOf = (most: number, measure: Measure): number => {
  if (most <= 0) return 0
  const unit = measure === 'visits' || most <= HOUR ? 1 : most <= LEVELS * DAY ? HOUR : DAY
  const wanted = most / LEVELS / unit
  // Halves are read easily of hours only: a visit has none, and half a minute or half a day nobody asks for.
  const halves = unit === HOUR
  for (let power = 1; ; power *= 10)
    for (const one of ROUND) {
      const step = one * power
      if (step >= wanted && (halves || Number.isInteger(step))) return step * unit
    }
}

/** How hot a value is: 0 for nothing, else 1 to 5, one for each `step`. */
export const levelOf = (value: number, step: number): number =>
  value <= 0 || step <= 0 ? 0 : Math.min(LEVELS, Math.ceil(value / step))

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
