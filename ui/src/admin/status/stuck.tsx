import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { sendAgain } from '../queries.ts'
import type { StuckCommand } from '../types.ts'

/** Commands that the engine refused too often; each can be sent again once its cause is mended. */
export const Stuck = ({ commands }: { commands: StuckCommand[] }) => {
  const { t, i18n } = useTranslation('admin')
  const cache = useQueryClient()
  const again = useMutation({
    mutationFn: sendAgain,
    onSuccess: async () => {
      say(t('status.sentAgain'))
      await cache.invalidateQueries({ queryKey: ['engine'] })
    },
  })
  return (
    <section aria-labelledby="stuck">
      <h2 id="stuck" className="section-title">
        {t('status.stuckTitle')}
      </h2>
      {again.error && <Failed problem={again.error} />}
      <ScrollX label={t('status.stuckTitle')} className="admin-table-frame scroll-x">
        <table className="admin-table stacked">
          <caption className="visually-hidden">{t('status.stuckTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('status.command')}</th>
              <th scope="col">{t('status.since')}</th>
              <th scope="col">{t('status.attempts')}</th>
              <th scope="col">{t('status.error')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {commands.map((command) => (
              <tr key={command.id}>
                <th scope="row">
                  {i18n.exists(`admin:command.${command.kind}`) ? t(`command.${command.kind}`) : command.kind}
                  <span className="admin-under soft figures">{command.dossierId ?? command.subjectId}</span>
                </th>
                <td data-label={t('status.since')}>
                  <When at={command.createdAt} />
                </td>
                <td className="figures" data-label={t('status.attempts')}>
                  {command.attempts}
                </td>
                <td className="admin-error">{command.lastError}</td>
                <td>
                  <Button
                    size="xs"
                    variant="default"
                    loading={again.isPending && again.variables === command.id}
                    onClick={() => again.mutate(command.id)}
                  >
                    {t('status.again')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  )
}
