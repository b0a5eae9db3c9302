import { Button, CopyButton, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../app/api.ts'
import type { Filed } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { FileButton } from '../../shared/file-button.tsx'
import { When } from '../../shared/when.tsx'
import { FeeAfterFiling } from '../payment-note.tsx'

/** Straight to the work of receiving it; to the dossier while the engine has not made that yet. */
const ReceiveNow = ({ filed }: { filed: Filed }) => {
  const { t } = useTranslation('citizen')
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: () =>
      api.get<{ taskId: string | null }[]>(`/api/desk/find?code=${encodeURIComponent(filed.code)}`),
    onSettled: (found) => {
      const task = found?.[0]?.taskId
      return navigate(task ? `/ban-lam-viec/viec/${task}` : `/ban-lam-viec/ho-so/${filed.id}`)
    },
  })
  return (
    <Button loading={open.isPending} onClick={() => open.mutate()}>
      {t('submitted.receive')}
    </Button>
  )
}

/** The acknowledgement: a code and no due date, which begins only when a clerk receives the dossier (rules 1). */
export const Submitted = ({
  filed,
  byClerk,
  headingRef,
}: {
  filed: Filed
  byClerk: boolean
  headingRef: Ref<HTMLHeadingElement>
}) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  return (
    <Paper p="lg" className="submitted">
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={28} className="tone-good" aria-hidden="true" />
          <h2 ref={headingRef} tabIndex={-1} className="section-title submitted-title">
            {t('submitted.title')}
          </h2>
        </Group>
        <div className="submitted-code">
          <Text size="sm" className="soft">
            {t(byClerk ? 'submitted.codeOfIt' : 'submitted.code')}
          </Text>
          <Group gap="sm">
            <strong className="figures dossier-code" data-testid="dossier-code">
              {filed.code}
            </strong>
            <CopyButton value={filed.code}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" leftSection={<IconCopy size={16} />} onClick={copy}>
                  {copied ? t('submitted.copied') : t('submitted.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </div>
        <Text>
          {t('submitted.at')} <When at={filed.filedAt} />
        </Text>
        {/* It speaks to the applicant. */}
        {!byClerk && <Text>{text(filed.acknowledgement)}</Text>}
        <FeeAfterFiling dossierId={filed.id} />
        <div>
          <Text fw={600}>{t('submitted.next')}</Text>
          <ol className="next-steps">
            {(byClerk ? ['clerk1', 'clerk2'] : ['one', 'two', 'three']).map((step) => (
              <li key={step}>{t(`submitted.steps.${step}`)}</li>
            ))}
          </ol>
        </div>
        <Group>
          {byClerk ? (
            <ReceiveNow filed={filed} />
          ) : (
            <Button component={Link} to={`/ho-so-cua-toi/${filed.id}`}>
              {t('submitted.open')}
            </Button>
          )}
          {byClerk && (
            <FileButton href={`/api/dossiers/${filed.id}/cover`}>{t('submitted.cover')}</FileButton>
          )}
          {byClerk && (
            <Button component={Link} to="/mot-cua" variant="default">
              {t('submitted.counter')}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}
