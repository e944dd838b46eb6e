import { QrCode } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components'
import { Button } from '../../components/Button.tsx'
import { useText } from '../../text/useText.ts'

/** Takes a picture that is dropped, pasted or chosen, and gives the text of its QR code. */
export function PictureDrop({ onText }: { readonly onText: (text: string) => void }) {
  const { t, failure: say } = useText()
  const [state, setState] = useState<'idle' | 'reading' | 'unreadable'>('idle')
  const read = async (picture: Blob | undefined) => {
    if (!picture) return
    setState('reading')
    const { readQr } = await import('./readQr.ts')
    const text = await readQr(picture)
    setState(text === undefined ? 'unreadable' : 'idle')
    if (text !== undefined) onText(text)
  }
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const picture = [...(event.clipboardData?.files ?? [])].find(file => file.type.startsWith('image/'))
    if (!picture) return
    event.preventDefault()
    void read(picture)
  })
  useEffect(() => {
    const listener = (event: ClipboardEvent) => onPaste(event)
    addEventListener('paste', listener)
    return () => removeEventListener('paste', listener)
  }, [])
  const { whole } = say({ kind: 'decline', code: 'qr_unreadable', detail: {} })
  return (
    <DropZone
      className="drop"
      aria-label={t('pay.dropTitle')}
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => {
        const file = items.find((item): item is FileDropItem => item.kind === 'file')
        if (file) void file.getFile().then(read)
      }}
    >
      <QrCode className="icon" aria-hidden />
      <div>
        <b>{t('pay.dropTitle')}</b>
        <p className="sub">{t('pay.dropSub')}</p>
      </div>
      <FileTrigger acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp', 'image/gif']} onSelect={files => void read(files?.[0])}>
        <Button size="small" isPending={state === 'reading'}>
          {t(state === 'reading' ? 'pay.reading' : 'pay.choose')}
        </Button>
      </FileTrigger>
      <div role="alert" className="stop">
        {state === 'unreadable' && whole}
      </div>
    </DropZone>
  )
}
