import { Alert, Button, Paper } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { verification } from '../queries.ts'
import type { Verification } from '../types.ts'

const Result = ({ found }: { found: Verification }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const at = formatInstant(found.verifiedAt, language)
  if (found.ok)
    return (
      <Alert color="desk" icon={<IconShieldCheck />} title={t('verify.good')}>
        {t('verify.goodHelp', { count: found.entries, heads: found.heads, at })}
        {found.lastHash && (
          <p className="verify-head">
            {t('verify.head', { index: found.lastIndex })} <code className="hash">{found.lastHash}</code>
          </p>
        )}
      </Alert>
    )
  const broken = found.firstBroken
  return (
    <Alert
      color="red"
      icon={<IconShieldX />}
      title={broken ? t('verify.bad', { index: broken.index }) : t('verify.badUnknown')}
    >
      {broken && (
        <p className="verify-problem">
          {text(broken.problem)} {t('verify.entry', { act: broken.act })}{' '}
          {t('verify.recorded', { at: formatInstant(broken.recordedAt, language) })}{' '}
          {broken.dossierId && (
            <Link to={`/nhat-ky?ho-so=${broken.dossierId}`}>{t('verify.itsDossier')}</Link>
          )}
        </p>
      )}
      {t('verify.badHelp', { at })}
    </Alert>
  )
}

/** Reads the whole chain again and says whether it holds, or which entry is the first that does not. */
export const Verify = () => {
  const { t } = useTranslation('audit')
  const check = useMutation({ mutationFn: verification })
  return (
    <Paper p="md" className="verify">
      <div className="verify-ask">
        <p>{t('verify.help')}</p>
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t(check.data ? 'verify.again' : 'verify.run')}
        </Button>
      </div>
      <div role="status">
        {check.isPending && <span className="visually-hidden">{t('verify.running')}</span>}
        {check.data && !check.isPending && <Result found={check.data} />}
      </div>
      {check.error && <Failed problem={check.error} retry={() => check.mutate()} />}
    </Paper>
  )
}
