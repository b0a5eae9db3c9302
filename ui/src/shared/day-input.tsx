import '@mantine/dates/styles.css'
import 'dayjs/locale/vi'
import { DateInput, type DateInputProps } from '@mantine/dates'
import { useLanguage } from '../app/i18n.ts'
import { readDay } from './format.ts'

/** A legal day ('YYYY-MM-DD'), written and read as DD/MM/YYYY: left to itself a browser reads 05/02 as the 2nd of May. */
export const DayInput = (props: DateInputProps) => (
  <DateInput
    size="sm"
    valueFormat="DD/MM/YYYY"
    dateParser={readDay}
    locale={useLanguage()}
    firstDayOfWeek={1}
    {...props}
  />
)
