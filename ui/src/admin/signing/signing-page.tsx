import { Alert, Button } from '@mantine/core'
import { IconAlertTriangleFilled, IconClock } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SigningView } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { askAgain, signing } from '../queries.ts'
import './signing.css'

/** A signature that has not come: what the key's service said, and the way to ask it again. */
const Open = ({ one }: { one: SigningView['open'][number] }) => {
  const { t } = useTranslation('admin')
  const client = useQueryClient()
  const again = useMutation({
    mutationFn: () => askAgain(one.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['signing'] }),
  })
  return (
    <li className="person">
      <div>
        <strong>
          {one.title} {one.number}
        </strong>
        <div className="soft">{one.signer}</div>
      </div>
      <div>
        <Tag
          tone={one.state === 'refused' ? 'late' : 'soon'}
          icon={one.state === 'refused' ? IconAlertTriangleFilled : IconClock}
        >
          {t(`signing.state.${one.state}`)}
        </Tag>{' '}
        <When at={one.askedAt} />
        {one.problem && <p className="admin-error">{one.problem}</p>}
      </div>
      <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
        {t('signing.again')}
      </Button>
    </li>
  )
}

const Keys = ({ keys }: { keys: SigningView['keys'] }) => {
  const { t } = useTranslation('admin')
  return (
    <div className="admin-table-frame">
      <ScrollX label={t('signing.keys')}>
        <table className="admin-table stacked">
          <thead>
            <tr>
              <th scope="col">{t('signing.signer')}</th>
              <th scope="col">{t('signing.certificate')}</th>
              <th scope="col">{t('signing.validTo')}</th>
              <th scope="col">{t('signing.source')}</th>
              <th scope="col">{t('signing.signed')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.signer}>
                <td className="figures">{key.signer}</td>
                <td>
                  {key.name}
                  <div className="soft">{t('signing.issuedBy', { name: key.issuer })}</div>
                </td>
                <td className="figures nowrap" data-label={t('signing.validTo')}>
                  <When at={key.validTo} />
                </td>
                <td data-label={t('signing.source')}>
                  {t(`signing.from.${key.source}`)}
                  {key.where && <div className="soft source">{key.where}</div>}
                </td>
                <td className="figures" data-label={t('signing.signed')}>
                  {key.signed}
                  {key.lastAt && (
                    <div className="soft">
                      <When at={key.lastAt} />
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </div>
  )
}

/** Which keys sign letters, what they have signed, and signatures that have not come. */
export default function SigningPage() {
  const { t } = useTranslation('admin')
  return (
    <Page title={t('signing.title')} wide>
      <Loaded query={useQuery(signing())} lines={8}>
        {({ mode, timestamps, keys, open }) => (
          <>
            <Alert color={mode === 'configured' ? 'blue' : 'yellow'} variant="light" mb="md">
              {t(`signing.mode.${mode}`)}{' '}
              {mode !== 'none' && t(timestamps ? 'signing.stamped' : 'signing.unstamped')}
            </Alert>
            {open.length > 0 && (
              <>
                <h2 className="section-title">{t('signing.open')}</h2>
                <ul className="admin-list signing-open">
                  {open.map((one) => (
                    <Open key={one.id} one={one} />
                  ))}
                </ul>
              </>
            )}
            <h2 className="section-title">{t('signing.keys')}</h2>
            {keys.length === 0 ? (
              <Empty title={t('signing.none')}>
                {t(mode === 'none' ? 'signing.noneHelp' : 'signing.noneYet')}
              </Empty>
            ) : (
              <Keys keys={keys} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
