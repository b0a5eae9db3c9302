import { Alert } from '@mantine/core'
import { IconCheck, IconClock, IconEye, IconMailX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { mail } from '../queries.ts'
import type { MailItem, MailState } from '../types.ts'

const STATES: MailState[] = ['queued', 'sent', 'shown', 'failed']
const LOOKS = {
  queued: { icon: IconClock, tone: 'plain' },
  sent: { icon: IconCheck, tone: 'good' },
  shown: { icon: IconEye, tone: 'accent' },
  failed: { icon: IconMailX, tone: 'late' },
} as const

const Message = ({ item }: { item: MailItem }) => {
  const { t } = useTranslation('admin')
  return (
    <li>
      <details className="message">
        <summary>
          <Tag {...LOOKS[item.state]}>{t(`mail.state.${item.state}`)}</Tag>
          <span className="message-subject">{item.subject}</span>
          <span className="soft message-to">{item.address || t('mail.noAddress')}</span>
          <span className="soft">
            <When at={item.createdAt} />
          </span>
        </summary>
        <div className="message-body">
          {item.lastError && (
            <p className="admin-error">
              {t('mail.error', { count: item.attempts })} {item.lastError}
            </p>
          )}
          <p className="soft">
            {item.dossierCode ? t('mail.of', { code: item.dossierCode }) : t('mail.ofWork')}
            {item.sentAt && (
              <>
                {' '}
                · {t('mail.sentAt')} <When at={item.sentAt} />
              </>
            )}
          </p>
          <p className="message-text">{item.body}</p>
        </div>
      </details>
    </li>
  )
}

/** What the one-stop has written to people, and whether it went out. */
export default function MailPage() {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  const state = STATES.find((known) => known === query.get('tinh-trang')) ?? ''
  const pages = useInfiniteQuery(mail(state))
  return (
    <Page title={t('mail.title')} wide>
      <Loaded query={pages} lines={10}>
        {({ pages: [first, ...rest] }) => {
          const items = [first!, ...rest].flatMap((page) => page.items)
          const all = STATES.reduce((sum, known) => sum + (first!.counts[known] ?? 0), 0)
          return (
            <>
              {!first!.configured && (
                <Alert color="yellow" variant="light" mb="md" title={t('mail.notConfigured')}>
                  {t('mail.notConfiguredHelp')}
                </Alert>
              )}
              <fieldset className="choices" aria-label={t('mail.filter')}>
                {(['', ...STATES] as const).map((known) => (
                  <button
                    key={known}
                    type="button"
                    aria-pressed={state === known}
                    onClick={() => setQuery(known ? { 'tinh-trang': known } : {}, { replace: true })}
                  >
                    {known ? t(`mail.state.${known}`) : t('mail.all')}{' '}
                    <strong>{known ? (first!.counts[known] ?? 0) : all}</strong>
                  </button>
                ))}
              </fieldset>
              {items.length === 0 ? (
                <Empty title={t('mail.none')}>{t('mail.noneHelp')}</Empty>
              ) : (
                <ul className="admin-list">
                  {items.map((item) => (
                    <Message key={item.id} item={item} />
                  ))}
                </ul>
              )}
              <More pages={pages} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
