import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Block, Fold, Panel } from './inputs/panel.tsx'
import { DefinitionPart } from './inputs/part-context.tsx'
import { ShowAll } from './inputs/show-all.tsx'
import { Allotments } from './limits/allotments.tsx'
import { useAsides } from './limits/aside.ts'
import { Cases, Clock } from './limits/cases.tsx'
import { Confirmation, Consultation, Phases, Reception, Supplement } from './limits/waits.tsx'

/** What few redesigns change: each a line that opens, or all of it at once. */
const Rest = () => {
  const { t } = useTranslation('studio-panels')
  const asides = useAsides()
  const [all, setAll] = useState(false)
  const parts = [
    { title: t('limits.clock'), aside: asides.clock, path: ['clockMode'], Part: Clock },
    { title: t('reception.title'), aside: asides.reception, path: ['reception'], Part: Reception },
    { title: t('supplement.title'), aside: asides.supplement, path: ['supplement'], Part: Supplement },
    {
      title: t('consultation.title'),
      aside: asides.consultation,
      path: ['consultation'],
      Part: Consultation,
    },
    {
      title: t('confirmation.title'),
      aside: asides.confirmation,
      path: ['confirmation'],
      Part: Confirmation,
    },
    {
      title: t('phases.title'),
      aside: asides.phases,
      path: ['phases'],
      note: t('phases.note'),
      Part: Phases,
    },
  ]
  return (
    <>
      <ShowAll all={all} words={t(all ? 'limits.closeAll' : 'limits.openAll')} onChange={setAll} />
      {parts.map(({ Part, ...each }) => (
        // Opened anew when all are asked for.
        <Fold key={`${each.title} ${all}`} {...each} start={all}>
          <Part />
        </Fold>
      ))}
    </>
  )
}

/** Cases with their limits, how the clock counts, and how the time is shared among the steps. */
const LimitsPanel = () => {
  const { t } = useTranslation('studio-panels')
  return (
    <Panel part="limits" title={t('limits.title')} intro={t('limits.intro')}>
      <DefinitionPart>
        <Block title={t('cases.block')} note={t('cases.note')}>
          <Cases />
        </Block>
        <Block title={t('allot.title')} note={t('allot.note')}>
          <Allotments />
        </Block>
        <Rest />
      </DefinitionPart>
    </Panel>
  )
}
export default LimitsPanel
