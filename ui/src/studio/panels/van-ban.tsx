import { useTranslation } from 'react-i18next'
import { Block, Panel } from './inputs/panel.tsx'
import { DefinitionPart } from './inputs/part-context.tsx'
import { Phrases, Result, Signers } from './letters/result.tsx'
import { Templates } from './letters/templates.tsx'

/** Who signs, what the result says, and the words that come with the procedure. */
const LettersPanel = () => {
  const { t } = useTranslation('studio-panels')
  return (
    <Panel part="letters" title={t('letters.title')} intro={t('letters.intro')}>
      <DefinitionPart>
        <Block title={t('letters.signers')}>
          <Signers />
        </Block>
        <Block title={t('result.title')} note={t('result.note')}>
          <Result />
        </Block>
        <Block title={t('templates.block')} note={t('templates.note')}>
          <Templates />
        </Block>
        <Block title={t('phrases.title')} note={t('phrases.note')}>
          <Phrases />
        </Block>
      </DefinitionPart>
    </Panel>
  )
}
export default LettersPanel
