import { useLanguage } from '../../app/i18n.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** Seconds of the machine's time in the unit a person would choose: "0,2 giây", "3 phút". */
export const useDuration = (): ((seconds: number) => string) => {
  const language = useLanguage()
  return (seconds) => {
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[3]
    return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
      style: 'unit',
      unit,
      unitDisplay: 'long',
      maximumFractionDigits: unit === 'second' ? 1 : 0,
    }).format(seconds / size)
  }
}
