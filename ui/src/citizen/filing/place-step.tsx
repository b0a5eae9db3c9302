import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Loaded } from '../../app/states.tsx'
import { withoutMarks } from '../../shared/format.ts'
import { places } from '../queries.ts'
import { StepButtons } from './step-buttons.tsx'

type Props = {
  place: string | null
  onChange: (place: string | null) => void
  onNext: () => void
  onBack?: () => void
}

export const PlaceStep = ({ place, onChange, onNext, onBack }: Props) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const query = useQuery(places())
  const [missing, setMissing] = useState(false)
  return (
    <Loaded query={query} lines={2}>
      {(all) => (
        <>
          <Select
            size="md"
            // Choosing again what is chosen (the clerk’s own commune stands there already) is no wish to clear it.
            allowDeselect={false}
            label={t('filing.place')}
            description={t('filing.placeHelp')}
            placeholder={t('filing.placeChoose')}
            data={all.map(({ code, name }) => ({ value: code, label: text(name) }))}
            value={place}
            onChange={(chosen) => {
              setMissing(false)
              onChange(chosen)
            }}
            searchable
            nothingFoundMessage={t('filing.placeNone')}
            filter={({ options, search }) =>
              options.filter(
                (option) =>
                  'label' in option && withoutMarks(option.label).includes(withoutMarks(search.trim())),
              )
            }
            error={missing && t('filing.placeMissing')}
          />
          <StepButtons onBack={onBack} onNext={() => (place ? onNext() : setMissing(true))} />
        </>
      )}
    </Loaded>
  )
}
