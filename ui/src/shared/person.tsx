import { useTranslation } from 'react-i18next'

/** A person's name; "X (thay Y)" while they stand in for somebody absent. */
export const usePersonName = () => {
  const { t } = useTranslation('shared')
  return (name: string, inPlaceOf: string | null | undefined): string =>
    inPlaceOf ? t('person.inPlaceOf', { name, absent: inPlaceOf }) : name
}
