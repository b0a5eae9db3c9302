import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A paper shown in the page: an image as such, a PDF in the browser's own viewer, anything else to be downloaded. */
export const Preview = ({ url, mediaType, name }: { url: string; mediaType: string; name: string }) => {
  const { t } = useTranslation('shared')
  if (mediaType.startsWith('image/')) return <img className="preview preview-image" src={url} alt={name} />
  if (mediaType === 'application/pdf') return <iframe className="preview" src={url} title={name} />
  return (
    <Text size="sm" className="preview-none">
      {t('preview.none')}{' '}
      <a href={url} download>
        {t('download')}
      </a>
    </Text>
  )
}
