import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { allottable, elementName } from '../model/allotments.ts'
import { fieldKeys, fieldOf } from '../model/form-list.ts'
import { getIn, isRecord, listAt, recordAt, textAt } from '../model/loose.ts'
import type { Option } from './fields.tsx'

const CHANNELS = ['ONLINE', 'DIRECT', 'POSTAL']

/** What of the draft may be chosen among, each with the name that people know it by. */
export const useOptions = () => {
  const { t } = useTranslation('studio-panels')
  const { source } = useDraftEditor()
  const { definition, eform } = source
  const text = useText()
  const named = (value: unknown): string =>
    isRecord(value) ? text({ vi: textAt(value, ['vi']), en: textAt(value, ['en']) || undefined }) : ''
  const list = (path: string[]): Option[] =>
    listAt(definition, path).map((each) => ({
      value: textAt(each, ['key']),
      label: named(getIn(each, ['name'])) || textAt(each, ['key']) || '?',
    }))
  const elements = (ids: string[]): Option[] =>
    ids.map((id) => ({ value: id, label: named(elementName(definition, id)) || id }))
  const all = [
    ...Object.keys(recordAt(definition, ['steps'])),
    ...Object.keys(recordAt(definition, ['waits'])),
  ]
  return {
    named,
    channels: CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })),
    cases: list(['cases']),
    papers: list(['papers']),
    fields: fieldKeys(eform).map((key) => {
      const { title, titleEn } = fieldOf(eform, key)
      return { value: key, label: named({ vi: title || key, en: titleEn || undefined }) }
    }),
    elements: elements(all),
    allottable: elements(allottable(definition)),
  }
}
