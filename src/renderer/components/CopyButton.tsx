import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'

const saidForMs = 2_000

/** Copies `text`; says so on itself and to those who listen. `name` is what is copied, for its accessible name. */
export function CopyButton({ text, name }: { readonly text: string; readonly name: string }) {
  const { t } = useText()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), saidForMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  const Icon = isCopied ? Check : Copy
  return (
    <>
      <Button kind="plain" size="square" onPress={() => void copy()} aria-label={t('app.copy', { name })}>
        <Icon className={isCopied ? 'icon ok' : 'icon'} aria-hidden />
      </Button>
      <span className="unseen" role="status">
        {isCopied ? t('app.copied', { name }) : ''}
      </span>
    </>
  )
}
