import '@mantine/dates/styles.css'
import 'dayjs/locale/vi'
import { DateInput, type DateInputProps } from '@mantine/dates'
import { useLanguage } from '../app/i18n.ts'

/** A legal day ('YYYY-MM-DD'), written and read as DD/MM/YYYY. */
export const DayInput = (props: DateInputProps) => (
  <DateInput size="sm" valueFormat="DD/MM/YYYY" locale={useLanguage()} firstDayOfWeek={1} {...props} />
)
