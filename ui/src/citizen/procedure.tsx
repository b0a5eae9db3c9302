import { Alert, Button, Paper, Stack, Table, Text } from '@mantine/core'
import { IconFilePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { ProcedurePage as Procedure, ProcedurePaper } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { loginPath } from '../app/login-path.ts'
import { Page } from '../app/page.tsx'
import { useSession } from '../app/session.tsx'
import { Loaded } from '../app/states.tsx'
import { formatDay, formatSize } from '../shared/format.ts'
import { Source } from '../shared/proof.tsx'
import { Tag, UnverifiedTag } from '../shared/tags.tsx'
import './citizen.css'
import { ScrollX } from '../shared/scroll-x.tsx'
import { durationWords } from './limit.ts'
import { procedure } from './queries.ts'

const Limits = ({ about }: { about: Procedure }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  return (
    <ScrollX label={t('procedure.limits')}>
      <Table verticalSpacing="xs" className="limits">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('procedure.case')}</Table.Th>
            <Table.Th>{t('procedure.limit')}</Table.Th>
            <Table.Th>{t('procedure.basis')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {about.limits.map((limit) => (
            <Table.Tr key={limit.case}>
              <Table.Td>{text(about.cases.find(({ key }) => key === limit.case)?.name)}</Table.Td>
              <Table.Td>
                <strong>{durationWords(t, limit.committed)}</strong>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{limit.basis.text}</Text>
                <Text size="xs" className="soft" component="div">
                  {limit.basis.source} {!limit.basis.verified && <UnverifiedTag />}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

/** What one filing sets going: each procedure with who does it and in what time. */
const Parts = ({ about }: { about: Procedure }) => {
  const text = useText()
  return (
    <ol className="needed-papers">
      {about.parts.map((part) => (
        <li className="needed-paper" key={part.name.vi}>
          <Text fw={500}>
            {text(part.name)}: {text(part.limit)}
          </Text>
          <Text size="sm">{text(part.agency)}</Text>
          <Text size="xs" className="soft" component="div">
            {part.basis.text}. {part.basis.source} {!part.basis.verified && <UnverifiedTag />}
          </Text>
        </li>
      ))}
    </ol>
  )
}

/** How a paper comes to the file, in the words of the Studio's own choice. */
const how = (
  { lookUp, presentOnly, requiredFor }: ProcedurePaper,
  t: (key: string, values?: Record<string, string>) => string,
): string => {
  if (lookUp) return t('procedure.lookedUp', { text: lookUp.basis.text })
  if (presentOnly) return t('procedure.shown')
  return requiredFor === null ? t('procedure.optional') : t('procedure.required')
}

const PaperItem = ({ paper, about }: { paper: ProcedurePaper; about: Procedure }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const cases = paper.requiredFor?.cases ?? []
  const some = cases.length > 0 && cases.length < about.cases.length
  return (
    <li className="needed-paper">
      <Text fw={500}>{text(paper.name)}</Text>
      <Text size="sm" className="soft" component="div">
        {how(paper, t)}
        {some &&
          `: ${cases.map((key) => text(about.cases.find((known) => known.key === key)?.name)).join(', ')}`}
        {!paper.lookUp && (
          <>
            {' · '}
            {[
              !!paper.original && t('procedure.originals', { count: paper.original }),
              !!paper.copies && t('procedure.copies', { count: paper.copies }),
            ]
              .filter(Boolean)
              .join(', ')}
            {' · '}
            {t('procedure.upTo', { size: formatSize(paper.maxBytes, language) })}
          </>
        )}
      </Text>
      {paper.reusableData && !paper.lookUp && <Tag>{t('procedure.reusable')}</Tag>}
      {paper.note && <Text size="sm">{text(paper.note)}</Text>}
    </li>
  )
}

const Facts = ({ about }: { about: Procedure }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const { catalogue, decision } = about
  return (
    <dl className="facts">
      <dt>{t('procedure.code')}</dt>
      <dd className="figures">{about.code}</dd>
      <dt>{t('procedure.field')}</dt>
      <dd>{text(about.field)}</dd>
      <dt>{t('procedure.agency')}</dt>
      <dd>{text(catalogue.agency)}</dd>
      <dt>{t('procedure.result')}</dt>
      <dd>{catalogue.results.map(text).join('; ')}</dd>
      <dt>{t('procedure.fee')}</dt>
      <dd>{text(catalogue.fee)}</dd>
      <dt>{t('procedure.channels')}</dt>
      <dd>{about.channels.map((channel) => t(`shared:channel.${channel}`)).join(', ')}</dd>
      <dt>{t('procedure.decision')}</dt>
      <dd>
        {catalogue.decision} (<Source source={catalogue.source} />) {!catalogue.verified && <UnverifiedTag />}
      </dd>
      <dt>{t('procedure.process')}</dt>
      <dd>
        {decision.number}, {formatDay(decision.date, language)}, {decision.signer}{' '}
        {!decision.verified && <UnverifiedTag />}
      </dd>
    </dl>
  )
}

export default function ProcedurePage() {
  const { t } = useTranslation('citizen')
  const text = useText()
  const { code = '' } = useParams()
  const { session } = useSession()
  const query = useQuery(procedure(code))
  const target = `/nop-ho-so/${code}`
  const start = session ? target : loginPath({ pathname: target, search: '' })
  return (
    <Page title={query.data ? text(query.data.name) : t('procedure.title')}>
      <Loaded query={query}>
        {(about) => (
          <div className="procedure">
            <Stack gap="md" className="procedure-body">
              {about.sample && (
                <Alert color="yellow" variant="light" p="xs">
                  {t('procedure.sample')}
                </Alert>
              )}
              <Paper p="md" component="section">
                <h2 className="section-title">{t('procedure.limits')}</h2>
                <Limits about={about} />
                <Text size="sm" className="soft" mt="xs">
                  {t('procedure.limitsHelp')}
                </Text>
              </Paper>
              {about.parts.length > 0 && (
                <Paper p="md" component="section">
                  <h2 className="section-title">{t('shared:group.title')}</h2>
                  <Parts about={about} />
                </Paper>
              )}
              <Paper p="md" component="section">
                <h2 className="section-title">{t('procedure.papers')}</h2>
                <ol className="needed-papers">
                  {about.papers.map((paper) => (
                    <PaperItem key={paper.key} paper={paper} about={about} />
                  ))}
                </ol>
              </Paper>
              <Paper p="md" component="section">
                <h2 className="section-title">{t('procedure.facts')}</h2>
                <Facts about={about} />
                {catalogueNotes(about).map((note) => (
                  <Text size="sm" mt="xs" key={note.vi}>
                    {text(note)}
                  </Text>
                ))}
              </Paper>
            </Stack>
            <div className="procedure-start">
              <Button
                component={Link}
                to={start}
                size="md"
                fullWidth
                leftSection={<IconFilePlus size={20} />}
              >
                {t('procedure.start')}
              </Button>
              <Text size="sm" className="soft">
                {session ? t('procedure.startHelp') : t('procedure.startLogin')}
              </Text>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

const catalogueNotes = (about: Procedure) => about.catalogue.notes ?? []
