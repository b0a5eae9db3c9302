import { useTranslation } from 'react-i18next'
import { Block, Panel } from './inputs/panel.tsx'
import { DefinitionPart } from './inputs/part-context.tsx'
import { Allotments } from './limits/allotments.tsx'
import { Cases, Clock } from './limits/cases.tsx'
import { Confirmation, Consultation, Phases, Reception, Supplement } from './limits/waits.tsx'

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
        <Block title={t('limits.clock')}>
          <Clock />
        </Block>
        <Block title={t('reception.title')}>
          <Reception />
        </Block>
        <Block title={t('supplement.title')}>
          <Supplement />
        </Block>
        <Block title={t('consultation.title')}>
          <Consultation />
        </Block>
        <Block title={t('confirmation.title')}>
          <Confirmation />
        </Block>
        <Block title={t('phases.title')} note={t('phases.note')}>
          <Phases />
        </Block>
      </DefinitionPart>
    </Panel>
  )
}
export default LimitsPanel
