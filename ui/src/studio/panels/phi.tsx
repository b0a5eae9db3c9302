import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BasisInput } from './inputs/basis-input.tsx'
import { ChoiceAt, NumberAt } from './inputs/fields.tsx'
import { LimitInput } from './inputs/limit-input.tsx'
import { ListAt } from './inputs/list-editor.tsx'
import { useOptions } from './inputs/options.ts'
import { Block, Panel } from './inputs/panel.tsx'
import { DefinitionPart, usePlace } from './inputs/part-context.tsx'
import { TextPair } from './inputs/text-pair.tsx'
import { isRecord, textAt } from './model/loose.ts'

const blankBasis = { text: '', source: '', verified: false }

const Payment = () => {
  const { t } = useTranslation('studio-panels')
  const { value, set, error, readOnly } = usePlace(['payment'])
  const there = isRecord(value)
  return (
    <>
      <Switch
        label={t('fees.waits')}
        checked={there}
        disabled={readOnly}
        error={error}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { limit: { value: 5, unit: 'working-day' }, basis: blankBasis }
              : null,
          )
        }
      />
      {there && (
        <div className="panel-pair">
          <LimitInput path={['payment', 'limit']} label={t('fees.waitLimit')} />
          <BasisInput path={['payment', 'basis']} />
        </div>
      )}
    </>
  )
}

/** What filing costs, by channel and case, and how long an unpaid fee is waited for. */
const FeesPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { channels, cases } = useOptions()
  const labelOf = (options: typeof cases, value: string) =>
    options.find((each) => each.value === value)?.label ?? value
  return (
    <Panel part="fees" title={t('fees.title')} intro={t('fees.intro')}>
      <DefinitionPart>
        <Block title={t('fees.rows')}>
          <TextPair path={['catalogue', 'fee']} label={t('fees.words')} lines={1} />
          <ListAt
            path={['fees']}
            title={t('fees.list')}
            empty={t('fees.none')}
            name={(fee) =>
              [labelOf(channels, textAt(fee, ['channel'])), labelOf(cases, textAt(fee, ['case']))]
                .filter(Boolean)
                .join(' · ')
            }
            blank={() => ({ channel: channels[0]?.value, amount: '', basis: blankBasis })}
            addLabel={t('fees.add')}
          >
            {(path) => (
              <div className="panel-pair">
                <div className="panel-row panel-row-tight">
                  <ChoiceAt path={[...path, 'channel']} label={t('channel.label')} options={channels} />
                  <ChoiceAt
                    path={[...path, 'case']}
                    label={t('case')}
                    options={cases}
                    none={t('fees.otherCases')}
                  />
                  <NumberAt path={[...path, 'amount']} label={t('fees.amount')} />
                </div>
                <BasisInput path={[...path, 'basis']} />
              </div>
            )}
          </ListAt>
        </Block>
        <Block title={t('fees.payment')} note={t('fees.paymentNote')}>
          <Payment />
        </Block>
      </DefinitionPart>
    </Panel>
  )
}
export default FeesPanel
