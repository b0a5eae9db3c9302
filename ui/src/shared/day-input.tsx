import '@mantine/dates/styles.css'
import 'dayjs/locale/vi'
import './day-input.css'
import { DateInput, type DateInputProps } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../app/i18n.ts'
import { readDay } from './format.ts'

const ARROWS = ['previousMonth', 'nextMonth', 'previousYear', 'nextYear', 'previousDecade', 'nextDecade']

/** A legal day ('YYYY-MM-DD'), written and read as DD/MM/YYYY: left to itself a browser reads 05/02 as the 2nd of May. */
export const DayInput = (props: DateInputProps) => {
  const { t } = useTranslation('shared')
  return (
    <DateInput
      size="sm"
      valueFormat="DD/MM/YYYY"
      dateParser={readDay}
      locale={useLanguage()}
      firstDayOfWeek={1}
      ariaLabels={Object.fromEntries(ARROWS.map((arrow) => [arrow, t(`calendar.${arrow}`)]))}
      {...props}
    />
  )
}
