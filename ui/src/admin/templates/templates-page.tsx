import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { LetterTemplates } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { letterTemplate, letterTemplates } from '../queries.ts'
import { Editor } from './editor.tsx'
import './templates.css'

const List = ({
  kinds,
  chosen,
  onChoose,
}: {
  kinds: LetterTemplates['kinds']
  chosen: string
  onChoose: (kind: string) => void
}) => {
  const { t } = useTranslation('admin')
  return (
    <ul className="template-list" aria-label={t('template.list')}>
      {kinds.map(({ kind, title, formNumber, version }) => (
        <li key={kind}>
          <button type="button" aria-pressed={kind === chosen} onClick={() => onChoose(kind)}>
            <span>{title}</span>
            <span className="soft">
              {formNumber ? t('template.form', { number: formNumber }) : t('template.noForm')} ·{' '}
              {version ? t('template.version', { version }) : t('template.shipped')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const Opened = ({ kind }: { kind: string }) => (
  <Loaded query={useQuery(letterTemplate(kind))} lines={12}>
    {(template) => <Editor key={`${kind}/${template.versions.length}`} template={template} />}
  </Loaded>
)

/** The words of letters: which there are, their parts, the letter beside them, and every version. */
export default function TemplatesPage() {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  return (
    <Page title={t('template.title')} wide>
      <p className="soft template-intro">{t('template.intro')}</p>
      <Loaded query={useQuery(letterTemplates())} lines={8}>
        {({ kinds }) => {
          const kind = kinds.find((one) => one.kind === query.get('mau'))?.kind ?? kinds[0]?.kind ?? ''
          return (
            <>
              <List
                kinds={kinds}
                chosen={kind}
                onChoose={(next) => setQuery({ mau: next }, { replace: true })}
              />
              <Opened kind={kind} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
