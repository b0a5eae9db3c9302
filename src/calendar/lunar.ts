/**
 * The Vietnamese lunar calendar by astronomy, after Hồ Ngọc Đức's method: a month begins on the legal
 * day of its new moon, month 11 holds the winter solstice, and the first month without a major solar
 * term is the leap month. Mean new moon and its periodic terms: J. Meeus, Astronomical Formulae for
 * Calculators, ch. 32; the sun's longitude: Astronomical Algorithms, ch. 25. Days are those of UTC+7,
 * which is why Tết of 1985, 2007 or 2030 is not the Chinese New Year.
 */
import { dayNumber, dayOfNumber, type LegalDay } from './day.ts'

const RAD = Math.PI / 180
const ZONE = 7 / 24
/** Julian day number of 1970-01-01. */
const EPOCH = 2_440_588

/** Julian day number, in UTC+7, of the k-th new moon after 1900-01-01. */
function newMoonDay(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  const mean =
    2415020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t2) * RAD)
  const sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * RAD
  const moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * RAD
  const node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * RAD
  const periodic =
    (0.1734 - 0.000393 * t) * Math.sin(sun) +
    0.0021 * Math.sin(2 * sun) -
    0.4068 * Math.sin(moon) +
    0.0161 * Math.sin(2 * moon) -
    0.0004 * Math.sin(3 * moon) +
    0.0104 * Math.sin(2 * node) -
    0.0051 * Math.sin(sun + moon) -
    0.0074 * Math.sin(sun - moon) +
    0.0004 * Math.sin(2 * node + sun) -
    0.0004 * Math.sin(2 * node - sun) -
    0.0006 * Math.sin(2 * node + moon) +
    0.001 * Math.sin(2 * node - moon) +
    0.0005 * Math.sin(2 * moon + sun)
  const dynamicalTime = -0.000278 + 0.000265 * t + 0.000262 * t2
  return Math.floor(mean + periodic - dynamicalTime + 0.5 + ZONE)
}

/** Twelfth of the sun's path (0 = spring equinox … 9 = winter solstice) at the start of a UTC+7 day. */
function solarTerm(julianDay: number): number {
  const t = (julianDay - 2451545.5 - ZONE) / 36525
  const anomaly = (357.5291 + 35999.0503 * t - 0.0001559 * t * t) * RAD
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t * t) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) +
    0.00029 * Math.sin(3 * anomaly)
  const longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t * t + centre
  return Math.floor((((longitude % 360) + 360) % 360) / 30)
}

/** Number of the new moon that opens lunar month 11 of a solar year. */
function eleventhMonth(year: number): number {
  const yearEnd = dayNumber(`${year}-12-31`) + EPOCH
  const k = Math.floor((yearEnd - 2415021) / 29.530588853)
  return solarTerm(newMoonDay(k)) >= 9 ? k - 1 : k
}

/** Months from month 11 to the leap month that follows it; 0 when the year has none. */
function leapOffset(eleventh: number, nextEleventh: number): number {
  if (nextEleventh - eleventh < 13) return 0
  for (let offset = 1; offset < 13; offset++) {
    const here = solarTerm(newMoonDay(eleventh + offset))
    if (here === solarTerm(newMoonDay(eleventh + offset + 1))) return offset
  }
  return 0
}

/** The solar day of day `day` of (ordinary, not leap) lunar month `month`; years 1900–2199. */
export function lunarToSolar(year: number, month: number, day: number): LegalDay {
  const before = month < 11 ? year - 1 : year
  const eleventh = eleventhMonth(before)
  const leap = leapOffset(eleventh, eleventhMonth(before + 1))
  const offset = (month + 1) % 12
  const passed = leap > 0 && offset >= leap ? offset + 1 : offset
  return dayOfNumber(newMoonDay(eleventh + passed) + day - 1 - EPOCH)
}

/** The first day of the lunar year that begins in a solar year (mùng 1 Tết). */
export const newYearDay = (year: number): LegalDay => lunarToSolar(year, 1, 1)
