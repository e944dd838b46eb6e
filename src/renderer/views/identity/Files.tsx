import { useQueryClient } from '@tanstack/react-query'
import { FileImage } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { DocumentFileWire } from '#contracts/wire/identity.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'
import { useUpload } from './useUpload.ts'

type FilesProps = {
  readonly step: 'document' | 'financial'
  readonly files: readonly DocumentFileWire[]
  readonly problem?: string | undefined
}

/** The pictures of a step: adding, looking at and removing them. */
export function Files({ step, files, problem }: FilesProps) {
  const { t } = useText()
  const upload = useUpload(step)
  const choose = (list: FileList | null) => {
    const file = list?.[0]
    if (file) void upload.send(file)
  }
  return (
    <fieldset className="field files">
      <legend className="label">{t('identity.files')}</legend>
      <p className="hint">{t(`identity.filesHint_${step}`)}</p>
      {files.length > 0 && (
        <ul className="rows">
          {files.map(file => (
            <FileRow key={file.address} file={file} />
          ))}
        </ul>
      )}
      <div className="line">
        <FileTrigger acceptedFileTypes={['image/jpeg', 'image/png', 'application/pdf']} onSelect={choose}>
          <Button isPending={upload.percent !== undefined}>{t('identity.add')}</Button>
        </FileTrigger>
        {upload.percent !== undefined && <span role="status">{t('identity.uploading', { percent: upload.percent })}</span>}
      </div>
      {upload.failure && <FailurePanel failure={upload.failure} />}
      {problem !== undefined && files.length === 0 && <p className="problem">{problem}</p>}
      <p className="hint">{t('identity.kept')}</p>
    </fieldset>
  )
}

function FileRow({ file: { address, pages, addedAt, isHandedIn } }: { readonly file: DocumentFileWire }) {
  const { t, moment } = useText()
  const queries = useQueryClient()
  const remove = useBridgeAction('identity.removeFile')
  const [isShown, setShown] = useState(false)
  const takeAway = async () => {
    if (await remove.run({ address })) await queries.invalidateQueries({ queryKey: ['identity.overview'] })
  }
  return (
    <li className="stack">
      <div className="row setting">
        <span className="dot" aria-hidden>
          <FileImage className="icon" />
        </span>
        <span className="grow">
          <span className="sub">
            {t('identity.pages', { pages, at: moment(addedAt) })}
            {isHandedIn && ` · ${t('identity.fileIn')}`}
          </span>
        </span>
        <span className="line">
          <Button size="small" onPress={() => setShown(!isShown)}>
            {t(isShown ? 'identity.hide' : 'identity.show')}
          </Button>
          {!isHandedIn && (
            <Button size="small" kind="danger" isPending={remove.isRunning} onPress={() => void takeAway()}>
              {t('identity.remove')}
            </Button>
          )}
        </span>
      </div>
      {remove.failure && <FailurePanel failure={remove.failure} />}
      {isShown && [...Array(pages).keys()].map(page => <Page key={page} address={address} page={page} />)}
    </li>
  )
}

/** Asked for when it is looked at, and gone with the view. */
function Page({ address, page }: { readonly address: string; readonly page: number }) {
  const { t } = useText()
  const { data } = useBridge('identity.page', { address, page }, { isMomentary: true })
  return data ? (
    <img className="document-page" src={`data:image/jpeg;base64,${data.jpeg}`} alt={t('identity.pageAlt', { page: page + 1 })} />
  ) : null
}
