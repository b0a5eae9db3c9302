import { Alert } from '@mantine/core'
import { Component, type ReactNode, Suspense, useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { say } from '../../../app/say.ts'
import { Loading } from '../../../app/states.tsx'
import { EForm } from '../../../shared/eform/lazy.tsx'
import { listOf } from '../model/form-list.ts'
import { getIn, isRecord, type Loose, recordAt, setIn } from '../model/loose.ts'

/** A half-made form may be one that cannot be drawn: then that is said, and the editor beside it goes on. */
class Safe extends Component<
  { of: unknown; instead: ReactNode; children: ReactNode },
  { failed: boolean; of: unknown }
> {
  override state = { failed: false, of: this.props.of }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  static getDerivedStateFromProps(props: { of: unknown }, state: { of: unknown }) {
    return props.of === state.of ? null : { failed: false, of: props.of }
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}

/** Only questions that are there, in groups that have any: what the form's own component can draw. */
function drawable(eform: Loose): Loose | null {
  if (!isRecord(getIn(eform, ['schema', 'properties']))) return null
  const groups = listOf(eform).groups.map((group) => ({
    key: group.key,
    title: { vi: group.title || '…', ...(group.titleEn ? { en: group.titleEn } : {}) },
    fields: group.fields.filter(({ schema }) => schema !== null).map(({ key }) => key),
  }))
  const questions = Object.entries(recordAt(eform, ['schema', 'properties'])).filter(([, each]) =>
    isRecord(each),
  )
  const whole = setIn(eform, ['schema', 'properties'], Object.fromEntries(questions))
  // The groups say the order; one that leaves a question out would stop the whole form.
  return setIn(
    isRecord(getIn(whole, ['ui'])) ? setIn(whole, ['ui', 'ui:order'], undefined) : whole,
    ['groups'],
    groups.filter(({ fields }) => fields.length > 0),
  ) as Loose
}

/** A draft's form to be filled in; where it cannot be drawn yet, that is said. */
export const DraftForm = ({
  eform,
  data,
  onChange,
}: {
  eform: Loose
  data: Loose
  onChange: (data: Loose) => void
}) => {
  const { t } = useTranslation('studio-panels')
  // Drawn when there is time: typing in the editor never waits for it.
  const shown = useDeferredValue(eform)
  const form = useMemo(() => drawable(shown), [shown])
  const broken = (
    <Alert color="yellow" title={t('form.previewBroken')}>
      {t('form.previewBrokenHelp')}
    </Alert>
  )
  if (form === null) return broken
  return (
    <Safe of={form} instead={broken}>
      <Suspense fallback={<Loading lines={6} />}>
        <EForm
          eform={form as never}
          data={data}
          onChange={onChange}
          onSubmit={() => say(t('examples.formFits'))}
          submitLabel={t('examples.check')}
        />
      </Suspense>
    </Safe>
  )
}
