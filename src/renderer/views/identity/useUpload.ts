import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentFileWire } from '#contracts/wire/identity.ts'
import { type BridgeFailure, failureOf } from '../../bridge/failure.ts'
import { newId } from '../../bridge/ids.ts'
import { ask, useTransport } from '../../bridge/useBridge.ts'

/** Of a part: in base64 it stays below what the bridge takes at once. */
const partBytes = 30_000

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

type Upload = {
  /** How much was sent, in per cent; undefined where nothing is under way. */
  readonly percent: number | undefined
  readonly failure: BridgeFailure | undefined
  readonly send: (file: File) => Promise<DocumentFileWire | undefined>
}

/** Sends a file to a step, part by part. */
export function useUpload(step: 'document' | 'financial'): Upload {
  const transport = useTransport()
  const queries = useQueryClient()
  const [percent, setPercent] = useState<number>()
  const [failure, setFailure] = useState<BridgeFailure>()
  async function sendParts(file: File): Promise<DocumentFileWire> {
    const fileId = newId()
    // An empty file is one part too: what it is is said by who reads it.
    const parts = Math.max(1, Math.ceil(file.size / partBytes))
    for (let index = 0; index < parts; index += 1) {
      const part = await file.slice(index * partBytes, (index + 1) * partBytes).arrayBuffer()
      await ask(transport, 'identity.filePart', { fileId, index, content: base64(new Uint8Array(part)) })
      setPercent(Math.floor(((index + 1) / parts) * 100))
    }
    return ask(transport, 'identity.upload', { fileId, step })
  }
  return {
    percent,
    failure,
    send: async file => {
      setFailure(undefined)
      setPercent(0)
      try {
        const sent = await sendParts(file)
        await queries.invalidateQueries({ queryKey: ['identity.overview'] })
        return sent
      } catch (error) {
        setFailure(failureOf(error))
        return undefined
      } finally {
        setPercent(undefined)
      }
    },
  }
}
