import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LetterTemplate } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'

type Words = LetterTemplate['shipped']

/** Every version with who wrote it and why; its words can be taken up again, as a new version. */
export const History = ({
  template: { versions, shipped, version: inForce },
  onRestore,
}: {
  template: LetterTemplate
  onRestore: (words: Words, name: string) => void
}) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const restore = (words: Words, name: string) => (
    <Button size="compact-sm" variant="default" onClick={() => onRestore(words, name)}>
      {t('template.restore')}
    </Button>
  )
  return (
    <section aria-labelledby="template-history">
      <h2 id="template-history" className="section-title">
        {t('template.history')}
      </h2>
      <ul className="admin-list">
        {versions.map((one) => (
          <li key={one.version} className="template-version">
            <div>
              <strong>{t('template.version', { version: one.version })}</strong>{' '}
              {one.version === inForce && <Tag tone="good">{t('template.inForce')}</Tag>}
              <div className="soft">
                {t('template.since', { day: formatDay(one.validFrom, language) })} · {one.createdBy},{' '}
                <When at={one.createdAt} />
              </div>
              <div>{one.note}</div>
            </div>
            {restore(one.parts, t('template.version', { version: one.version }))}
          </li>
        ))}
        <li className="template-version">
          <div>
            <strong>{t('template.shipped')}</strong>{' '}
            {inForce === null && <Tag tone="good">{t('template.inForce')}</Tag>}
            <div className="soft">{t('template.shippedHelp')}</div>
          </div>
          {restore(shipped, t('template.shipped'))}
        </li>
      </ul>
    </section>
  )
}
