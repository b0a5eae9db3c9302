import { Alert, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import { FileButton } from '../../shared/file-button.tsx'
import { templateSample } from '../queries.ts'

/** The wait after the last key before the letter is drawn anew. */
const PAUSE_MS = 700

const useAddress = (file: Blob | undefined): string | undefined => {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}

/** The letter with these words and made-up data, crossed by "MẪU", drawn anew while they change. */
export const Sample = ({
  kind,
  parts,
  title,
}: {
  kind: string
  parts: Record<string, string>
  title: string
}) => {
  const { t } = useTranslation('admin')
  const [words] = useDebouncedValue(parts, PAUSE_MS)
  const drawn = useQuery(templateSample(kind, words))
  const url = useAddress(drawn.data)
  const problem = drawn.error
  return (
    <section className="template-sample" aria-label={t('template.sample')}>
      <div className="template-sample-head">
        <Text size="sm" className="soft" role="status">
          {drawn.isFetching ? t('template.drawing') : t('template.sampleHelp')}
        </Text>
        {/* Browsers of phones show no PDF inside a page. */}
        {url && !problem && (
          <FileButton href={url} size="compact-sm" icon={<IconExternalLink size={16} />}>
            {t('template.sampleOpen')}
          </FileButton>
        )}
      </div>
      {problem instanceof ApiProblem && problem.errors.length > 0 ? (
        <Alert color="yellow" title={t('template.notYet')}>
          {[...new Set(problem.errors.map(({ message }) => message))].map((message) => (
            <Text key={message} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      ) : (
        problem && <Failed problem={problem} retry={() => drawn.refetch()} />
      )}
      {url && !problem && <iframe className="preview" src={url} title={title} />}
    </section>
  )
}
