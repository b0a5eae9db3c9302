import { useTranslation } from 'react-i18next'
import { CheckAt, ChoiceAt, DayAt, SeveralAt, TextAt } from './inputs/fields.tsx'
import { ListAt } from './inputs/list-editor.tsx'
import { useOptions } from './inputs/options.ts'
import { Block, Panel } from './inputs/panel.tsx'
import { DefinitionPart } from './inputs/part-context.tsx'
import { TextPair } from './inputs/text-pair.tsx'

const LEVELS = ['province', 'department', 'commune']

/** What the catalogue says of the procedure, and the decision that approves its internal process. */
const FactsPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { channels, named } = useOptions()
  return (
    <Panel part="facts" title={t('facts.title')} intro={t('facts.intro')}>
      <DefinitionPart>
        <Block title={t('facts.procedure')}>
          <TextPair path={['name']} label={t('name')} lines={1} />
          <TextPair path={['field']} label={t('facts.field')} />
          <div className="panel-row">
            <ChoiceAt
              path={['level']}
              label={t('facts.level')}
              options={LEVELS.map((value) => ({ value, label: t(`facts.levels.${value}`) }))}
            />
            <ChoiceAt
              path={['counter']}
              label={t('facts.counter')}
              fallback="place"
              options={['place', 'province'].map((value) => ({ value, label: t(`facts.counters.${value}`) }))}
            />
            <ChoiceAt
              path={['deciding']}
              label={t('facts.deciding')}
              fallback="lead"
              options={['lead', 'counter'].map((value) => ({ value, label: t(`facts.decidings.${value}`) }))}
            />
          </div>
          <SeveralAt path={['channels']} label={t('channels')} options={channels} />
          <CheckAt path={['sample']} label={t('facts.sample')} />
        </Block>
        <Block title={t('facts.decision')} note={t('facts.decisionNote')}>
          <div className="panel-row">
            <TextAt path={['decision', 'number']} label={t('facts.number')} />
            <DayAt path={['decision', 'date']} label={t('facts.date')} />
            <TextAt path={['decision', 'signer']} label={t('facts.signer')} />
          </div>
          <CheckAt path={['decision', 'sample']} label={t('facts.sample')} />
          <CheckAt path={['decision', 'verified']} label={t('basis.verified')} />
        </Block>
        <Block title={t('facts.catalogue')} note={t('facts.catalogueNote')}>
          <div className="panel-row">
            <TextAt path={['catalogue', 'decision']} label={t('facts.catalogueDecision')} />
            <TextAt
              path={['catalogue', 'source']}
              label={t('facts.source')}
              description={t('facts.sourceHelp')}
            />
          </div>
          <CheckAt path={['catalogue', 'verified']} label={t('basis.verified')} />
          <TextPair path={['catalogue', 'agency']} label={t('facts.agency')} lines={1} />
          <TextPair path={['catalogue', 'fee']} label={t('fees.words')} lines={1} />
          <ListAt
            path={['catalogue', 'results']}
            title={t('facts.results')}
            name={named}
            blank={() => ({ vi: '' })}
            addLabel={t('facts.addResult')}
          >
            {(path) => <TextPair path={path} label={t('facts.result')} lines={1} />}
          </ListAt>
          <ListAt
            path={['catalogue', 'notes']}
            title={t('facts.notes')}
            name={named}
            blank={() => ({ vi: '' })}
            addLabel={t('facts.addNote')}
          >
            {(path) => <TextPair path={path} label={t('note')} lines={1} />}
          </ListAt>
        </Block>
      </DefinitionPart>
    </Panel>
  )
}
export default FactsPanel
